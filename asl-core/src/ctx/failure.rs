use crate::builder::IntoErrorNames;
pub use crate::expr::{AslError, Failure};

impl Failure {
    /// `States.Runtime`: the program itself is wrong. Nothing retries or catches it.
    #[must_use]
    pub(crate) fn runtime(cause: impl Into<String>) -> Self {
        Self::new("States.Runtime", cause)
    }
}

/// The name of the error, so that a retrier can be given a value: `Retry::on(BillingError::RateLimit)`.
impl<E: AslError> IntoErrorNames for E {
    fn into_error_names(self) -> Vec<String> {
        vec![self.into_failure().error]
    }
}

/// Whether retriers and catchers that mean every error leave this one alone
/// (specification, "Error Representation"; `States.ALL` does not match these two).
#[must_use]
pub(super) fn is_terminal<E: AslError>(failure: &Failure) -> bool {
    match failure.error.as_str() {
        "States.Runtime" => true,
        // recorded: a catcher that names it gets it
        "States.DataLimitExceeded" => !E::names().contains(&"States.DataLimitExceeded"),
        _ => false,
    }
}
