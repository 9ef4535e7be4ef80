#![doc = include_str!("missing_task_token.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::state::Task;
use crate::model::{Jsonata, PathOrNull, QueryLanguage, State, Value};
use crate::syntax::contains_placeholder;
use crate::syntax::resource::Pattern;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0607"),
    name: "missing-task-token",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("missing_task_token.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Task(task) = state else { return };
    let Some(language) = cx.certain_language() else { return };
    let Some(Ok(resource)) = cx.resource() else { return };
    if resource.service_pattern() != Some(Pattern::WaitForTaskToken) || may_give_token(task, language) {
        return;
    }
    let (field, help) = match language {
        QueryLanguage::JsonPath => ("Parameters", "add an entry like `\"TaskToken.$\": \"$$.Task.Token\"`"),
        QueryLanguage::Jsonata => {
            ("Arguments", "add an entry like `\"TaskToken\": \"{% $states.context.Task.Token %}\"`")
        }
    };
    let is_there = task.parameters.is_some() || task.arguments.is_some();
    let report = cx.report("nobody is given the task token, so nobody can end this state").help(help);
    if is_there {
        report.field(field);
    } else {
        report.field("Resource");
    }
}

/// Whether anything that the service is given may be the token; what cannot be told counts as "may".
fn may_give_token(task: &Task, language: QueryLanguage) -> bool {
    match language {
        QueryLanguage::JsonPath => {
            let input_path = task.input_path.as_ref().and_then(PathOrNull::path);
            task.arguments.is_some()
                || input_path.is_some_and(|path| path_may(path.as_str()))
                || task.parameters.as_ref().is_some_and(|payload| payload_may("", payload, entry_may))
        }
        QueryLanguage::Jsonata => {
            task.parameters.is_some()
                || task.arguments.as_ref().is_some_and(|payload| payload_may("", payload, expression_may))
        }
    }
}

/// Whether a string in a payload may; `may` is asked with the key of the string.
fn payload_may(key: &str, value: &Value, may: fn(&str, &str) -> bool) -> bool {
    match value {
        Value::String(text) => may(key, text),
        Value::Array(elements) => elements.iter().any(|element| payload_may("", element, may)),
        Value::Object(object) => object.iter().any(|(key, value)| payload_may(key, value, may)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

// A path without `.$` gives no token either, but ASL0901 says so already.
fn entry_may(key: &str, text: &str) -> bool {
    (key.is_empty() || key.ends_with(".$")) && contains_placeholder(text) || path_may(text)
}

/// Whether a path or a call of an intrinsic function may.
fn path_may(text: &str) -> bool {
    text.match_indices('$').any(|(at, _)| {
        let rest = &text[at + 1..];
        match rest.strip_prefix('$') {
            Some(field) => !is_other_context(field),
            None => rest.starts_with(|c: char| c.is_alphabetic() || c == '_'), // a variable
        }
    })
}

/// Whether a string of a JSONata state may.
fn expression_may(key: &str, text: &str) -> bool {
    if !Jsonata::is_meant(text.trim()) {
        return key.is_empty() && contains_placeholder(text);
    }
    contains_placeholder(text)
        || text.match_indices('$').any(|(at, _)| {
            let rest = &text[at + 1..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            match name {
                "" => false, // `$`, what a filter is about to look at
                "states" => match rest.strip_prefix(".context") {
                    Some(field) => !is_other_context(field),
                    None => ![".input", ".result", ".errorOutput"].iter().any(|it| rest.starts_with(it)),
                },
                _ => !rest.trim_start().starts_with('('), // a variable, not the call of a function
            }
        })
}

/// Whether this, after the Context Object, leads to one of its fields without the token.
fn is_other_context(field: &str) -> bool {
    [".Execution", ".State", ".Map"].iter().any(|other| field.starts_with(other))
}
