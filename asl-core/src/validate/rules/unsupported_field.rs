#![doc = include_str!("unsupported_field.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Comparator, Fault, Kind, Object};
use crate::validate::context::{Context, did_you_mean, list};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0102"),
    name: "unsupported-field",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("unsupported_field.md"),
    check: Check::Object(check),
};

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    let kind = object.kind();
    for field in object.extra() {
        if field.fault == Fault::Unsupported {
            let name = field.name.as_str();
            let what =
                if kind.is_state() { format!("{} state", kind.name()) } else { kind.name().to_owned() };
            cx.report(format!("a {what} has no field `{name}`"))
                .maybe_help(help(kind, name))
                .field(name)
                .key();
        }
    }
}

fn help(kind: Kind, name: &str) -> Option<String> {
    let elsewhere: Vec<&str> = Kind::STATES
        .iter()
        .filter(|other| kind.is_state() && other.field(name).is_some())
        .map(|other| other.name())
        .collect();
    if !elsewhere.is_empty() {
        return Some(format!("only {} states have `{name}`; remove it here", list(&elsewhere, "and")));
    }
    let is_rule = matches!(kind, Kind::ChoiceRule | Kind::NestedRule);
    let comparators = Comparator::NAMES.iter().copied().filter(|_| is_rule);
    did_you_mean(name, kind.fields().iter().map(|field| field.name).chain(comparators))
}
