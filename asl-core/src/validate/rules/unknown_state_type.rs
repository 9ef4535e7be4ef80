#![doc = include_str!("unknown_state_type.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Kind, State, Value};
use crate::validate::context::{Context, did_you_mean, excerpt, list};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0107"),
    name: "unknown-state-type",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("unknown_state_type.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, name: &str, state: &State) {
    let State::Unknown(unknown) = state else { return };
    let types: Vec<&str> = Kind::STATES.iter().map(|kind| kind.name()).collect();
    match unknown.value.get("Type") {
        Some(Value::String(other)) => {
            cx.report(format!("there is no state type `{}`", excerpt(other)))
                .help(format!("a `Type` is one of {}", list(&types, "and")))
                .maybe_help(did_you_mean(other, types.iter().copied()))
                .field("Type");
        }
        Some(_) => {
            cx.report("`Type` must be a string").help(format!("write {}", list(&types, "or"))).field("Type");
        }
        None if unknown.value.is_object() => {
            cx.report(format!("the state `{name}` needs `Type`"))
                .help(format!("one of {}", list(&types, "or")));
        }
        None => {
            cx.report(format!("the state `{name}` must be an object"));
        }
    }
}
