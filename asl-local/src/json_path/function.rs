use asl_core::syntax::json_path::PathFunction;
use serde_json::{Number, Value};

use super::Miss;
use super::operand::Operand;
use super::walk::Evaluation;

/// A function in a path: `.length()`.
///
/// The service's documentation is silent on these, so they do what json-path's do.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) function: PathFunction,
    pub(super) arguments: Vec<Operand>,
}

/// json-path's sentence for a function of numbers that finds none.
const NOTHING: Miss = Miss::Function("Aggregation function attempted to calculate value using empty array");

impl Call {
    /// What the function makes of the value before it. Where it has no meaning the result is `null`.
    pub(super) fn evaluate(&self, value: &Value, evaluation: &Evaluation<'_>) -> Result<Value, Miss> {
        evaluation.budget.spend_on(value)?;
        let mut arguments = Vec::with_capacity(self.arguments.len());
        for argument in &self.arguments {
            if let Some(value) = argument.value(evaluation.document, evaluation)? {
                evaluation.budget.spend_on(&value)?;
                arguments.push(value.into_owned());
            }
        }
        match self.function {
            PathFunction::Length | PathFunction::Size => Ok(match value {
                Value::Array(elements) => elements.len().into(),
                Value::Object(fields) => fields.len().into(),
                _ => Value::Null,
            }),
            PathFunction::Keys => Ok(match value {
                Value::Object(fields) => fields.keys().map(|key| Value::from(key.as_str())).collect(),
                _ => Value::Null,
            }),
            PathFunction::Concat => Ok(concat(value, &arguments).into()),
            PathFunction::Append => Ok(match value {
                Value::Array(elements) => elements.iter().cloned().chain(arguments).collect(),
                value => value.clone(),
            }),
            PathFunction::First => element(value, 0),
            PathFunction::Last => element(value, -1),
            PathFunction::Index => {
                let index = arguments.first().and_then(Value::as_i64);
                element(value, index.ok_or(Miss::Function("The function index() takes a number"))?)
            }
            PathFunction::Min
            | PathFunction::Max
            | PathFunction::Avg
            | PathFunction::Sum
            | PathFunction::Stddev => aggregate(self.function, &numbers(value, &arguments)),
        }
    }
}

/// An array's texts and the arguments, one after the other.
fn concat(value: &Value, arguments: &[Value]) -> String {
    let mut text = String::new();
    text.extend(value.as_array().into_iter().flatten().filter_map(Value::as_str));
    for argument in arguments {
        match argument {
            Value::String(part) => text.push_str(part),
            Value::Array(parts) => text.extend(parts.iter().filter_map(Value::as_str)),
            other => text.push_str(&other.to_string()),
        }
    }
    text
}

/// The numbers of an array and of the arguments.
fn numbers(value: &Value, arguments: &[Value]) -> Vec<f64> {
    let inside = |value: &Value| value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let mut numbers: Vec<f64> = inside(value);
    for argument in arguments {
        numbers.extend(argument.as_f64());
        numbers.extend(inside(argument));
    }
    numbers
}

/// json-path computes with binary64, and so the sum of integers is `6.0`.
#[allow(clippy::cast_precision_loss, reason = "no payload has 2^52 numbers")]
fn aggregate(function: PathFunction, numbers: &[f64]) -> Result<Value, Miss> {
    let count = numbers.len() as f64;
    if numbers.is_empty() {
        return Err(NOTHING);
    }
    let sum: f64 = numbers.iter().sum();
    let result = match function {
        PathFunction::Min => numbers.iter().copied().fold(f64::INFINITY, f64::min),
        PathFunction::Max => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        PathFunction::Avg => sum / count,
        PathFunction::Stddev => {
            let squares: f64 = numbers.iter().map(|number| number * number).sum();
            (squares / count - sum * sum / count / count).max(0.0).sqrt()
        }
        _ => sum,
    };
    Number::from_f64(result).map(Value::Number).ok_or(Miss::Function("The result is no finite number"))
}

/// The element at an index; negative ones count from the end.
fn element(value: &Value, index: i64) -> Result<Value, Miss> {
    let Value::Array(elements) = value else { return Err(NOTHING) };
    let place = match usize::try_from(index) {
        Ok(place) => Some(place),
        Err(_) => {
            usize::try_from(index.unsigned_abs()).ok().and_then(|back| elements.len().checked_sub(back))
        }
    };
    place
        .and_then(|place| elements.get(place))
        .cloned()
        .ok_or(Miss::Function("Target index is larger than object count"))
}
