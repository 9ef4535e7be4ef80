#![doc = include_str!("empty_value.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Field, FieldValue};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0110"),
    name: "empty-value",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("empty_value.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    let help = match (value, field.name) {
        (FieldValue::States(states), _) if states.is_empty() => "add the state that `StartAt` names",
        (FieldValue::Branches([]), _) => {
            "add one machine a branch: `{ \"StartAt\": \"…\", \"States\": { … } }`"
        }
        (FieldValue::Rules([]), "Choices") => "add a rule for each case, or make the state a Pass state",
        (FieldValue::Rules([]), _) => "add the rules, or remove this one",
        (FieldValue::Texts([]), "ErrorEquals") => "name the errors it is for; `[\"States.ALL\"]` means all",
        _ => return,
    };
    cx.report(format!("`{}` must not be empty", field.name)).help(help);
}
