//! JSONata, the expression language between `{%` and `%}`.
//!
//! [`Jsonata`] is what a field of a definition holds, and [`Expression`] the tree of what stands in it. The grammar is
//! that of [JSONata 2](https://docs.jsonata.org); what is accepted, and which fault is found first, is measured against
//! its reference implementation. Nothing is evaluated here, and no function is known by name.

mod ast;
mod children;
mod scope;
mod error;
mod delimiters;
mod signature;
mod display;
mod checks;
mod parser;
mod lexer;
mod regex;
mod token;

use std::fmt;

use super::SyntaxError;

pub use ast::{Argument, BinaryOperator, Expression, Item, Kind, Pair, Regex, SortTerm, Word};
pub use children::{Child, Context};
pub use error::{ErrorCode, JsonataError};
pub use signature::{ParameterType, Signature};

/// How deeply the parts of an expression may stand inside each other: brackets, and also the terms of a sum, each of
/// which has all before it to its left. The steps of a path stand beside each other.
///
/// The service's engine gives up on a sum of 200 terms when it evaluates it; real expressions stay under 100.
pub const MAX_DEPTH: usize = 256;

/// A JSONata expression, as a string of a definition holds it.
///
/// The shape is `{% expression %}`, with nothing outside the delimiters
/// ([transforming data](https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html)).
/// What stands between them is kept as it is; [`Jsonata::expression`] reads it.
///
/// ```
/// # use asl_core::syntax::Jsonata;
/// let total = Jsonata::parse("{% $states.input.total %}")?;
/// assert_eq!(total.source(), " $states.input.total ");
/// assert_eq!(total.to_string(), "{% $states.input.total %}");
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Jsonata {
    source: String,
}

/// What reading an expression gives: as much of the tree as can be told, and all that is wrong.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The tree; parts that could not be read are [`Kind::Invalid`].
    pub expression: Expression,
    /// What is wrong: first what the reference implementation reports, then what it would not come to.
    pub errors: Vec<JsonataError>,
}

impl Jsonata {
    /// Takes an expression out of its delimiters.
    ///
    /// # Errors
    ///
    /// When the string is not delimited. The expression itself is not looked at.
    ///
    /// ```
    /// # use asl_core::syntax::Jsonata;
    /// assert!(Jsonata::parse("$states.input").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        match Self::delimited(text)? {
            Some(source) => Ok(Self { source: source.to_owned() }),
            None => Err(SyntaxError::new(0..text.len(), delimiters::MESSAGE)),
        }
    }

    /// What stands between the delimiters, with its white space.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Reads the expression. Positions count from the start of the [source](Self::source), behind the `{%`.
    ///
    /// ```
    /// # use asl_core::syntax::Jsonata;
    /// let parsed = Jsonata::parse("{% $sum(items.price %}")?.expression();
    /// assert_eq!(parsed.errors[0].to_string(), "expected `)`, found the end of the expression");
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn expression(&self) -> Parsed {
        Expression::parse(&self.source)
    }
}

impl fmt::Display for Jsonata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{%{}%}}", self.source)
    }
}

impl Expression {
    /// Reads an expression, without delimiters, as far as it goes.
    ///
    /// ```
    /// # use asl_core::syntax::jsonata::{ErrorCode, Expression};
    /// let parsed = Expression::parse("{'total': $sum(a b), 'net': , 'date': $now()}");
    /// let faults: Vec<_> = parsed.errors.iter().map(|error| (error.code, error.at.clone())).collect();
    /// assert_eq!(faults, [(ErrorCode::Unexpected, 17..18), (ErrorCode::NotAPrefix, 28..29)]);
    /// ```
    #[must_use]
    pub fn parse(code: &str) -> Parsed {
        let (expression, mut errors) = parser::parse(code);
        checks::check(code, &expression, &mut errors);
        Parsed { expression, errors }
    }

    /// Reads an expression, without delimiters, in which nothing is wrong.
    ///
    /// # Errors
    ///
    /// All that is wrong; never empty.
    ///
    /// ```
    /// # use asl_core::syntax::jsonata::Expression;
    /// assert!(Expression::parse_strict("a.b[0]").is_ok());
    /// assert_eq!(Expression::parse_strict("a..b").unwrap_err()[0].to_string(), "expected the end of the expression, found `..`");
    /// ```
    pub fn parse_strict(code: &str) -> Result<Self, Vec<JsonataError>> {
        let Parsed { expression, errors } = Self::parse(code);
        if errors.is_empty() { Ok(expression) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests;
