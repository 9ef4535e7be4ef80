//! Arguments as a call writes them: quoted, escaped, nested.

use crate::builder::Expression;
use crate::model::Value;
use crate::syntax::placeholders;

/// What may be an argument of an intrinsic function: text, numbers, `bool`, JSON, `Option`s (`null` for `None`), and
/// paths, variables and other calls.
///
/// JSON arrays are written with `States.Array`, JSON objects with `States.StringToJson`, since arguments have no
/// notation for them.
///
/// ```
/// use asl_core::jsonpath::{intrinsic, path};
/// use serde_json::json;
/// let known = intrinsic::array_contains(json!(["a", null, {"b": 1}]), path("$.x"));
/// assert_eq!(
///     known.to_string(),
///     r#"States.ArrayContains(States.Array('a', null, States.StringToJson('\{"b":1\}')), $.x)"#,
/// );
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of an intrinsic function",
    note = "arguments are text, numbers, JSON, `path(..)`, `context(..)`, `variable(..)` and other calls"
)]
pub trait Argument {
    /// The argument as it stands in the call.
    #[doc(hidden)]
    fn argument(self) -> String;
}

/// The arguments of a function that takes any number: one alone, an array or `Vec` of one type, or a tuple of up to
/// eight types.
///
/// ```
/// use asl_core::jsonpath::{intrinsic, path};
/// assert_eq!(intrinsic::array(path("$.a")).to_string(), "States.Array($.a)");
/// assert_eq!(intrinsic::array([1, 2]).to_string(), "States.Array(1, 2)");
/// assert_eq!(intrinsic::array((path("$.a"), 1, "x")).to_string(), "States.Array($.a, 1, 'x')");
/// ```
pub trait Arguments {
    /// The arguments as they stand in the call.
    #[doc(hidden)]
    fn arguments(self) -> Vec<String>;
}

impl Argument for Expression {
    fn argument(self) -> String {
        self.into()
    }
}

macro_rules! literals {
    ($($literal:ty)+) => {
        $(impl Argument for $literal {
            fn argument(self) -> String {
                literal(&Value::from(self))
            }
        })+
    };
}

literals!(&str String bool i32 u32 i64 u64 usize f64 Value);

impl<T: Argument> Argument for Option<T> {
    fn argument(self) -> String {
        self.map_or_else(|| literal(&Value::Null), Argument::argument)
    }
}

impl<T: Argument> Arguments for T {
    fn arguments(self) -> Vec<String> {
        vec![self.argument()]
    }
}

impl<T: Argument> Arguments for Vec<T> {
    fn arguments(self) -> Vec<String> {
        self.into_iter().map(Argument::argument).collect()
    }
}

impl<T: Argument, const N: usize> Arguments for [T; N] {
    fn arguments(self) -> Vec<String> {
        Vec::from(self).arguments()
    }
}

macro_rules! tuples {
    ($first:ident $($name:ident)*) => {
        #[expect(non_snake_case, reason = "one name stands for a type and its value")]
        impl<$first: Argument, $($name: Argument),*> Arguments for ($first, $($name,)*) {
            fn arguments(self) -> Vec<String> {
                let ($first, $($name,)*) = self;
                vec![$first.argument(), $($name.argument()),*]
            }
        }
        tuples!($($name)*);
    };
    () => {};
}

tuples!(A B C D E F G H);

pub(in crate::builder) fn call(name: &str, arguments: impl IntoIterator<Item = String>) -> String {
    let arguments: Vec<_> = arguments.into_iter().collect();
    format!("States.{name}({})", arguments.join(", "))
}

/// JSON as an argument.
pub(in crate::builder) fn literal(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => format!("'{}'", escape(text)),
        Value::Array(elements) => call("Array", elements.iter().map(literal)),
        Value::Object(_) => call("StringToJson", [format!("'{}'", escape(&value.to_string()))]),
    }
}

/// Puts a backslash before each reserved character.
fn escape(text: &str) -> String {
    outside_placeholders(text, |text, escaped| {
        for character in text.chars() {
            if matches!(character, '\'' | '{' | '}' | '\\') {
                escaped.push('\\');
            }
            escaped.push(character);
        }
    })
}

/// As [`escape`], but leaves each `{}` for an argument, and takes doubled braces for one.
pub(super) fn escape_template(template: &str) -> String {
    outside_placeholders(template, |text, escaped| {
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let length = match character {
                '{' if rest.starts_with("{}") => {
                    escaped.push_str("{}");
                    2
                }
                '{' | '}' if rest[1..].starts_with(character) => {
                    escaped.extend(['\\', character]);
                    2
                }
                _ => {
                    let length = character.len_utf8();
                    escaped.push_str(&escape(&rest[..length]));
                    length
                }
            };
            rest = &rest[length..];
        }
    })
}

/// Writes a text piece by piece; the `${Name}` in it stay, for the deployment to find them.
fn outside_placeholders(text: &str, write: impl Fn(&str, &mut String)) -> String {
    let mut written = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in placeholders(text) {
        write(&text[from..at.start], &mut written);
        written.push_str(&text[at.clone()]);
        from = at.end;
    }
    write(&text[from..], &mut written);
    written
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::builder::intrinsic::base64_encode;

    #[test]
    fn reserved_characters_are_escaped() {
        assert_eq!(base64_encode(r"it's {a} \ b").to_string(), r"States.Base64Encode('it\'s \{a\} \\ b')");
    }

    #[test]
    fn braces_of_a_template_stay_where_an_argument_goes() {
        for (template, written) in [
            ("{} and {}", "{} and {}"),
            ("{", r"\{"),
            ("{{}}", r"\{\}"),
            ("{{{}}}", r"\{{}\}"),
            ("{x}", r"\{x\}"),
            (r"Ж' {} \", r"Ж\' {} \\"),
            ("${Stage}-{}", "${Stage}-{}"),
        ] {
            assert_eq!(escape_template(template), written, "{template}");
        }
    }

    #[test]
    fn json_of_any_shape_is_an_argument() {
        assert_eq!(
            literal(&json!([1, 1.5, "x", true, null, []])),
            "States.Array(1, 1.5, 'x', true, null, States.Array())"
        );
        assert_eq!(literal(&json!({"a": "it's"})), r#"States.StringToJson('\{"a":"it\'s"\}')"#);
    }
}
