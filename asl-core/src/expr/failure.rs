//! How a task or a workflow fails: an error name and a cause.

use super::data::{AslData, Shape};
use super::typed::Expr;
use super::tree;
use crate::syntax::jsonata::Expression;

/// An error name and its cause, as a task reports them and a `Fail` state says them.
///
/// In JSON it is the service's error output, `{"Error": …, "Cause": …}`
/// ([fallback states](https://states-language.net/#fallback-states)).
///
/// ```
/// # use asl_core::expr::Failure;
/// let failure = Failure::new("CardDeclined", "no funds");
/// assert_eq!(failure.to_string(), "CardDeclined: no funds");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, thiserror::Error)]
#[error("{error}{}{cause}", if cause.is_empty() { "" } else { ": " })]
pub struct Failure {
    /// `Error`: the error name.
    #[serde(rename = "Error")]
    pub error: String,
    /// `Cause`: what happened. It is plain text, or JSON as text; empty if nothing is said.
    #[serde(rename = "Cause", default)]
    pub cause: String,
}

impl Failure {
    /// A failure of this name and cause.
    #[must_use]
    pub fn new(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Self { error: error.into(), cause: cause.into() }
    }
}

/// The fields of a [`Failure`].
#[derive(Debug)]
#[non_exhaustive]
pub struct FailureFields {
    /// The error name.
    pub error: Expr<String>,
    /// What happened.
    pub cause: Expr<String>,
}

impl AslData for Failure {
    type Data = Self;
    type Fields = FailureFields;
    const SHAPE: Shape = Shape::PLAIN;

    fn fields(base: &Expression) -> FailureFields {
        let cause = tree::field(base, "Cause");
        let cause = tree::condition(tree::is_present(cause.clone()), cause, tree::string(""));
        FailureFields { error: Expr::from_tree(tree::field(base, "Error")), cause: Expr::from_tree(cause) }
    }

    fn literal(&self) -> Expression {
        tree::object([
            ("Error".to_owned(), tree::string(&*self.error)),
            ("Cause".to_owned(), tree::string(&*self.cause)),
        ])
    }
}
