//! Intrinsic functions: `States.Format('Hello {}', $.name)`.
//!
//! What a call may look like is decided by [`Intrinsic::parse`]: a known function, as many arguments as it
//! takes, strings in single quotes. That a literal argument is of the wrong type is no error, since nobody
//! recorded the service refusing one; [`Intrinsic::type_faults`] tells, for whoever wants to warn.
//!
//! Source: the [specification](https://states-language.net/#intrinsic-functions), "Intrinsic Functions".

mod function;
mod literal;
mod parse;
mod type_faults;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::{JsonPath, SyntaxError};

pub use function::{Function, Kind, Parameter};
pub use literal::{Piece, StringLiteral};

/// A call of an intrinsic function.
///
/// Two calls are equal when they say the same; white space and positions do not count.
///
/// ```
/// # use asl_core::syntax::intrinsic::{ArgumentValue, Function, Intrinsic};
/// let call = Intrinsic::parse("States.ArrayGetItem(States.StringSplit($.key, '/'), 0)")?;
/// assert_eq!(call.function, Function::ArrayGetItem);
/// assert!(matches!(&call.arguments[0].value, ArgumentValue::Call(inner) if inner.arguments.len() == 2));
/// assert_eq!(call.arguments[1].span, 52..53);
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Intrinsic {
    /// Which function.
    pub function: Function,
    /// The arguments, as many as the function takes.
    pub arguments: Vec<Argument>,
    /// Its bytes in the parsed text.
    pub span: Range<usize>,
}

/// An argument of an [`Intrinsic`].
#[derive(Debug, Clone)]
pub struct Argument {
    /// What it is.
    pub value: ArgumentValue,
    /// Its bytes in the parsed text.
    pub span: Range<usize>,
}

/// What an [`Argument`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgumentValue {
    /// `'Hello {}'`.
    String(StringLiteral),
    /// `-1`, `2.5`.
    Number(serde_json::Number),
    /// `true`, `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// `$.name`, `$$.Execution.Id`, `$variable`.
    Path(JsonPath),
    /// A call whose result is the argument.
    Call(Intrinsic),
    /// `${Name}`, braces and all: deployment fills in the argument.
    Placeholder(String),
}

impl Intrinsic {
    /// How many calls the service allows in one field, nested ones included.
    pub const MAX_CALLS: usize = 10;

    /// Reads a call, perhaps followed by white space.
    ///
    /// # Errors
    ///
    /// The first place where the text stops being a call, an unknown function, a number of arguments that the
    /// function does not take, or `\"` in a string.
    ///
    /// ```
    /// # use asl_core::syntax::Intrinsic;
    /// let error = Intrinsic::parse("States.Fromat('{}', $.a)").unwrap_err();
    /// assert_eq!(error.to_string(), "there is no intrinsic function `States.Fromat`");
    /// assert_eq!(error.help.as_deref(), Some("did you mean `States.Format`?"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse::whole(text)
    }
}

impl FromStr for Intrinsic {
    type Err = SyntaxError;

    fn from_str(text: &str) -> Result<Self, SyntaxError> {
        Self::parse(text)
    }
}

impl Eq for Intrinsic {}

impl PartialEq for Intrinsic {
    fn eq(&self, other: &Self) -> bool {
        self.function == other.function && self.arguments == other.arguments
    }
}

impl Eq for Argument {}

impl PartialEq for Argument {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl fmt::Display for Intrinsic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.function)?;
        for (place, argument) in self.arguments.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { ", " })?;
            argument.fmt(f)?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            ArgumentValue::String(literal) => literal.fmt(f),
            ArgumentValue::Number(number) => number.fmt(f),
            ArgumentValue::Bool(value) => value.fmt(f),
            ArgumentValue::Null => f.write_str("null"),
            ArgumentValue::Path(path) => path.fmt(f),
            ArgumentValue::Call(call) => call.fmt(f),
            ArgumentValue::Placeholder(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests;
