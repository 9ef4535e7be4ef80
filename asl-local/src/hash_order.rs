//! The order in which Java's hash tables go over what they hold.
//!
//! It shows in what the service gives: in the fields of a payload template (recorded, in all of a hundred places
//! where it can be told from the order of writing) and in `States.ArrayUnique` (measured by others).

use serde_json::{Number, Value};

/// Puts values, none equal to another, into the order of a `HashMap` that got them in the order they are in.
///
/// That a table of more than 64 places keeps its fuller ones as trees is left out of account.
pub(crate) fn sort<T>(values: &mut [T], hash: impl Fn(&T) -> u32) {
    let mut places = 16_usize;
    while values.len() > places / 4 * 3 {
        places *= 2;
    }
    values.sort_by_cached_key(|value| {
        let hash = hash(value);
        (hash ^ hash >> 16) as usize & (places - 1)
    });
}

/// `hashCode()` of the Java value that JSON becomes.
pub(crate) fn hash(value: &Value) -> u32 {
    match value {
        Value::Null => 0,
        Value::Bool(true) => 1231,
        Value::Bool(false) => 1237,
        Value::Number(number) => hash_of_number(number),
        Value::String(text) => hash_of_text(text),
        Value::Array(elements) => {
            elements.iter().fold(1_u32, |sum, element| sum.wrapping_mul(31).wrapping_add(hash(element)))
        }
        Value::Object(fields) => {
            fields.iter().fold(0_u32, |sum, (name, value)| sum.wrapping_add(hash_of_text(name) ^ hash(value)))
        }
    }
}

/// `hashCode()` of a text.
pub(crate) fn hash_of_text(text: &str) -> u32 {
    text.encode_utf16().fold(0_u32, |sum, unit| sum.wrapping_mul(31).wrapping_add(u32::from(unit)))
}

/// `Integer` as far as it reaches, then `Long`, then `BigInteger`; else `Double`.
#[allow(clippy::cast_possible_truncation, reason = "the halves of a number are what is hashed")]
fn hash_of_number(number: &Number) -> u32 {
    let folded = |bits: u64| (bits ^ bits >> 32) as u32;
    if let Some(integer) = number.as_i64() {
        i32::try_from(integer).map_or_else(|_| folded(integer.cast_unsigned()), i32::cast_unsigned)
    } else if let Some(integer) = number.as_u64() {
        ((integer >> 32) as u32).wrapping_mul(31).wrapping_add(integer as u32)
    } else {
        folded(number.as_f64().unwrap_or_default().to_bits())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{hash, hash_of_text, sort};

    #[test]
    fn values_have_the_hash_codes_of_java() {
        assert_eq!(hash(&json!("hello")), 99_162_322);
        assert_eq!(hash(&json!([1, 2])), 994);
        assert_eq!(hash(&json!({"a": 1, "b": 2})), 192);
        assert_eq!(hash(&json!(1.5)), 1_073_217_536);
        assert_eq!(hash(&json!(-1)), u32::MAX);
        assert_eq!(hash(&json!(4_294_967_296_i64)), 1);
        assert_eq!(hash(&json!(18_446_744_073_709_551_615_u64)), u32::MAX.wrapping_mul(32));
    }

    /// Seen on the service.
    #[test]
    fn names_stand_in_the_order_of_a_hash_map() {
        for (written, sorted) in [
            (vec!["StateMachineArn", "Input", "Name"], vec!["Input", "StateMachineArn", "Name"]),
            (vec!["Name", "SecretString"], vec!["SecretString", "Name"]),
            (
                vec!["ApiEndpoint", "Method", "Path", "Stage", "RequestBody", "Headers"],
                vec!["Path", "Headers", "Stage", "ApiEndpoint", "Method", "RequestBody"],
            ),
        ] {
            let mut names = written;
            sort(&mut names, |name| hash_of_text(name));
            assert_eq!(names, sorted);
        }
    }

    #[test]
    fn a_table_grows_with_what_it_holds() {
        let mut numbers: Vec<u32> = (0..1000).rev().collect();
        sort(&mut numbers, |&number| number);
        assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
        // 12 numbers fit into 16 places, in which 16 and 0 share one
        let mut twelve: Vec<u32> = (5..=16).rev().collect();
        sort(&mut twelve, |&number| number);
        assert_eq!(twelve[..2], [16, 5]);
        // a 13th makes it 32
        let mut thirteen: Vec<u32> = (4..=16).rev().collect();
        sort(&mut thirteen, |&number| number);
        assert_eq!((thirteen[0], thirteen[12]), (4, 16));
    }
}
