//! What the service computes and Rust's standard library does not: random values, the time, hashes, encodings.
//!
//! Each call of [`uuid`], [`random`] and [`now_millis`] gives another value, so that an expression with one is never
//! evaluated twice for one use; see [`let_in`](super::let_in).

use serde_json::Value;

use super::data::AslData;
use super::tree;
use super::typed::Expr;

/// `$uuid()`: a random UUID of version 4.
#[must_use]
pub fn uuid() -> Expr<String> {
    Expr::from_tree(tree::call("uuid", []))
}

/// `$random()`: a number of at least 0 and less than 1.
#[must_use]
pub fn random() -> Expr<f64> {
    Expr::from_tree(tree::call("random", []))
}

/// `$now()`: the time as ISO 8601 in UTC, with milliseconds. All calls in one expression give the same.
#[must_use]
pub fn now() -> Expr<String> {
    Expr::from_tree(tree::call("now", []))
}

/// `$millis()`: the milliseconds since 1970.
#[must_use]
pub fn now_millis() -> Expr<u64> {
    Expr::from_tree(tree::call("millis", []))
}

/// `$toMillis(timestamp)`: the milliseconds from 1970 to a timestamp of ISO 8601.
#[must_use]
pub fn to_millis(timestamp: Expr<String>) -> Expr<i64> {
    Expr::from_tree(tree::call("toMillis", [timestamp.into_tree()]))
}

/// `$fromMillis(millis)`: the timestamp of so many milliseconds since 1970.
#[must_use]
pub fn from_millis(millis: Expr<i64>) -> Expr<String> {
    Expr::from_tree(tree::call("fromMillis", [millis.into_tree()]))
}

/// `$hash(text, 'SHA-256')`, in hexadecimal digits.
///
/// ```
/// # use asl_core::expr::{functions::sha256, text};
/// assert_eq!(sha256(text("a")).to_jsonata(), "$hash('a', 'SHA-256')");
/// ```
#[must_use]
pub fn sha256(text: Expr<String>) -> Expr<String> {
    Expr::from_tree(tree::call("hash", [text.into_tree(), tree::string("SHA-256")]))
}

/// `$hash(text, 'MD5')`, in hexadecimal digits.
#[must_use]
pub fn md5(text: Expr<String>) -> Expr<String> {
    Expr::from_tree(tree::call("hash", [text.into_tree(), tree::string("MD5")]))
}

/// `$base64encode(text)`.
#[must_use]
pub fn base64_encode(text: Expr<String>) -> Expr<String> {
    Expr::from_tree(tree::call("base64encode", [text.into_tree()]))
}

/// `$base64decode(text)`.
#[must_use]
pub fn base64_decode(text: Expr<String>) -> Expr<String> {
    Expr::from_tree(tree::call("base64decode", [text.into_tree()]))
}

/// `$parse(text)`: the JSON that a text is.
#[must_use]
pub fn parse_json(text: Expr<String>) -> Expr<Value> {
    Expr::from_tree(tree::call("parse", [text.into_tree()]))
}

/// `$string(value)`: JSON as text, numbers rounded to 15 digits. A text stays as it is, without quotes.
#[must_use]
pub fn to_json<T: AslData>(value: Expr<T>) -> Expr<String> {
    Expr::from_tree(tree::call("string", [value.into_value()]))
}
