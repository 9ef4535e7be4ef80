//! What a Rust type is as data of a workflow.

use crate::syntax::jsonata::Expression;

/// A type whose values are data of a workflow.
///
/// Derive it beside serde's traits: `#[derive(Serialize, Deserialize, AslData)]`, from `asl-macros`. The names and
/// shapes are then those that serde reads and writes.
///
/// ```
/// use asl_core::expr::{AslData, Expr};
///
/// assert_eq!(vec![Some(1), None].literal().to_string(), "[1, null]");
/// assert_eq!("it's".literal().to_string(), r#""it's""#);
/// # fn same(names: Expr<<[&'static str] as AslData>::Data>) -> Expr<Vec<String>> { names }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no data of a workflow",
    label = "its shape in JSON is not known",
    note = "write `#[derive(AslData)]` on it, beside `Serialize` and `Deserialize`",
    note = "a type of another crate can be wrapped in a struct that derives it"
)]
pub trait AslData {
    /// The type that a value of this type has in an expression: references and boxes are taken away, text is
    /// [`String`], lists are [`Vec`], a [`VecDeque`](std::collections::VecDeque) too, maps with text as keys are [`BTreeMap`](std::collections::BTreeMap). All others are themselves.
    type Data: AslData<Data = Self::Data>;

    /// What `expression.field` reaches: for a struct, one expression a field.
    type Fields;

    /// What is known of the JSON.
    const SHAPE: Shape;

    /// The fields of the value that an expression gives.
    fn fields(base: &Expression) -> Self::Fields;

    /// The value as an expression, in the shape in which serde would write it.
    ///
    /// Numbers are doubles, as in all JSONata: an integer beyond 2^53 is the double nearest to it.
    fn literal(&self) -> Expression;

    /// The value built anew from its own fields. A value that serde flattens stands among the fields of another.
    #[doc(hidden)]
    #[must_use]
    fn rebuilt(base: Expression) -> Expression {
        base
    }
}

/// What is known of the JSON of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Whether it is an array.
    pub array: Array,
    /// Whether the value may be missing where it is read: an [`Option`] that was left out.
    pub may_be_missing: bool,
    /// Whether every value is a number, a text or a boolean.
    pub is_scalar: bool,
}

/// Whether the values of a type are arrays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Array {
    /// All of them.
    Always,
    /// None of them.
    Never,
    /// Some, and only the data tell.
    Perhaps,
}

impl Shape {
    /// A number, a text, a boolean.
    pub const SCALAR: Self = Self { array: Array::Never, may_be_missing: false, is_scalar: true };
    /// Anything but an array.
    pub const PLAIN: Self = Self { is_scalar: false, ..Self::SCALAR };
    /// An array.
    pub const ARRAY: Self = Self { array: Array::Always, ..Self::PLAIN };
    /// Any JSON.
    pub const ANY: Self = Self { array: Array::Perhaps, ..Self::PLAIN };

    /// The same or null or missing.
    #[must_use]
    pub const fn or_missing(self) -> Self {
        let array = match self.array {
            Array::Never => Array::Never,
            Array::Always | Array::Perhaps => Array::Perhaps,
        };
        Self { array, may_be_missing: true, is_scalar: false }
    }
}
