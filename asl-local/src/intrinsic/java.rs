//! Values as Java's collections print them.

use std::fmt::{self, Write};

use serde_json::{Number, Value};

/// A value as `States.Format` inserts it: `{Arg1=1, Arg2=[]}`, texts without quotes.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => Text(value).to_string(),
    }
}

struct Text<'a>(&'a Value);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => value.fmt(f),
            Value::Number(number) => write_number(number, f),
            Value::String(text) => f.write_str(text),
            Value::Array(elements) => {
                f.write_char('[')?;
                for (place, element) in elements.iter().enumerate() {
                    f.write_str(if place == 0 { "" } else { ", " })?;
                    Text(element).fmt(f)?;
                }
                f.write_char(']')
            }
            Value::Object(fields) => {
                f.write_char('{')?;
                for (place, (name, value)) in fields.iter().enumerate() {
                    f.write_str(if place == 0 { "" } else { ", " })?;
                    write!(f, "{name}={}", Text(value))?;
                }
                f.write_char('}')
            }
        }
    }
}

/// Integers in digits, others as `Double.toString` has them: `1.5`, `1.0E10`, `1.0E-4`.
fn write_number(number: &Number, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(double) = number.as_f64().filter(|_| number.is_f64()) else {
        return write!(f, "{number}");
    };
    if double == 0.0 || (1e-3..1e7).contains(&double.abs()) {
        return write!(f, "{double:?}");
    }
    // Rust writes 1e10 and 1.5e10
    let text = format!("{double:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = if digits.contains('.') { "" } else { ".0" };
    write!(f, "{digits}{point}E{exponent}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::text;

    #[test]
    fn values_are_printed_as_java_prints_them() {
        for (value, printed) in [
            (json!(null), "null"),
            (json!(true), "true"),
            (json!("a b"), "a b"),
            (json!(7), "7"),
            (json!(-1.5), "-1.5"),
            (json!(1.0), "1.0"),
            (json!(0.001), "0.001"),
            (json!(0.000_1), "1.0E-4"),
            (json!(1e7), "1.0E7"),
            (json!(-1.25e20), "-1.25E20"),
            (json!(9_007_199_254_740_991_i64), "9007199254740991"),
            (json!([]), "[]"),
            (json!({}), "{}"),
            (json!(["a", 1, [null]]), "[a, 1, [null]]"),
            (json!({"Arg1": 1, "Arg2": [], "b": {"c": "d"}}), "{Arg1=1, Arg2=[], b={c=d}}"),
        ] {
            assert_eq!(text(&value), printed);
        }
    }
}
