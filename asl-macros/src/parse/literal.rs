//! Rust literals as JSON.

use proc_macro2::Literal;
use syn::Lit;

/// The text of a string literal, escapes resolved; `None` for other literals.
pub(super) fn string(literal: &Literal) -> Option<String> {
    match Lit::new(literal.clone()) {
        Lit::Str(string) if string.suffix().is_empty() => Some(string.value()),
        _ => None,
    }
}

/// A number as JSON spells it; else what is wrong, and what to do.
pub(super) fn number(literal: &Literal) -> Result<String, (String, String)> {
    let (digits, suffix) = match Lit::new(literal.clone()) {
        Lit::Int(integer) => (integer.base10_digits().to_owned(), integer.suffix().to_owned()),
        Lit::Float(float) => (float.base10_digits().to_owned(), float.suffix().to_owned()),
        Lit::Char(_) => {
            return Err((
                format!("`{literal}` is a character"),
                "write a string in double quotes".to_owned(),
            ));
        }
        _ => {
            return Err((
                format!("`{literal}` is no value of JSON"),
                "write a string, a number, `true`, `false` or `null`".to_owned(),
            ));
        }
    };
    if !suffix.is_empty() {
        return Err(match in_seconds(&digits, &suffix) {
            Some(seconds) => (
                format!("`{literal}` has a unit"),
                format!("write `{seconds}`: times are in seconds, and written without a unit"),
            ),
            None => (format!("`{literal}` has a suffix"), format!("write `{digits}`")),
        });
    }
    // `2.` is a number in Rust, but not in JSON
    Ok(if digits.ends_with('.') { format!("{digits}0") } else { digits })
}

/// `5m` → 300, for whole numbers with a suffix that means a time.
fn in_seconds(digits: &str, suffix: &str) -> Option<u64> {
    let unit = match suffix {
        "s" | "sec" | "secs" => 1,
        "m" | "min" | "mins" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(unit)
}
