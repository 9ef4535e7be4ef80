//! How a task or a workflow fails: an error name and a cause.

use super::data::{AslData, Shape};
use super::tree;
use super::typed::Expr;
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

    /// `Failure::new(…)` in an expression.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_call_new(error: Expr<String>, cause: Expr<String>) -> Expr<Self> {
        let fields = [("Error", error.into_value()), ("Cause", cause.into_value())];
        Expr::from_tree(tree::object(fields.map(|(key, value)| (key.to_owned(), value))))
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

/// The errors of a task or of a workflow, by their error names. Derive it: `#[derive(AslError)]` of `asl-macros`.
///
/// As data an error is a [`Failure`]: `{"Error": …, "Cause": …}`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no error of a workflow",
    label = "its error names are not known",
    note = "write `#[derive(AslError)]` on it, or use `asl_core::expr::Failure`"
)]
pub trait AslError: AslData<Data = Self> + Sized {
    /// The error names that its variants have, in their order.
    fn names() -> Vec<&'static str>;

    /// Whether a variant takes all errors that have no other.
    const TAKES_OTHERS: bool;

    /// The error that a failure is.
    ///
    /// # Errors
    ///
    /// The failure, if no variant has its name.
    fn from_failure(failure: Failure) -> Result<Self, Failure>;

    /// The error name and the cause.
    fn into_failure(self) -> Failure;
}

/// Every failure.
impl AslError for Failure {
    const TAKES_OTHERS: bool = true;

    fn names() -> Vec<&'static str> {
        Vec::new()
    }

    fn from_failure(failure: Self) -> Result<Self, Self> {
        Ok(failure)
    }

    fn into_failure(self) -> Self {
        self
    }
}

/// The failure that a catcher has, as an error of a type: the same data.
#[must_use]
pub fn error_of<E: AslError>(failure: Expr<Failure>) -> Expr<E> {
    Expr::from_tree(failure.into_tree())
}

/// The name and cause of an error: the same data.
#[must_use]
pub fn failure_of<E: AslError>(error: Expr<E>) -> Expr<Failure> {
    Expr::from_tree(error.into_tree())
}

impl<E: AslError> Expr<E> {
    /// The name and cause of an error: the same data.
    #[must_use]
    pub fn into_failure(&self) -> Expr<Failure> {
        failure_of(self.clone())
    }
}

impl Expr<Failure> {
    /// Whether the error has one of these names. A timeout of a heartbeat is reported as `States.Timeout`.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_is_named(&self, names: &[&str]) -> Expr<bool> {
        let error = || self.error.clone().into_tree();
        Expr::from_tree(match names {
            [] => tree::boolean(false),
            [name] => tree::equal(error(), tree::string(*name)),
            names => {
                let names = tree::flat(names.iter().map(|name| tree::string(*name)));
                tree::binary(crate::syntax::jsonata::BinaryOperator::In, error(), names)
            }
        })
    }

    /// An error of this name and cause.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_named(error: &str, cause: Expr<String>) -> Self {
        let fields = [("Error", tree::string(error)), ("Cause", cause.into_value())];
        Self::from_tree(tree::object(fields.map(|(key, value)| (key.to_owned(), value))))
    }
}
