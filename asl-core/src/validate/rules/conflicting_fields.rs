#![doc = include_str!("conflicting_fields.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Fault, Kind, Object};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0105"),
    name: "conflicting-fields",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("conflicting_fields.md"),
    check: Check::Object(check),
};

/// Pairs that the model holds side by side.
const PAIRS: &[(Kind, &str, &str)] = &[(Kind::Map, "ItemSelector", "Parameters")];

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    for field in object.extra() {
        if let Fault::Conflict { with } = field.fault {
            report(cx, with, &field.name);
        }
    }
    for (kind, one, other) in PAIRS {
        if object.kind() == *kind {
            let mut present = 0;
            object.visit(&mut |name, _| present += usize::from(name == *one || name == *other));
            if present == 2 {
                report(cx, one, other);
            }
        }
    }
}

fn report(cx: &mut Context<'_>, kept: &str, other: &str) {
    cx.report(format!("`{kept}` and `{other}` exclude each other"))
        .help("keep one of the two")
        .field(other)
        .key();
}
