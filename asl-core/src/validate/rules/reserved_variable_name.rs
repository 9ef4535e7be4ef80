#![doc = include_str!("reserved_variable_name.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Field, FieldValue};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::variables::assigned_name;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0204"),
    name: "reserved-variable-name",
    severity: Severity::Error,
    aws: Some("RESERVED_VARIABLE_NAME"),
    explain: include_str!("reserved_variable_name.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    let ("Assign", FieldValue::JsonObject(object)) = (field.name, value) else { return };
    for key in object.keys() {
        if assigned_name(cx.certain_language(), key) == "states" {
            cx.report(
                "the variable `states` is reserved: `$states` holds a state's input, result and context",
            )
            .help("choose another name")
            .field(key)
            .key();
        }
    }
}
