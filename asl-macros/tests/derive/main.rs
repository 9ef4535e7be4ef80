//! What the derives make of a type, against what serde makes of it.

mod evaluation;
mod structs;
mod enums;
mod errors;

use asl_core::expr::{AslData, Expr, variable};
use evaluation::evaluate;
use serde::Serialize;
use serde_json::Value;

/// The variable.
fn v<T: AslData>() -> Expr<T> {
    variable("v")
}

/// What an expression over a value gives.
#[track_caller]
fn over<T: AslData + Serialize, U: AslData>(value: &T, expression: &Expr<U>) -> Value {
    evaluate(&expression.clone().into_value(), &serde_json::to_value(value).unwrap())
}

/// Checks that the literal of a value is what serde writes.
#[track_caller]
fn check_literal<T: AslData + Serialize>(value: &T) {
    assert_eq!(evaluate(&value.literal(), &Value::Null), serde_json::to_value(value).unwrap());
}
