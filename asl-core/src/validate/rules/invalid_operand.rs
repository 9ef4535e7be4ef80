#![doc = include_str!("invalid_operand.md")]

use super::invalid_timestamp::shown;
use crate::diagnostic::{Code, Severity};
use crate::model::{Comparator, Field, FieldValue, OperandType, QueryLanguage, Value};
use crate::syntax::{Timestamp, contains_placeholder};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::described;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0412"),
    name: "invalid-operand",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("invalid_operand.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, _: &'static Field, value: FieldValue<'_>) {
    if let FieldValue::Operand(comparator, operand) = value
        && cx.language() == QueryLanguage::JsonPath
    {
        operand_of(cx, comparator, operand);
    }
}

fn operand_of(cx: &mut Context<'_>, comparator: Comparator, operand: &Value) {
    if operand.as_str().is_some_and(contains_placeholder) {
        return;
    }
    let wanted = match (comparator.operand_type(), operand) {
        (OperandType::Timestamp, Value::String(text)) => {
            if let Err(error) = Timestamp::parse(text) {
                cx.report_syntax(shown(error));
            }
            return;
        }
        (OperandType::String | OperandType::Path, Value::String(_))
        | (OperandType::Number, Value::Number(_))
        | (OperandType::Boolean, Value::Bool(_)) => return,
        (OperandType::String, _) => "a string",
        (OperandType::Number, _) => "a number",
        (OperandType::Boolean, _) => "a boolean",
        (OperandType::Timestamp, _) => "a timestamp",
        (OperandType::Path, _) => "a path",
    };
    cx.report(format!("`{comparator}` compares with {wanted}, this is {}", described(operand)))
        .maybe_help(remedy(comparator, operand));
}

/// What to write instead, if a look at the operand tells.
fn remedy(comparator: Comparator, operand: &Value) -> Option<String> {
    match (comparator.operand_type(), operand) {
        (OperandType::Number | OperandType::Boolean, Value::String(text)) => {
            let value: Value = serde_json::from_str(text).ok()?;
            let fits = match comparator.operand_type() {
                OperandType::Number => value.is_number(),
                _ => value.is_boolean(),
            };
            if fits {
                Some(format!("remove the quotes: `{value}`"))
            } else {
                text.starts_with('$').then(|| path_form(comparator)).flatten()
            }
        }
        (OperandType::String, Value::Bool(_)) => Some("use `BooleanEquals`".to_owned()),
        (OperandType::String, Value::Number(_)) => {
            let numeric = comparator.as_str().replacen("String", "Numeric", 1);
            Comparator::from_name(&numeric).map(|_| format!("use `{numeric}`, or put the number in quotes"))
        }
        (_, Value::Null) => Some("use `IsNull`".to_owned()),
        (OperandType::Path, _) => {
            let plain = comparator.as_str().trim_end_matches("Path");
            Some(format!("use `{plain}` for a value that is known"))
        }
        _ => None,
    }
}

fn path_form(comparator: Comparator) -> Option<String> {
    let name = format!("{comparator}Path");
    Comparator::from_name(&name).map(|_| format!("use `{name}` to compare with what stands at a path"))
}
