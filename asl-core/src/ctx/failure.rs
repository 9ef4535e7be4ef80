use serde::{Deserialize, Serialize};

use crate::builder::IntoErrorNames;

/// An error name and its cause: how a task or a workflow fails.
///
/// In JSON it is the Error Output, `{"Error": …, "Cause": …}`
/// ([fallback states](https://states-language.net/#fallback-states)).
///
/// ```
/// use asl_core::ctx::Failure;
///
/// let failure = Failure::new("CardDeclined", "no funds");
/// assert_eq!(failure.to_string(), "CardDeclined: no funds");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[error("{error}{}{cause}", if cause.is_empty() { "" } else { ": " })]
pub struct Failure {
    /// `Error`: the error name, which retriers and catchers compare.
    #[serde(rename = "Error")]
    pub error: String,
    /// `Cause`: what happened, as text, often JSON in a text. Empty where the service says nothing.
    #[serde(rename = "Cause", default)]
    pub cause: String,
}

impl Failure {
    /// A failure with this name and cause.
    #[must_use]
    pub fn new(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Self { error: error.into(), cause: cause.into() }
    }

    /// `States.Runtime`: the program itself is wrong. Nothing retries or catches it.
    #[must_use]
    pub(crate) fn runtime(cause: impl Into<String>) -> Self {
        Self::new("States.Runtime", cause)
    }
}

/// A Rust type for the errors of a task or a workflow: what it makes of an error name and a cause, and back.
///
/// [`Failure`] is the type that takes every error as it is.
///
/// ```
/// use asl_core::ctx::{ErrorType, Failure};
///
/// #[derive(Debug, PartialEq)]
/// enum BillingError {
///     RateLimit,
///     Other(Failure),
/// }
///
/// impl ErrorType for BillingError {
///     const NAMES: &'static [&'static str] = &["RateLimit"];
///
///     fn from_failure(failure: Failure) -> Self {
///         if failure.error == "RateLimit" { Self::RateLimit } else { Self::Other(failure) }
///     }
///
///     fn into_failure(self) -> Failure {
///         match self {
///             Self::RateLimit => Failure::new("RateLimit", ""),
///             Self::Other(failure) => failure,
///         }
///     }
/// }
///
/// assert_eq!(BillingError::from_failure(Failure::new("RateLimit", "later")), BillingError::RateLimit);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no type for errors of a workflow",
    label = "no type for errors",
    note = "use `Failure`, which holds every error, or implement `asl_core::ctx::ErrorType` for an enum"
)]
pub trait ErrorType: Sized {
    /// The error names that have a value of their own, without those that a catch-all takes.
    const NAMES: &'static [&'static str];

    /// The error of this name and cause. Every name must be taken.
    fn from_failure(failure: Failure) -> Self;

    /// The name and the cause with which a workflow fails that returns this error.
    fn into_failure(self) -> Failure;
}

impl ErrorType for Failure {
    const NAMES: &'static [&'static str] = &[];

    fn from_failure(failure: Failure) -> Self {
        failure
    }

    fn into_failure(self) -> Failure {
        self
    }
}

/// The name of the error, so that a retrier can be given a value: `Retry::on(BillingError::RateLimit)`.
impl<E: ErrorType> IntoErrorNames for E {
    fn into_error_names(self) -> Vec<String> {
        vec![self.into_failure().error]
    }
}

/// Whether retriers and catchers that mean every error leave this one alone
/// (specification, "Error Representation"; `States.ALL` does not match these two).
#[must_use]
pub(super) fn is_terminal(names: &[&str], failure: &Failure) -> bool {
    match failure.error.as_str() {
        "States.Runtime" => true,
        // recorded: a catcher that names it gets it
        "States.DataLimitExceeded" => !names.contains(&"States.DataLimitExceeded"),
        _ => false,
    }
}
