//! The fields whose name ends in `Path`: a path, and what must stand where it leads.
//!
//! Numbers may be written as strings there: `"2"` for a `MaxItemsPath` is recorded.

use std::borrow::Cow;

use asl_core::syntax::Timestamp;
use serde_json::Value;

use super::{PathFault, Select};
use crate::Failure;
use crate::data::Scope;

/// `SecondsPath`: seconds to wait, not negative. All sentences are recorded.
///
/// `TimeoutSecondsPath` and `HeartbeatSecondsPath` are read alike, but must lead to more than 0; of their sentences there
/// is no record.
pub(crate) fn seconds(field: &str, path: &Select, scope: &dyn Scope) -> Result<u64, Failure> {
    let value = path.select(scope).map_err(|fault| fault.in_parameter(field))?;
    let text = plain_text(&value);
    let fault = |what: &str| {
        Failure::runtime(format!("The {field} parameter {what} value: {} == {text}", path.written()))
    };
    let number: i64 = text.parse().map_err(|_| fault("cannot be parsed as a long"))?;
    match u64::try_from(number) {
        Ok(0) if field != "SecondsPath" => Err(fault("references a non-positive")),
        number => number.map_err(|_| fault("references a negative")),
    }
}

/// `TimestampPath`. All sentences are recorded.
pub(crate) fn timestamp(path: &Select, scope: &dyn Scope) -> Result<Timestamp, Failure> {
    let value = path.select(scope).map_err(|fault| fault.in_parameter("TimestampPath"))?;
    let timestamp = value.as_str().map(Timestamp::parse).and_then(Result::ok);
    timestamp.ok_or_else(|| {
        Failure::runtime(format!(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format \
             string: {} == {}",
            path.written(),
            plain_text(&value)
        ))
    })
}

/// `MaxConcurrencyPath`, `MaxItemsPath`, `MaxItemsPerBatchPath` and the like: an integer. The sentence is recorded
/// for the first two.
pub(crate) fn integer(field: &str, path: &Select, scope: &dyn Scope) -> Result<i64, Failure> {
    let value = path.select(scope).map_err(|fault| missing(&fault, field, scope))?;
    plain_text(&value).parse().map_err(|_| refers_to(field, path, &value, "integer"))
}

/// `ToleratedFailureCountPath`. The sentences are recorded.
pub(crate) fn tolerated_failure_count(path: &Select, scope: &dyn Scope) -> Result<u64, Failure> {
    let count = integer("ToleratedFailureCountPath", path, scope)?;
    u64::try_from(count).map_err(|_| Failure::runtime("ToleratedFailureCount cannot be negative."))
}

/// `ToleratedFailurePercentagePath`: 0 to 100, with decimals. The sentences are recorded.
pub(crate) fn tolerated_failure_percentage(path: &Select, scope: &dyn Scope) -> Result<f64, Failure> {
    let field = "ToleratedFailurePercentagePath";
    let value = path.select(scope).map_err(|fault| missing(&fault, field, scope))?;
    let number: f64 = plain_text(&value)
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .ok_or_else(|| refers_to(field, path, &value, "float"))?;
    if (0.0..=100.0).contains(&number) {
        Ok(number)
    } else {
        Err(Failure::runtime("ToleratedFailurePercentage must be between 0 and 100."))
    }
}

/// What is said of an `ItemsPath` that leads to something else than an array. Recorded, one `$` for the Context Object
/// included.
pub(crate) fn not_an_array(path: &Select) -> Failure {
    Failure::runtime(format!("Reference path \"{}\" must point to array.", path.reference()))
}

/// A value as text: strings without quotes, all else as JSON.
pub(crate) fn plain_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// What the service says where such a path leads nowhere is not recorded; this is what it says of other fields.
fn missing(fault: &PathFault<'_>, field: &str, scope: &dyn Scope) -> Failure {
    fault.in_field(field, scope)
}

fn refers_to(field: &str, path: &Select, value: &Value, wanted: &str) -> Failure {
    Failure::runtime(format!(
        "The {field} field refers to value \"{}\" which is not a valid {wanted}: {}",
        plain_text(value),
        path.written()
    ))
}
