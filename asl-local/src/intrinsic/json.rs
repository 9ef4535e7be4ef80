use serde_json::Value;

use super::Fault;
use super::text::string;

/// `States.StringToJson`. A blank text is `null`, and `-0` is 0 (recorded).
pub(super) fn parse(text: &Value) -> Result<Value, Fault> {
    let text = string(text)?;
    if text.trim_matches([' ', '\t', '\n', '\r']).is_empty() {
        return Ok(Value::Null);
    }
    let mut value = serde_json::from_str(text).map_err(|error| {
        // the service goes on with its own parser's message
        Fault::Says(format!("Cannot convert String to Json in States.StringToJson, caused by: {error}"))
    })?;
    if text.contains("-0") {
        without_negative_zero(&mut value);
    }
    Ok(value)
}

/// Turns `-0`, which the parser takes for a number with decimals, into the integer it is for the service.
///
/// `-0.0` stays what it is there; the parser cannot tell the two apart, and the first is written more often.
fn without_negative_zero(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() && number.as_f64() == Some(0.0) => {
            let negative = number.as_f64().is_some_and(f64::is_sign_negative);
            if negative {
                *number = 0.into();
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_negative_zero),
        Value::Object(fields) => fields.values_mut().for_each(without_negative_zero),
        _ => {}
    }
}

/// `States.JsonMerge`: the fields of both; those of the second win. Only the upper level is merged.
///
/// The third argument must not be `true`. What is no boolean counts as `false`, as measured.
pub(super) fn merge(first: &Value, second: &Value, deep: &Value) -> Result<Value, Fault> {
    let (Value::Object(first), Value::Object(second)) = (first, second) else {
        return Err(Fault::ARGUMENTS);
    };
    if *deep == Value::Bool(true) {
        return Err(Fault::ARGUMENTS);
    }
    let mut merged = first.clone();
    merged.extend(second.iter().map(|(name, value)| (name.clone(), value.clone())));
    Ok(Value::Object(merged))
}
