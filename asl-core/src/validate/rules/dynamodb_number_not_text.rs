#![doc = include_str!("dynamodb_number_not_text.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{State, Value};
use crate::syntax::Resource;
use crate::validate::context::{Context, Step};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0921"),
    name: "dynamodb-number-not-text",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("dynamodb_number_not_text.md"),
    check: Check::State(check),
};

// Reported of AWS is what it says of a wrong `S`: "The value for the field 'S' must be a STRING"; `N` is a string in
// the same API, but nothing was recorded of it, hence a warning.
fn check(cx: &mut Context<'_>, _: &str, _: &State) {
    let Some((_, State::Task(task))) = cx.state() else { return };
    let calls_dynamodb = matches!(
        cx.resource(), Some(Ok(Resource::Integration(call))) if call.service() == "dynamodb"
    );
    if !calls_dynamodb {
        return;
    }
    for (field, payload) in [("Parameters", &task.parameters), ("Arguments", &task.arguments)] {
        if let Some(payload) = payload {
            cx.step(Step::Field(field), |cx| values(cx, payload));
        }
    }
}

/// Looks for attribute values, which are objects with nothing but their type.
fn values<'m>(cx: &mut Context<'m>, payload: &'m Value) {
    match payload {
        Value::Object(object) => {
            for (key, value) in object {
                cx.step(Step::Field(key), |cx| match (key.as_str(), value) {
                    ("N", Value::Number(number)) if object.len() == 1 => {
                        cx.report(format!("DynamoDB takes the number {number} as text"))
                            .help(format!("write `\"{number}\"`"));
                    }
                    ("NS", Value::Array(numbers)) if object.len() == 1 => {
                        if let Some(number) = numbers.iter().find(|number| number.is_number()) {
                            cx.report(format!("DynamoDB takes the number {number} as text"))
                                .help(format!("write `\"{number}\"`, and the others so too"));
                        }
                    }
                    _ => values(cx, value),
                });
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                cx.step(Step::Index(index), |cx| values(cx, element));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
