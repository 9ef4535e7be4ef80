#![doc = include_str!("unlimited_max_items.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Dynamic, Field, FieldValue};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0919"),
    name: "unlimited-max-items",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("unlimited_max_items.md"),
    check: Check::Field(check),
};

// DIFFERENCE: the documents ask for a positive number; the service was recorded to read all rows for 0.
fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    if let ("MaxItems", FieldValue::Integer(Dynamic::Literal(0))) = (field.name, value) {
        cx.report("`MaxItems` 0 reads all items, not none")
            .help("remove it, or write how many are to be read");
    }
}
