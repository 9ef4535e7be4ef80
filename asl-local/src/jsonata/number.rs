//! Numbers as the service's JSONata hands them on.
//!
//! An integer of 64 bits keeps its digits, anything else is a double, and a double that is a whole number below 2^63 is
//! written as an integer: `1.0` becomes `1` (measured by third parties on the service, August 2026).

use serde_json::{Map, Number, Value};

use super::with_stack;

/// 2^63: the first whole number that is written as a double.
const LONG_END: f64 = 9_223_372_036_854_775_808.0;

/// The JSON of a double of JSONata. Infinity and "not a number" are text, since JSON has no number for them; the service
/// writes the names of JavaScript.
pub(crate) fn to_json(number: f64) -> Value {
    if number.is_nan() {
        return Value::from("NaN");
    }
    if number.is_infinite() {
        return Value::from(if number > 0.0 { "Infinity" } else { "-Infinity" });
    }
    if number.fract() == 0.0 && number.abs() < LONG_END {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number within the type's range")]
        return Value::from(number as i64);
    }
    Value::from(number)
}

/// The double of a JSON number, and whether it is written back the same.
pub(super) fn from_json(number: &Number) -> (f64, bool) {
    let double = number.as_f64().unwrap_or(0.0);
    (double, is_plain(number))
}

/// The number as JSONata hands it on unchanged.
fn settled(number: &Number) -> Value {
    if number.is_i64() { Value::Number(number.clone()) } else { to_json(number.as_f64().unwrap_or(0.0)) }
}

/// The value as JSONata hands it on unchanged.
pub(super) fn settle(value: &Value) -> Value {
    match value {
        Value::Number(number) => settled(number),
        Value::Array(elements) => with_stack(|| elements.iter().map(settle).collect()),
        Value::Object(fields) => with_stack(|| {
            Value::Object(
                fields.iter().map(|(name, value)| (name.clone(), settle(value))).collect::<Map<_, _>>(),
            )
        }),
        other => other.clone(),
    }
}

/// Whether every number in the value is a double that is written back the same.
pub(crate) fn all_plain(value: &Value) -> bool {
    match value {
        Value::Number(number) => is_plain(number),
        Value::Array(elements) => with_stack(|| elements.iter().all(all_plain)),
        Value::Object(fields) => with_stack(|| fields.values().all(all_plain)),
        _ => true,
    }
}

fn is_plain(number: &Number) -> bool {
    /// Below it every integer is a double.
    const EXACT: u64 = 1 << 53;
    if let Some(integer) = number.as_i64() {
        return integer.unsigned_abs() <= EXACT;
    }
    // what is left: integers above 2^63, and what has a fraction or an exponent
    !number.is_u64()
        && number.as_f64().is_some_and(|double| double.fract() != 0.0 || double.abs() >= LONG_END)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_numbers_are_integers_and_the_rest_doubles() {
        let text = |number: f64| to_json(number).to_string();
        assert_eq!(text(3.0), "3");
        assert_eq!(text(-0.0), "0");
        assert_eq!(text(0.1), "0.1");
        assert_eq!(text(-9_007_199_254_740_992.0), "-9007199254740992");
        assert_eq!(text(9_223_372_036_854_775_808.0), "9.223372036854776e+18");
        assert_eq!(text(f64::NEG_INFINITY), "\"-Infinity\"");
    }

    #[test]
    fn a_value_that_is_handed_on_keeps_its_integers_and_drops_trailing_zeros() {
        let value: Value =
            serde_json::from_str("[1.0, 1e2, 9007199254740993, 9223372036854775808, -0.0, 1.5]").unwrap();
        assert!(!all_plain(&value));
        assert_eq!(settle(&value).to_string(), "[1,100,9007199254740993,9.223372036854776e+18,0,1.5]");
    }

    #[test]
    fn a_number_is_plain_if_both_forms_print_alike() {
        for (text, plain) in [
            ("1", true),
            ("1.0", false),
            ("0.5", true),
            ("-9007199254740992", true),
            ("9007199254740993", false),
            ("9223372036854775807", false),
            ("9223372036854775808", false),
            ("1e300", true),
        ] {
            assert_eq!(all_plain(&serde_json::from_str(text).unwrap()), plain, "{text}");
        }
        assert!(!all_plain(&json!({"a": [{"b": 1.0}]})));
    }
}
