#![doc = include_str!("error_lost_input.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{QueryLanguage, State, Value};
use crate::validate::context::{Context, is_there_wrongly};
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::Scope;
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0910"),
    name: "error-lost-input",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("error_lost_input.md"),
    check: Check::Scope(check),
};

fn check(cx: &mut Context<'_>, scope: &Scope<'_>) {
    for (name, state) in scope.states.iter() {
        if cx.certain_language_of(state) != Some(QueryLanguage::JsonPath) {
            continue;
        }
        for (index, catcher) in state.catch().iter().enumerate() {
            let Some(target) = catcher.next.as_deref() else { continue };
            let is_there = catcher.result_path.is_some() || is_there_wrongly(&catcher.extra, "ResultPath");
            if is_there || scope.states.get(target).is_none_or(wants_error_only) {
                continue;
            }
            cx.report(format!(
                "`{}` gets the error in place of the input: this catcher has no `ResultPath`",
                excerpt(target)
            ))
            .help("set `\"ResultPath\": \"$.error\"` to keep the input beside it")
            .field("States")
            .field(name)
            .field("Catch")
            .index(index);
        }
    }
}

/// Whether a state has no use for more than the error: it ends, or reads nothing of its input but `Error` and `Cause`.
fn wants_error_only(state: &State) -> bool {
    let parameters = match state {
        State::Fail(_) | State::Succeed(_) => return true,
        State::Task(task) => task.parameters.as_ref(),
        State::Pass(pass) if pass.result.is_some() => return pass.result_path.is_none(),
        // a last state that passes the error on as the output
        State::Pass(pass) if pass.transition.is_end() => {
            return pass.parameters.as_ref().is_none_or(|payload| reads_error_only(payload, true));
        }
        State::Pass(pass) => pass.parameters.as_ref(),
        State::Parallel(parallel) => parallel.parameters.as_ref(),
        State::Choice(_) | State::Wait(_) | State::Map(_) | State::Unknown(_) => return false,
    };
    parameters.is_some_and(|payload| reads_error_only(payload, false))
}

/// Whether every path in a payload leads to the error, or past the input; or is `$`, where that counts.
fn reads_error_only(payload: &Value, whole_counts: bool) -> bool {
    match payload {
        Value::String(text) if text == "$" => whole_counts,
        Value::String(text) => text.match_indices("$.").all(|(at, _)| {
            let path = &text[at + 2..];
            text[..at].ends_with('$') || path.starts_with("Error") || path.starts_with("Cause")
        }),
        Value::Array(elements) => elements.iter().all(|element| reads_error_only(element, whole_counts)),
        Value::Object(object) => object.values().all(|value| reads_error_only(value, whole_counts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}
