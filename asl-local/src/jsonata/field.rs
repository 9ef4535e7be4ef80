//! Fields that want a value of a certain type.

use std::fmt;

use asl_core::model;
use asl_core::syntax::Timestamp;
use serde_json::Value;

use super::prepared::{Prepared, Unprepared};
use super::template::Template;
use super::wording::type_name;
use crate::{Data, Failure, Scope};

/// A `Condition` of a Choice.
///
/// ```
/// use asl_core::model;
/// use asl_local::jsonata::Condition;
///
/// assert!(Condition::prepare(&model::Jsonata::new("$states.input.total > 100")).is_ok());
/// ```
#[derive(Debug)]
pub struct Condition(Prepared);

impl Condition {
    /// Reads the expression.
    ///
    /// # Errors
    ///
    /// As for [`Prepared::new`].
    pub fn prepare(condition: &model::Jsonata) -> Result<Self, Unprepared> {
        Prepared::new(condition.code()).map(Self)
    }

    /// Whether it holds. The location is that of the condition, such as `Choices[1]/Condition`.
    ///
    /// # Errors
    ///
    /// `States.QueryEvaluationError`, if it fails, or gives anything but true and false.
    pub fn holds(&self, location: impl fmt::Display, scope: &dyn Scope) -> Result<bool, Failure> {
        let data = self.0.evaluate_at(&location, scope)?;
        data.as_bool().ok_or_else(|| self.0.at(&location).unexpected("boolean", &data))
    }
}

/// The value of a field that is an integer: `Seconds`, `TimeoutSeconds`, `MaxConcurrency`.
///
/// # Errors
///
/// `States.QueryEvaluationError`, if the template fails, or gives something else.
pub fn integer(field: &str, template: &Template, scope: &dyn Scope) -> Result<i64, Failure> {
    let data = template.evaluate(field, scope)?;
    match data.json() {
        // what the service says of a fraction is not known; it is said in the words for another type
        Value::Number(number) => {
            number.as_i64().ok_or_else(|| unexpected_type(template, field, "integer", &data))
        }
        _ => Err(unexpected_type(template, field, "number", &data)),
    }
}

/// The value of a field that is a number: `ToleratedFailurePercentage`.
///
/// # Errors
///
/// `States.QueryEvaluationError`, if the template fails, or gives something else.
pub fn number(field: &str, template: &Template, scope: &dyn Scope) -> Result<f64, Failure> {
    let data = template.evaluate(field, scope)?;
    data.json().as_f64().ok_or_else(|| unexpected_type(template, field, "number", &data))
}

/// The value of a field that is text: `Error`, `Cause`.
///
/// # Errors
///
/// `States.QueryEvaluationError`, if the template fails, or gives something else.
pub fn string(field: &str, template: &Template, scope: &dyn Scope) -> Result<String, Failure> {
    let data = template.evaluate(field, scope)?;
    data.json().as_str().map(str::to_owned).ok_or_else(|| unexpected_type(template, field, "string", &data))
}

/// The elements of a field that is an array: `Items`.
///
/// # Errors
///
/// `States.QueryEvaluationError`, if the template fails, or gives something else.
pub fn array(field: &str, template: &Template, scope: &dyn Scope) -> Result<Vec<Data>, Failure> {
    let data = template.evaluate(field, scope)?;
    data.elements().ok_or_else(|| unexpected_type(template, field, "array", &data))
}

/// The time that the `Timestamp` of a Wait says, in milliseconds since 1970-01-01T00:00:00Z: a whole second.
///
/// # Errors
///
/// `States.QueryEvaluationError`, if it is no timestamp with an offset, as recorded.
pub fn timestamp(value: &Data) -> Result<i64, Failure> {
    let text = value.json().as_str();
    if let Some(time) = text.and_then(|text| Timestamp::parse(text).ok()) {
        // documented (Developer Guide, "Wait"): what is less than a second is cut off
        return Ok(time.unix_seconds().saturating_mul(1000));
    }
    let shown = text.map_or_else(|| value.to_string(), str::to_owned);
    let cause = format!(
        "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {shown}"
    );
    Err(Failure::query("Timestamp", cause))
}

/// What is said of a field whose value is a number that it does not take. That the error is this one is documented, the
/// words are ours.
pub(crate) fn out_of_range(
    field: &str,
    template: &Template,
    wanted: &str,
    value: impl fmt::Display,
) -> Failure {
    let code = template.as_expression().map(Prepared::code).unwrap_or_default();
    let cause = format!(
        "The JSONata expression '{code}' specified for the field '{field}' returned a value out of range. Expected a \
         number {wanted}, but was: {value}"
    );
    Failure::query(field, cause)
}

/// What is said of a field whose value is of another type than it takes: `Expected 'array', but was 'number' for value: 1`.
#[must_use]
pub fn unexpected_type(template: &Template, field: &str, expected: &str, value: &Data) -> Failure {
    if let Some(expression) = template.as_expression() {
        return expression.at(&field).unexpected(expected, value);
    }
    // a literal of the wrong type is refused before anything runs; said as near to the recorded words as can be
    let actual = type_name(value);
    let cause = format!(
        "The field '{field}' has an unexpected type. Expected '{expected}', but was '{actual}' for value: {value}"
    );
    Failure::query(field, cause)
}
