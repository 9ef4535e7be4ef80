use serde_json::Value;

use super::Fault;

/// The text of an argument that must be one.
pub(super) fn string(value: &Value) -> Result<&str, Fault> {
    value.as_str().ok_or(Fault::ARGUMENTS)
}

/// `States.StringSplit`: the delimiters are a set of characters, and empty parts are left out (recorded).
pub(super) fn split(text: &Value, delimiters: &Value) -> Result<Value, Fault> {
    let (text, delimiters) = (string(text)?, string(delimiters)?);
    let parts = text.split(|letter| delimiters.contains(letter));
    Ok(parts.filter(|part| !part.is_empty()).map(Value::from).collect())
}
