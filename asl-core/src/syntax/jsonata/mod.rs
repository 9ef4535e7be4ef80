//! JSONata, the expression language between `{%` and `%}`.

mod delimiters;

use std::fmt;

use super::SyntaxError;

/// A JSONata expression, as a string of a definition holds it.
///
/// The shape is `{% expression %}`, with nothing outside the delimiters
/// ([transforming data](https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html)).
/// The expression itself is not read yet.
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

impl Jsonata {
    /// Takes an expression out of its delimiters.
    ///
    /// # Errors
    ///
    /// When the string is not delimited.
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
}

impl fmt::Display for Jsonata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{%{}%}}", self.source)
    }
}
