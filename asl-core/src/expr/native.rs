//! Functions of JSONata for workflow functions: they run as plain Rust, and have the twins that workflows call.
//!
//! What depends on the time or on chance is a method of the workflow's `Ctx`. The other functions of
//! [`functions`] have no native twin here: hashes would bring libraries into every build, and what
//! fails on some texts (`$parse`, `$toMillis`, `$base64decode`) has no way to fail in plain Rust but a panic. Do these in
//! a task.

use serde_json::Value;

use super::functions;
use super::typed::Expr;

macro_rules! twins {
    ($($(#[$doc:meta])* $name:ident ($argument:ty) -> $result:ty;)*) => { $(
        $(#[$doc])*
        #[doc(hidden)]
        #[derive(Debug)]
        #[allow(non_camel_case_types, reason = "it is found under the name of the function")]
        pub enum $name {}

        impl $name {
            /// What workflows call.
            #[must_use]
            pub fn staged(value: Expr<$argument>) -> Expr<$result> {
                functions::$name(value)
            }
        }
    )* };
}

twins! {
    /// The twin of [`base64_encode`](fn@base64_encode).
    base64_encode(String) -> String;
    /// The twin of [`to_json`](fn@to_json).
    to_json(Value) -> String;
}

/// `$base64encode(text)`: the bytes of a text in Base64, with padding.
///
/// ```
/// # use asl_core::expr::native::base64_encode;
/// assert_eq!(base64_encode("grüße"), "Z3LDvMOfZQ==");
/// ```
#[must_use]
pub fn base64_encode(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}

/// `$string(value)`: JSON as text; a text stays as it is, without quotes.
///
/// JSONata rounds numbers to 15 digits, which this does not.
///
/// ```
/// # use asl_core::expr::native::to_json;
/// # use serde_json::json;
/// assert_eq!(to_json(&json!([1, "a", null])), r#"[1,"a",null]"#);
/// assert_eq!(to_json(&json!("a")), "a");
/// ```
#[must_use]
pub fn to_json(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
