//! The 18 intrinsic functions of payload templates, as typed calls.
//!
//! Text is quoted and escaped, arguments are separated, calls may nest; what results is an
//! [`Expression`], which makes the name of its field end in `.$`.
//! See [Intrinsic functions](https://states-language.net/#appendix-b).
//!
//! ```
//! use asl_core::jsonpath::{intrinsic, path, template};
//! let parameters = template()
//!     .set("Greeting", intrinsic::format("Hello {}, it's {}", (path("$.name"), "me")))
//!     .set("Id", intrinsic::uuid());
//! assert_eq!(serde_json::json!(parameters), serde_json::json!({
//!     "Greeting.$": r"States.Format('Hello {}, it\'s {}', $.name, 'me')",
//!     "Id.$": "States.UUID()",
//! }));
//! ```

mod argument;

pub use argument::{Argument, Arguments};
pub(super) use argument::{call, literal};

use super::Expression;
use argument::escape_template;

/// `States.Format`: puts values into the `{}` of a template.
///
/// As in Rust's `format!`, `{{` and `}}` stand for braces. Validation compares the number of `{}` with that of the
/// arguments.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::format, path};
/// assert_eq!(format("{{{}}}", [path("$.n")]).to_string(), r"States.Format('\{{}\}', $.n)");
/// ```
#[must_use]
pub fn format(template: &str, arguments: impl Arguments) -> Expression {
    let mut all = vec![format!("'{}'", escape_template(template))];
    all.extend(arguments.arguments());
    function("Format", all)
}

/// `States.StringToJson`: reads JSON text.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::string_to_json, path};
/// assert_eq!(string_to_json(path("$.body")).to_string(), "States.StringToJson($.body)");
/// ```
#[must_use]
pub fn string_to_json(text: impl Argument) -> Expression {
    function("StringToJson", [text.argument()])
}

/// `States.JsonToString`: writes JSON text without white space.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::json_to_string, path};
/// assert_eq!(json_to_string(path("$")).to_string(), "States.JsonToString($)");
/// ```
#[must_use]
pub fn json_to_string(value: impl Argument) -> Expression {
    function("JsonToString", [value.argument()])
}

/// `States.Array`: an array of the arguments.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::array, path};
/// assert_eq!(array([path("$.a"), path("$.b")]).to_string(), "States.Array($.a, $.b)");
/// ```
#[must_use]
pub fn array(elements: impl Arguments) -> Expression {
    function("Array", elements.arguments())
}

/// `States.ArrayPartition`: cuts an array into arrays of a size; the last may be shorter.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::array_partition, path};
/// assert_eq!(array_partition(path("$.items"), 4).to_string(), "States.ArrayPartition($.items, 4)");
/// ```
#[must_use]
pub fn array_partition(array: impl Argument, size: impl Argument) -> Expression {
    function("ArrayPartition", [array.argument(), size.argument()])
}

/// `States.ArrayContains`: whether a value is in an array.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::array_contains, path};
/// assert_eq!(array_contains(path("$.plans"), "pro").to_string(), "States.ArrayContains($.plans, 'pro')");
/// ```
#[must_use]
pub fn array_contains(array: impl Argument, value: impl Argument) -> Expression {
    function("ArrayContains", [array.argument(), value.argument()])
}

/// `States.ArrayRange`: the numbers from the first to the last, both included, by steps; at most 1,000.
///
/// ```
/// use asl_core::jsonpath::intrinsic::array_range;
/// assert_eq!(array_range(1, 9, 2).to_string(), "States.ArrayRange(1, 9, 2)");
/// ```
#[must_use]
pub fn array_range(first: impl Argument, last: impl Argument, step: impl Argument) -> Expression {
    function("ArrayRange", [first.argument(), last.argument(), step.argument()])
}

/// `States.ArrayGetItem`: the element at an index, counted from zero.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::array_get_item, path};
/// assert_eq!(array_get_item(path("$.items"), 0).to_string(), "States.ArrayGetItem($.items, 0)");
/// ```
#[must_use]
pub fn array_get_item(array: impl Argument, index: impl Argument) -> Expression {
    function("ArrayGetItem", [array.argument(), index.argument()])
}

/// `States.ArrayLength`: how many elements an array has.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::array_length, path};
/// assert_eq!(array_length(path("$.items")).to_string(), "States.ArrayLength($.items)");
/// ```
#[must_use]
pub fn array_length(array: impl Argument) -> Expression {
    function("ArrayLength", [array.argument()])
}

/// `States.ArrayUnique`: an array without duplicates.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::array_unique, path};
/// assert_eq!(array_unique(path("$.tags")).to_string(), "States.ArrayUnique($.tags)");
/// ```
#[must_use]
pub fn array_unique(array: impl Argument) -> Expression {
    function("ArrayUnique", [array.argument()])
}

/// `States.Base64Encode`: text in Base64; at most 10,000 characters.
///
/// ```
/// use asl_core::jsonpath::intrinsic::base64_encode;
/// assert_eq!(base64_encode("data").to_string(), "States.Base64Encode('data')");
/// ```
#[must_use]
pub fn base64_encode(text: impl Argument) -> Expression {
    function("Base64Encode", [text.argument()])
}

/// `States.Base64Decode`: the text in Base64; at most 10,000 characters.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::base64_decode, path};
/// assert_eq!(base64_decode(path("$.body")).to_string(), "States.Base64Decode($.body)");
/// ```
#[must_use]
pub fn base64_decode(text: impl Argument) -> Expression {
    function("Base64Decode", [text.argument()])
}

/// `States.Hash`: the hash of data in hexadecimal digits.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::{HashAlgorithm, hash}, path};
/// assert_eq!(hash(path("$.key"), HashAlgorithm::Sha256).to_string(), "States.Hash($.key, 'SHA-256')");
/// ```
#[must_use]
pub fn hash(data: impl Argument, algorithm: impl Argument) -> Expression {
    function("Hash", [data.argument(), algorithm.argument()])
}

/// `States.JsonMerge`: one object of two, the second winning; the merge is shallow, as the service knows no other.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::json_merge, path};
/// assert_eq!(json_merge(path("$.a"), path("$.b")).to_string(), "States.JsonMerge($.a, $.b, false)");
/// ```
#[must_use]
pub fn json_merge(first: impl Argument, second: impl Argument) -> Expression {
    function("JsonMerge", [first.argument(), second.argument(), false.argument()])
}

/// `States.MathRandom`: a random whole number from the start to before the end.
///
/// ```
/// use asl_core::jsonpath::intrinsic::math_random;
/// assert_eq!(math_random(1, 7).to_string(), "States.MathRandom(1, 7)");
/// ```
#[must_use]
pub fn math_random(start: impl Argument, end: impl Argument) -> Expression {
    function("MathRandom", [start.argument(), end.argument()])
}

/// `States.MathRandom` with a seed: the same seed gives the same number.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::math_random_with_seed, path};
/// assert_eq!(math_random_with_seed(1, 7, path("$.seed")).to_string(), "States.MathRandom(1, 7, $.seed)");
/// ```
#[must_use]
pub fn math_random_with_seed(start: impl Argument, end: impl Argument, seed: impl Argument) -> Expression {
    function("MathRandom", [start.argument(), end.argument(), seed.argument()])
}

/// `States.MathAdd`: the sum of two whole numbers.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::math_add, variable};
/// assert_eq!(math_add(variable("count"), 1).to_string(), "States.MathAdd($count, 1)");
/// ```
#[must_use]
pub fn math_add(first: impl Argument, second: impl Argument) -> Expression {
    function("MathAdd", [first.argument(), second.argument()])
}

/// `States.StringSplit`: the pieces of a text between any of the delimiter's characters; empty ones are dropped.
///
/// ```
/// use asl_core::jsonpath::{intrinsic::string_split, path};
/// assert_eq!(string_split(path("$.csv"), ",;").to_string(), "States.StringSplit($.csv, ',;')");
/// ```
#[must_use]
pub fn string_split(text: impl Argument, delimiters: impl Argument) -> Expression {
    function("StringSplit", [text.argument(), delimiters.argument()])
}

/// `States.UUID`: a random identifier, version 4.
///
/// ```
/// assert_eq!(asl_core::jsonpath::intrinsic::uuid().to_string(), "States.UUID()");
/// ```
#[must_use]
pub fn uuid() -> Expression {
    function("UUID", [])
}

/// The algorithm of [`hash`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named as its algorithm")]
pub enum HashAlgorithm {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Argument for HashAlgorithm {
    fn argument(self) -> String {
        let name = match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        };
        name.argument()
    }
}

fn function(name: &str, arguments: impl IntoIterator<Item = String>) -> Expression {
    Expression::new(call(name, arguments))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::builder::path;
    use crate::syntax::intrinsic::{ArgumentValue, Intrinsic, Piece};

    #[test]
    fn every_call_is_one_that_the_service_knows() {
        for call in [
            format("{}", "x"),
            string_to_json("{}"),
            json_to_string(path("$")),
            array((1, "x", None::<bool>)),
            array_partition(json!([1, 2]), 1),
            array_contains(json!([{"a": "}"}]), json!({"a": "}"})),
            array_range(1, 9, 2),
            array_get_item(path("$.a"), 0),
            array_length(path("$.a")),
            array_unique(path("$.a")),
            base64_encode("x"),
            base64_decode(path("$.a")),
            hash("x", HashAlgorithm::Sha1),
            json_merge(path("$.a"), path("$.b")),
            math_random(1, 7),
            math_random_with_seed(1, 7, 3),
            math_add(path("$.a"), -1),
            string_split("a,b", ","),
            uuid(),
        ] {
            let call = call.to_string();
            let parsed = Intrinsic::parse(&call).unwrap_or_else(|error| panic!("{call}: {error:?}"));
            assert!(parsed.type_faults().is_empty(), "{call}: {:?}", parsed.type_faults());
        }
    }

    /// What the one argument of a call says.
    fn first_text(call: &Expression) -> String {
        let parsed = Intrinsic::parse(&call.to_string()).unwrap();
        match &parsed.arguments[0].value {
            ArgumentValue::String(literal) => literal.text().into_owned(),
            other => panic!("no string: {other:?}"),
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_as_it_was_given(text in any::<String>()) {
            prop_assert_eq!(first_text(&base64_encode(text.as_str())), text);
        }

        #[test]
        fn text_with_doubled_braces_has_no_hole(text in any::<String>()) {
            let template = text.replace('{', "{{").replace('}', "}}");
            let call = format(&template, Vec::<bool>::new());
            let parsed = Intrinsic::parse(&call.to_string()).unwrap();
            let ArgumentValue::String(literal) = &parsed.arguments[0].value else { panic!("a string") };
            prop_assert!(!literal.pieces().contains(&Piece::Hole));
        }
    }
}
