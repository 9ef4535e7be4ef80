use crate::builder::IntoErrorNames;
use crate::expr::AslError;

pub use crate::expr::Failure;

/// `States.Runtime`: the program itself is wrong. Nothing retries or catches it.
#[must_use]
pub(in crate::ctx) fn runtime(cause: impl Into<String>) -> Failure {
    Failure::new("States.Runtime", cause)
}

/// The name of the error, so that a retrier can be given a value: `Retry::on(BillingError::RateLimit)`.
impl<E: AslError> IntoErrorNames for E {
    fn into_error_names(self) -> Vec<String> {
        vec![self.into_failure().error]
    }
}

/// Whether nothing catches the error (specification, "Error Representation").
///
/// Of a task whose result is too large (`States.DataLimitExceeded`), a catcher of all errors was recorded to get it.
#[must_use]
pub(super) fn is_terminal(failure: &Failure) -> bool {
    failure.error == "States.Runtime"
}
