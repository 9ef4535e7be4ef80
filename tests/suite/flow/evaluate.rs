//! JSONata for programs as they stand, by the library that the engine uses too.

use std::cell::Cell;
use std::collections::BTreeMap;

use jsonata_core::evaluator::{Context, Evaluator};
use jsonata_core::parser;
use jsonata_core::value::JValue;
use serde_json::Value;

use super::world::Failure;

thread_local! {
    /// How many identifiers were made.
    static MADE: Cell<usize> = const { Cell::new(0) };
}

/// What an expression with these variables gives; one that is missing is an error, as on the service.
pub(crate) fn evaluate(code: &str, variables: &BTreeMap<String, Value>) -> Result<Value, Failure> {
    let failure = |why: String| Failure::new("States.QueryEvaluationError", format!("{code}: {why}"));
    let ast = parser::parse(code).map_err(|error| failure(error.to_string()))?;
    let mut context = Context::new();
    for (name, value) in variables {
        context.bind(name.clone(), JValue::from(value.clone()));
    }
    let mut evaluator = Evaluator::with_context(context);
    let uuid = |_: &[JValue]| {
        MADE.set(MADE.get() + 1);
        Ok(JValue::from(format!("00000000-0000-4000-8000-{:012}", MADE.get())))
    };
    evaluator.register_fn("uuid", uuid).map_err(|error| failure(error.to_string()))?;
    let result = evaluator.evaluate(&ast, &JValue::Undefined).map_err(|error| failure(error.to_string()))?;
    if result.is_undefined() {
        return Err(failure("nothing".to_owned()));
    }
    let text = result.to_json_string().map_err(|error| failure(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| failure(error.to_string()))
}
