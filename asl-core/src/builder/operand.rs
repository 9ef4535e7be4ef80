use crate::model::{Comparator, Path, Value};
use crate::syntax::{SyntaxError, Timestamp};

/// What a [`Variable`](super::Variable) can be compared with: its type chooses the family of the comparator.
///
/// | type | family |
/// | --- | --- |
/// | `&str`, `String`, [`string_at`] | `StringEquals`, … |
/// | integers, `f64`, [`number_at`] | `NumericEquals`, … |
/// | `bool`, [`boolean_at`] | `BooleanEquals` |
/// | [`Timestamp`], [`timestamp`], [`timestamp_at`] | `TimestampEquals`, … |
///
/// ```
/// use asl_core::jsonpath::{number_at, var};
/// use serde_json::json;
/// assert_eq!(json!(var("$.a").eq(1)), json!({"Variable": "$.a", "NumericEquals": 1}));
/// assert_eq!(json!(var("$.a").eq(number_at("$.b"))), json!({"Variable": "$.a", "NumericEqualsPath": "$.b"}));
/// ```
#[diagnostic::on_unimplemented(
    message = "a variable cannot be compared with `{Self}`",
    label = "no string, number, boolean or timestamp",
    note = "for a value at a path say which type it has: `string_at`, `number_at`, `boolean_at`, `timestamp_at`"
)]
pub trait Operand {
    /// The comparator that tests for equality.
    #[doc(hidden)]
    const EQUALS: Comparator;

    /// The operand as it stands in JSON.
    #[doc(hidden)]
    fn operand(self) -> Value;
}

/// An [`Operand`] that can also be less or greater: all but booleans.
///
/// ```
/// use asl_core::jsonpath::{timestamp, var};
/// let due = var("$.due").lt(timestamp("2030-01-01T00:00:00Z"));
/// assert_eq!(serde_json::json!(due)["TimestampLessThan"], "2030-01-01T00:00:00Z");
/// ```
#[diagnostic::on_unimplemented(
    message = "no variable is less or greater than `{Self}`",
    label = "no string, number or timestamp",
    note = "booleans have `eq` alone; for a value at a path use `string_at`, `number_at` or `timestamp_at`"
)]
pub trait OrderedOperand: Operand {
    #[doc(hidden)]
    const LESS_THAN: Comparator;
    #[doc(hidden)]
    const LESS_THAN_EQUALS: Comparator;
    #[doc(hidden)]
    const GREATER_THAN: Comparator;
    #[doc(hidden)]
    const GREATER_THAN_EQUALS: Comparator;
}

/// A timestamp written in RFC 3339, to compare with; validation says if it is none.
///
/// ```
/// use asl_core::jsonpath::{timestamp, var};
/// let soon = var("$.at").ge(timestamp("2030-01-01T00:00:00Z"));
/// assert_eq!(serde_json::json!(soon)["TimestampGreaterThanEquals"], "2030-01-01T00:00:00Z");
/// ```
#[must_use]
pub fn timestamp(text: impl Into<String>) -> TimestampLiteral {
    TimestampLiteral(text.into())
}

/// The text of a timestamp: see [`timestamp`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimestampLiteral(String);

impl TimestampLiteral {
    /// Reads the text.
    ///
    /// # Errors
    ///
    /// If it is no timestamp that the service knows.
    ///
    /// ```
    /// use asl_core::jsonpath::timestamp;
    /// assert!(timestamp("2030-01-01T00:00:00Z").parse().is_ok());
    /// assert!(timestamp("tomorrow").parse().is_err());
    /// ```
    pub fn parse(&self) -> Result<Timestamp, SyntaxError> {
        Timestamp::parse(&self.0)
    }
}

macro_rules! at {
    ($($(#[$doc:meta])* $function:ident $name:ident;)+) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $function(path: impl Into<Path>) -> $name {
                $name(path.into())
            }

            #[doc = concat!("A path as an operand: see [`", stringify!($function), "`].")]
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub struct $name(Path);
        )+
    };
}

at! {
    /// The string at a path, to compare with: chooses the comparators `String…Path`.
    ///
    /// ```
    /// use asl_core::jsonpath::{string_at, var};
    /// assert_eq!(serde_json::json!(var("$.a").eq(string_at("$.b")))["StringEqualsPath"], "$.b");
    /// ```
    string_at StringAt;
    /// The number at a path, to compare with: chooses the comparators `Numeric…Path`.
    ///
    /// ```
    /// use asl_core::jsonpath::{number_at, var};
    /// assert_eq!(serde_json::json!(var("$.a").lt(number_at("$.b")))["NumericLessThanPath"], "$.b");
    /// ```
    number_at NumberAt;
    /// The boolean at a path, to compare with: chooses the comparator `BooleanEqualsPath`.
    ///
    /// ```
    /// use asl_core::jsonpath::{boolean_at, var};
    /// assert_eq!(serde_json::json!(var("$.a").eq(boolean_at("$.b")))["BooleanEqualsPath"], "$.b");
    /// ```
    boolean_at BooleanAt;
    /// The timestamp at a path, to compare with: chooses the comparators `Timestamp…Path`.
    ///
    /// ```
    /// use asl_core::jsonpath::{timestamp_at, var};
    /// assert_eq!(serde_json::json!(var("$.a").gt(timestamp_at("$.b")))["TimestampGreaterThanPath"], "$.b");
    /// ```
    timestamp_at TimestampAt;
}

macro_rules! operands {
    ($equals:ident: $($type:ty)+; |$operand:ident| $json:expr) => {
        $(impl Operand for $type {
            const EQUALS: Comparator = Comparator::$equals;

            fn operand(self) -> Value {
                let $operand = self;
                $json
            }
        })+
    };
    (
        $equals:ident $less:ident $less_equals:ident $greater:ident $greater_equals:ident:
        $($type:ty)+; |$operand:ident| $json:expr
    ) => {
        operands!($equals: $($type)+; |$operand| $json);
        $(impl OrderedOperand for $type {
            const LESS_THAN: Comparator = Comparator::$less;
            const LESS_THAN_EQUALS: Comparator = Comparator::$less_equals;
            const GREATER_THAN: Comparator = Comparator::$greater;
            const GREATER_THAN_EQUALS: Comparator = Comparator::$greater_equals;
        })+
    };
}

operands!(
    StringEquals StringLessThan StringLessThanEquals StringGreaterThan StringGreaterThanEquals:
    &str String; |text| text.into()
);
operands!(
    StringEqualsPath StringLessThanPath StringLessThanEqualsPath StringGreaterThanPath
    StringGreaterThanEqualsPath: StringAt; |at| at.0.as_str().into()
);
operands!(
    NumericEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals:
    i32 u32 i64 u64 usize f64; |number| number.into()
);
operands!(
    NumericEqualsPath NumericLessThanPath NumericLessThanEqualsPath NumericGreaterThanPath
    NumericGreaterThanEqualsPath: NumberAt; |at| at.0.as_str().into()
);
operands!(BooleanEquals: bool; |flag| flag.into());
operands!(BooleanEqualsPath: BooleanAt; |at| at.0.as_str().into());
operands!(
    TimestampEquals TimestampLessThan TimestampLessThanEquals TimestampGreaterThan
    TimestampGreaterThanEquals: TimestampLiteral; |literal| literal.0.into()
);
operands!(
    TimestampEquals TimestampLessThan TimestampLessThanEquals TimestampGreaterThan
    TimestampGreaterThanEquals: Timestamp; |time| time.as_str().into()
);
operands!(
    TimestampEqualsPath TimestampLessThanPath TimestampLessThanEqualsPath TimestampGreaterThanPath
    TimestampGreaterThanEqualsPath: TimestampAt; |at| at.0.as_str().into()
);
