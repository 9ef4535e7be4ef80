#![doc = include_str!("reserved_error_name.md")]

use crate::diagnostic::{Code, Replacement, Severity};
use crate::model::{Dynamic, Field, FieldValue};
use crate::syntax::{PredefinedErrorName, contains_placeholder, http_status_code};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{did_you_mean, excerpt, surely_meant};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0502"),
    name: "reserved-error-name",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("reserved_error_name.md"),
    check: Check::Field(check),
};

// DIFFERENCE: the specification reserves the prefix, but the service was recorded to take a misspelt
// `State.ALL` as the name of some error, hence a warning.
fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    match value {
        FieldValue::Texts(names) if field.name == "ErrorEquals" => {
            for (index, name) in names.iter().enumerate() {
                if let Some((message, help)) = fault(name) {
                    cx.report(message).help(help).index(index).fix(meant(name));
                }
            }
        }
        FieldValue::DynamicText(Dynamic::Literal(name)) if field.name == "Error" => {
            if let Some((message, help)) = fault(name) {
                cx.report(message).help(help).fix(meant(name));
            }
        }
        _ => {}
    }
}

/// The predefined name that a name can only have been meant to be.
fn meant(name: &str) -> Option<Replacement> {
    let known = PredefinedErrorName::ALL.into_iter().map(PredefinedErrorName::name);
    surely_meant(name, known).map(|known| Replacement::Value(known.into()))
}

/// Whether a name has the prefix of the predefined ones, or one that was meant to be it.
fn fault(name: &str) -> Option<(String, String)> {
    let (prefix, _) = name.split_once('.')?;
    let reserved = prefix == "States";
    if !(reserved || prefix.eq_ignore_ascii_case("States") || prefix.eq_ignore_ascii_case("State"))
        || PredefinedErrorName::from_name(name).is_some()
        || http_status_code(name).is_some()
        || contains_placeholder(name)
    {
        return None;
    }
    let close = did_you_mean(name, PredefinedErrorName::ALL.into_iter().map(PredefinedErrorName::name));
    let message = format!("`{}` is no error that the language knows", excerpt(name));
    match close {
        Some(close) => Some((message, close)),
        None if reserved => Some((
            message,
            "names that begin with `States.` are reserved; choose a name without that beginning".to_owned(),
        )),
        None => None,
    }
}
