//! How texts and numbers are ordered, by paths' filters and by Choice rules.

use std::cmp::Ordering;

use serde_json::Number;

/// The order of two texts as Java's `compareTo` has it: by UTF-16 code units.
///
/// It differs from the order of characters only where one of them is beyond `U+FFFF`.
pub(crate) fn text_order(left: &str, right: &str) -> Ordering {
    left.encode_utf16().cmp(right.encode_utf16())
}

/// The order of two numbers by value: 0 equals 0.0.
///
/// Integers are compared as such, beyond what binary64 can tell apart.
pub(super) fn number_order(left: &Number, right: &Number) -> Option<Ordering> {
    match (integer(left), integer(right)) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

fn integer(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use serde_json::Number;

    use super::{number_order, text_order};

    #[test]
    fn texts_are_ordered_by_code_units() {
        assert_eq!(text_order("a", "b"), Ordering::Less);
        assert_eq!(text_order("B", "a"), Ordering::Less);
        assert_eq!(text_order("ab", "a"), Ordering::Greater);
        // as characters the other way round: a surrogate is less than U+FFFD
        assert_eq!(text_order("\u{1F642}", "\u{FFFD}"), Ordering::Less);
    }

    #[test]
    fn numbers_are_ordered_by_value() {
        let number = |text: &str| text.parse::<Number>().unwrap();
        assert_eq!(number_order(&number("0"), &number("0.0")), Some(Ordering::Equal));
        assert_eq!(number_order(&number("-0.0"), &number("0")), Some(Ordering::Equal));
        assert_eq!(number_order(&number("-1"), &number("18446744073709551615")), Some(Ordering::Less));
        assert_eq!(
            number_order(&number("9007199254740993"), &number("9007199254740992")),
            Some(Ordering::Greater)
        );
    }
}
