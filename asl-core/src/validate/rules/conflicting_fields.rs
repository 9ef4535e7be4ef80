#![doc = include_str!("conflicting_fields.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Comparator, Fault, Kind, Object};
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
    let kind = object.kind();
    for field in object.extra() {
        if let Fault::Conflict { with } = field.fault {
            report(cx, kind, with, &field.name);
        }
    }
    for (_, one, other) in PAIRS.iter().filter(|(of, ..)| *of == kind) {
        let mut present = 0;
        object.visit(&mut |name, _| present += usize::from(name == *one || name == *other));
        if present == 2 {
            report(cx, kind, one, other);
        }
    }
}

fn report(cx: &mut Context<'_>, kind: Kind, kept: &str, other: &str) {
    let help = match kind {
        Kind::ChoiceRule | Kind::NestedRule if Comparator::from_name(other).is_some() => {
            "make each comparison a rule of its own and put both into `And`"
        }
        Kind::ChoiceRule | Kind::NestedRule if kept == "Condition" || other == "Condition" => {
            "keep `Condition` in JSONata, the other in JSONPath"
        }
        Kind::ChoiceRule | Kind::NestedRule => "make each a rule of its own and put both into `And`",
        Kind::Map if other == "Iterator" => "keep `ItemProcessor`; `Iterator` is its old name",
        Kind::Map if other == "Parameters" => "keep `ItemSelector`; `Parameters` is its old name",
        _ => "keep one of the two",
    };
    cx.report(format!("`{kept}` and `{other}` exclude each other")).help(help).field(other).key();
}
