#![doc = include_str!("unknown_state_type.md")]

use crate::diagnostic::{Code, Replacement, Severity};
use crate::model::{JsonObject, Kind, State, Value};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{did_you_mean, excerpt, list, surely_meant};

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
    let name = excerpt(name);
    match (&unknown.value, unknown.value.get("Type")) {
        (_, Some(Value::String(other))) => {
            cx.report(format!("there is no state type `{}`", excerpt(other)))
                .help(format!("a `Type` is one of {}", list(&types, "and")))
                .maybe_help(did_you_mean(other, types.iter().copied()))
                .field("Type")
                .fix(surely_meant(other, types.iter().copied()).map(|name| Replacement::Value(name.into())));
        }
        (_, Some(_)) => {
            cx.report("`Type` must be a string").help(format!("write {}", list(&types, "or"))).field("Type");
        }
        (Value::Object(fields), None) => {
            let report = cx
                .report(format!("the state `{name}` has no `Type`"))
                .help(format!("a `Type` is one of {}", list(&types, "and")))
                .maybe_help(likely_type(fields));
            let is_type = |key: &&String| surely_meant(key, ["Type"].into_iter()).is_some();
            let misspelt: Vec<&String> = fields.keys().filter(is_type).collect();
            if let [misspelt] = misspelt[..] {
                report.fix_field(misspelt, Replacement::Key("Type".to_owned()));
            }
        }
        _ => {
            cx.report(format!("the state `{name}` must be an object")).help("write `{ \"Type\": \"…\", … }`");
        }
    }
}

/// What a state without `Type` was likely meant to be.
fn likely_type(fields: &JsonObject) -> Option<String> {
    const TELLING: &[(&str, &str)] = &[
        ("Resource", "Task"),
        ("Choices", "Choice"),
        ("Branches", "Parallel"),
        ("ItemProcessor", "Map"),
        ("Iterator", "Map"),
        ("Seconds", "Wait"),
        ("SecondsPath", "Wait"),
        ("Timestamp", "Wait"),
        ("TimestampPath", "Wait"),
        ("Error", "Fail"),
        ("Cause", "Fail"),
        ("Result", "Pass"),
    ];
    if let Some(misspelt) =
        fields.keys().find(|key| crate::syntax::closest(key, ["Type"].into_iter()).is_some())
    {
        return Some(format!("write `Type` for `{misspelt}`"));
    }
    let (field, name) = TELLING.iter().find(|(field, _)| fields.contains_key(*field))?;
    Some(format!("it has `{field}`, so write `\"Type\": \"{name}\"`"))
}
