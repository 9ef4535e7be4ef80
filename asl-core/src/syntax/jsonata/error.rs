//! What is wrong with an expression, and where.

use std::fmt;
use std::ops::Range;

use crate::syntax::SyntaxError;

/// A fault of an expression, as its parser found it.
///
/// ```
/// # use asl_core::syntax::jsonata::{ErrorCode, Expression};
/// let error = Expression::parse("total *").errors.remove(0);
/// assert_eq!(error.code, ErrorCode::MissingOperand);
/// assert_eq!(error.at, 7..7);
/// assert_eq!(error.to_string(), "the expression ends where a value is expected");
/// // as the fault of any small language
/// let error = asl_core::syntax::SyntaxError::from(error);
/// assert_eq!(error.at, 7..7);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct JsonataError {
    /// Which fault.
    pub code: ErrorCode,
    /// The offending bytes of the expression; empty, and at its end, where something is missing.
    pub at: Range<usize>,
    /// What is wrong: lower case, no full stop, the author's words in back ticks.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl JsonataError {
    pub(super) fn new(code: ErrorCode, at: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, at, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl From<JsonataError> for SyntaxError {
    fn from(error: JsonataError) -> Self {
        Self { at: error.at, message: error.message, help: error.help }
    }
}

/// Which fault an expression has.
///
/// Most have a code in the reference implementation, which tools print and people search for; `Display` gives it.
///
/// ```
/// # use asl_core::syntax::jsonata::ErrorCode;
/// assert_eq!(ErrorCode::UnclosedString.to_string(), "S0101");
/// assert_eq!(ErrorCode::TooDeep.reference(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// S0101: a string without its closing quote.
    UnclosedString,
    /// S0102: a number that no double can hold.
    NumberOutOfRange,
    /// S0103: a backslash before a character that it gives no meaning.
    UnknownEscape,
    /// S0104: `\u` without four hexadecimal digits.
    UnicodeEscape,
    /// S0105: a name without its closing back tick.
    UnclosedName,
    /// S0106: a comment without its `*/`.
    UnclosedComment,
    /// S0201: something after the end of the expression.
    Trailing,
    /// S0202: another token than the one that must come here.
    Unexpected,
    /// S0203: the end, where a certain token must come.
    UnexpectedEnd,
    /// S0204: a character that is no operator.
    UnknownOperator,
    /// S0207: the end, where a value must come.
    MissingOperand,
    /// S0208: a parameter of a function that is no variable.
    Parameter,
    /// S0209: a predicate after a group-by.
    PredicateAfterGroup,
    /// S0210: a second group-by.
    SecondGroup,
    /// S0211: an operator where a value must start.
    NotAPrefix,
    /// S0212: `:=` after something that is no variable.
    AssignToValue,
    /// S0213: a number, boolean or null as a step of a path.
    LiteralStep,
    /// S0214: `@` or `#` before something that is no variable.
    NotAVariable,
    /// S0215: `@` after a predicate.
    FocusAfterPredicate,
    /// S0216: `@` after a sort.
    FocusAfterSort,
    /// S0217: `%` where no parent can be known.
    NoParent,
    /// S0301: a regular expression of nothing.
    EmptyRegex,
    /// S0302: a regular expression without its closing slash.
    UnclosedRegex,
    /// S0401: `<…>` in a signature after a type that has no parameter.
    TypeParameter,
    /// S0402: `(…)` in a signature with a parameterised type inside.
    ParameterizedChoice,
    /// No code: a regular expression that means nothing.
    InvalidRegex,
    /// No code: a signature with marks that contradict each other.
    InvalidSignature,
    /// No code, a limit of this library: nesting deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
}

impl ErrorCode {
    /// Every fault that has a name.
    pub const ALL: [Self; 28] = [
        Self::UnclosedString,
        Self::NumberOutOfRange,
        Self::UnknownEscape,
        Self::UnicodeEscape,
        Self::UnclosedName,
        Self::UnclosedComment,
        Self::Trailing,
        Self::Unexpected,
        Self::UnexpectedEnd,
        Self::UnknownOperator,
        Self::MissingOperand,
        Self::Parameter,
        Self::PredicateAfterGroup,
        Self::SecondGroup,
        Self::NotAPrefix,
        Self::AssignToValue,
        Self::LiteralStep,
        Self::NotAVariable,
        Self::FocusAfterPredicate,
        Self::FocusAfterSort,
        Self::NoParent,
        Self::EmptyRegex,
        Self::UnclosedRegex,
        Self::TypeParameter,
        Self::ParameterizedChoice,
        Self::InvalidRegex,
        Self::InvalidSignature,
        Self::TooDeep,
    ];

    /// The reference implementation's code, if it has one for this.
    #[must_use]
    pub const fn reference(self) -> Option<&'static str> {
        Some(match self {
            Self::UnclosedString => "S0101",
            Self::NumberOutOfRange => "S0102",
            Self::UnknownEscape => "S0103",
            Self::UnicodeEscape => "S0104",
            Self::UnclosedName => "S0105",
            Self::UnclosedComment => "S0106",
            Self::Trailing => "S0201",
            Self::Unexpected => "S0202",
            Self::UnexpectedEnd => "S0203",
            Self::UnknownOperator => "S0204",
            Self::MissingOperand => "S0207",
            Self::Parameter => "S0208",
            Self::PredicateAfterGroup => "S0209",
            Self::SecondGroup => "S0210",
            Self::NotAPrefix => "S0211",
            Self::AssignToValue => "S0212",
            Self::LiteralStep => "S0213",
            Self::NotAVariable => "S0214",
            Self::FocusAfterPredicate => "S0215",
            Self::FocusAfterSort => "S0216",
            Self::NoParent => "S0217",
            Self::EmptyRegex => "S0301",
            Self::UnclosedRegex => "S0302",
            Self::TypeParameter => "S0401",
            Self::ParameterizedChoice => "S0402",
            Self::InvalidRegex | Self::InvalidSignature | Self::TooDeep => return None,
        })
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reference() {
            Some(code) => f.write_str(code),
            None => fmt::Debug::fmt(self, f),
        }
    }
}
