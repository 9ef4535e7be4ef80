#![doc = include_str!("unknown_context_field.md")]

use std::ops::Range;

use crate::diagnostic::{Code, Severity};
use crate::model::{Object, State};
use crate::syntax::resource::{Pattern, Resource};
use crate::syntax::{JsonPath, Root, Selector, contains_placeholder};
use crate::validate::context::{Context, Step};
use crate::validate::context_object::{Unknown, unknown_field};
use crate::validate::expression::ExpressionText;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{excerpt, list, with_article};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0417"),
    name: "unknown-context-field",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("unknown_context_field.md"),
    check: Check::Several(&[Check::Expression(expression), Check::Path(path)]),
};

fn expression(cx: &mut Context<'_>, text: &ExpressionText<'_>) {
    for fields in text.states_fields() {
        if let Some((("context", _), fields)) = fields.split_first() {
            let fields: Vec<(&str, Range<usize>)> =
                fields.iter().map(|(name, span)| (*name, ExpressionText::bytes(span))).collect();
            check(cx, "$states.context", &fields);
        }
    }
}

fn path(cx: &mut Context<'_>, path: &JsonPath) {
    if *path.root() != Root::Context {
        return;
    }
    let fields = path.segments().iter().map_while(|segment| match &segment.selector {
        Selector::Name(name) if !segment.descendant => Some((name.as_str(), segment.span.clone())),
        _ => None,
    });
    check(cx, "$$", &fields.collect::<Vec<_>>());
}

fn check(cx: &mut Context<'_>, root: &str, fields: &[(&str, Range<usize>)]) {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let whole = match fields {
        [(_, first), .., (_, last)] => first.start..last.end,
        [(_, only)] => only.clone(),
        [] => return,
    };
    if let Some(Unknown { index, similar, known }) = unknown_field(&names) {
        if contains_placeholder(names[index]) {
            return;
        }
        let parent = [&[root], &names[..index]].concat().join(".");
        let help = match similar {
            Some(similar) => format!("did you mean `{root}.{similar}`?"),
            None if known.is_empty() => format!("write `{}`, which has no fields", excerpt(&parent)),
            None => format!("there are {}", list(&known, "and")),
        };
        cx.report(format!("`{}` has no field `{}`", excerpt(&parent), excerpt(names[index])))
            .help(help)
            .within(fields[index].1.clone());
    } else if names.starts_with(&["Task"]) {
        task_token(cx, root, whole);
    } else if names.starts_with(&["Map"]) && !has_item(cx) {
        cx.report(format!("`{root}.Map` does not exist here: no Map is around"))
            .help("use it in the `ItemSelector` of a Map state")
            .within(whole);
    }
}

fn task_token(cx: &mut Context<'_>, root: &str, at: Range<usize>) {
    let Some((_, state)) = cx.state() else { return };
    let message = match (state, cx.resource()) {
        (State::Task(_), Some(Ok(resource))) => match resource {
            Resource::Activity(_) | Resource::Placeholder(_) => return,
            _ => match resource.service_pattern() {
                Some(Pattern::WaitForTaskToken | Pattern::Sync | Pattern::Sync2) => return,
                Some(Pattern::RequestResponse) | None => {
                    format!("`{root}.Task.Token` does not exist here: the task does not wait for a callback")
                }
            },
        },
        // what the Resource or the state is gets a finding of its own
        (State::Task(_) | State::Unknown(_), _) => return,
        (other, _) => {
            format!("`{root}.Task.Token` does not exist here: {} is no task", with_article(other.kind()))
        }
    };
    cx.report(message).help("add `.waitForTaskToken` to the `Resource` that is to wait").within(at);
}

/// Whether there may be an item of a Map: in what a Map state gives to its items, and inside of it.
///
/// The documentation has it in `ItemSelector` alone; nobody recorded where else it is missing.
fn has_item(cx: &Context<'_>) -> bool {
    let is_for_items = match cx.below_state() {
        [Step::Field(field), ..] => {
            !matches!(*field, "Assign" | "Output" | "Catch" | "InputPath" | "OutputPath" | "ResultSelector")
        }
        _ => true,
    };
    cx.is_inside_map() || (is_for_items && matches!(cx.state(), Some((_, State::Map(_)))))
}
