#![doc = include_str!("value_not_allowed.md")]

use crate::diagnostic::{Code, Replacement, Severity};
use crate::model::{Fault, FieldValue, Kind, Object};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{did_you_mean, excerpt, list, surely_meant};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0104"),
    name: "value-not-allowed",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("value_not_allowed.md"),
    check: Check::Object(check),
};

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    for field in object.extra() {
        if let Fault::Value { allowed } = field.fault {
            let value = field.value.as_str().unwrap_or_default();
            report(cx, &field.name, value, allowed);
        }
    }
    if object.kind() == Kind::StateMachine {
        object.visit(&mut |name, value| {
            if let ("Version", FieldValue::Text(version)) = (name, value)
                && version != "1.0"
            {
                report(cx, name, version, &["1.0"]);
            }
        });
    }
}

fn report(cx: &mut Context<'_>, name: &str, value: &str, allowed: &[&str]) {
    let close = did_you_mean(value, allowed.iter().copied())
        .or_else(|| did_you_mean(&value.to_uppercase(), allowed.iter().copied()));
    let help = match (name, value, allowed) {
        ("Version", ..) => Some("leave it out: `1.0` is the only version of the language".to_owned()),
        // what the specification and others call it
        ("InputType", _, _) if value.eq_ignore_ascii_case("JSON_LINES") || value == "NDJSON" => {
            Some("did you mean `JSONL`?".to_owned())
        }
        ("CSVDelimiter", ..) => match value {
            "," => Some("write `COMMA`".to_owned()),
            ";" => Some("write `SEMICOLON`".to_owned()),
            "|" => Some("write `PIPE`".to_owned()),
            "\t" => Some("write `TAB`".to_owned()),
            _ => None,
        },
        _ => None,
    };
    let meant = surely_meant(value, allowed.iter().copied())
        .or_else(|| surely_meant(&value.to_uppercase(), allowed.iter().copied()));
    cx.report(format!("`{name}` must be {}, not `{}`", list(allowed, "or"), excerpt(value)))
        .maybe_help(close)
        .maybe_help(help)
        .field(name)
        .fix(meant.map(|meant| Replacement::Value(meant.into())));
}
