//! Functions with `#[expr_fn]`: what they compute, and what their staged twins compute.

#[path = "../derive/evaluation.rs"]
mod evaluation;
mod functions;
mod patterns;

use asl_core::expr::{AslData, Expr};
use asl_core::syntax::jsonata::Expression;
use serde::Serialize;
use serde_json::{Value, json};

/// Checks that the twin, given the fields `a` and so on of `$v`, computes what the function gave.
#[track_caller]
fn check<T: AslData, U: Serialize>(arguments: &Value, twin: &Expr<T>, expected: U) {
    let found = evaluation::evaluate(&twin.clone().into_value(), arguments);
    let (found, expected) = (numbers(found), numbers(json!(expected)));
    assert_eq!(found, expected, "{} of {arguments}", twin.to_jsonata());
}

/// JSONata does not tell `1.0` from `1`.
fn numbers(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(values) => values.into_iter().map(numbers).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, numbers(value))).collect(),
        value => value,
    }
}

/// A field of `$v`.
fn argument<T: AslData>(name: &str) -> Expr<T> {
    Expr::from_tree(Expression::parse_strict(&format!("$v.{name}")).unwrap())
}

/// Compares a function with its twin for each of some arguments.
macro_rules! agree {
    ($function:ident($($name:ident: $type:ty),*) for $values:expr) => {
        for ($($name,)*) in $values {
            let arguments = json!({ $(stringify!($name): $name),* });
            let twin = $function::staged($(argument::<<$type as AslData>::Data>(stringify!($name))),*);
            check(&arguments, &twin, $function($($name),*));
        }
    };
}
pub(crate) use agree;
