//! Evaluates expressions over a value in the variable `$v`.

use asl_core::syntax::jsonata::Expression;
use jsonata_core::evaluator::{Context, Evaluator};
use jsonata_core::value::JValue;
use serde_json::Value;

/// What a tree gives, the data being in `$v`.
#[track_caller]
pub(crate) fn evaluate(tree: &Expression, data: &Value) -> Value {
    let code = tree.to_string();
    assert!(Expression::parse_strict(&code).is_ok(), "{code}");
    let parsed = jsonata_core::parser::parse(&code).unwrap();
    let mut context = Context::new();
    context.bind("v".into(), JValue::from_json_str(&data.to_string()).unwrap());
    let result = Evaluator::with_context(context).evaluate(&parsed, &JValue::Null);
    let result = result.unwrap_or_else(|error| panic!("{code}: {error:?}"));
    assert!(!result.is_undefined(), "{code} of {data} is missing");
    serde_json::from_str(&result.to_json_string().unwrap()).unwrap()
}
