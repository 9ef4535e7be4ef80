//! The Error Names that the language itself knows.
//!
//! Any string may be an Error Name; those that begin with `States.` are reserved, and a misspelt one is a name that
//! no error has.

use std::fmt;

/// An Error Name that the language reserves.
///
/// Their shape is `States.` and a name ([errors](https://states-language.net/#errors),
/// [error names](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html)). HTTP tasks
/// have one more name for each status code: see [`http_status_code`].
///
/// ```
/// # use asl_core::syntax::PredefinedErrorName;
/// assert_eq!(PredefinedErrorName::from_name("States.Timeout"), Some(PredefinedErrorName::Timeout));
/// assert_eq!(PredefinedErrorName::Timeout.to_string(), "States.Timeout");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PredefinedErrorName {
    /// `States.ALL`: not an error but a pattern, which matches every error but
    /// [`DataLimitExceeded`](Self::DataLimitExceeded) and [`Runtime`](Self::Runtime).
    All,
    /// `States.HeartbeatTimeout`: no heartbeat within `HeartbeatSeconds`.
    HeartbeatTimeout,
    /// `States.Timeout`: longer than `TimeoutSeconds`, or no heartbeat in time.
    Timeout,
    /// `States.TaskFailed`: a task that failed without a name of its own; as a pattern, every error of a task but
    /// [`Timeout`](Self::Timeout).
    TaskFailed,
    /// `States.Permissions`: the role may not do what the state asks.
    Permissions,
    /// `States.ResultPathMatchFailure`: `ResultPath` cannot be applied to the input.
    ResultPathMatchFailure,
    /// `States.ParameterPathFailure`: a path of a Payload Template selects nothing.
    ParameterPathFailure,
    /// `States.BranchFailed`: a branch of a Parallel state failed.
    BranchFailed,
    /// `States.NoChoiceMatched`: no Choice rule matched, and there is no `Default`.
    NoChoiceMatched,
    /// `States.IntrinsicFailure`: an intrinsic function failed.
    IntrinsicFailure,
    /// `States.QueryEvaluationError`: a JSONata expression failed, or gave a value of the wrong type.
    QueryEvaluationError,
    /// `States.ExceedToleratedFailureThreshold`: more items of a Map state failed than it tolerates.
    ExceedToleratedFailureThreshold,
    /// `States.ItemReaderFailed`: a Map state could not read its items.
    ItemReaderFailed,
    /// `States.ResultWriterFailed`: a Map state could not write its results.
    ResultWriterFailed,
    /// `States.Http.Socket`: an HTTP task had no response within 60 seconds.
    HttpSocket,
    /// `States.DataLimitExceeded`: a payload over 256 KiB. `States.ALL` does not match it.
    DataLimitExceeded,
    /// `States.Runtime`: the execution cannot be processed. No Retrier and no Catcher matches it, by any name.
    Runtime,
}

impl PredefinedErrorName {
    /// Every predefined name.
    ///
    /// ```
    /// # use asl_core::syntax::PredefinedErrorName;
    /// assert!(PredefinedErrorName::ALL.iter().all(|error| error.name().starts_with("States.")));
    /// ```
    pub const ALL: [Self; 17] = [
        Self::All,
        Self::HeartbeatTimeout,
        Self::Timeout,
        Self::TaskFailed,
        Self::Permissions,
        Self::ResultPathMatchFailure,
        Self::ParameterPathFailure,
        Self::BranchFailed,
        Self::NoChoiceMatched,
        Self::IntrinsicFailure,
        Self::QueryEvaluationError,
        Self::ExceedToleratedFailureThreshold,
        Self::ItemReaderFailed,
        Self::ResultWriterFailed,
        Self::HttpSocket,
        Self::DataLimitExceeded,
        Self::Runtime,
    ];

    /// The name as definitions and histories write it.
    ///
    /// ```
    /// # use asl_core::syntax::PredefinedErrorName;
    /// assert_eq!(PredefinedErrorName::All.name(), "States.ALL");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "States.ALL",
            Self::HeartbeatTimeout => "States.HeartbeatTimeout",
            Self::Timeout => "States.Timeout",
            Self::TaskFailed => "States.TaskFailed",
            Self::Permissions => "States.Permissions",
            Self::ResultPathMatchFailure => "States.ResultPathMatchFailure",
            Self::ParameterPathFailure => "States.ParameterPathFailure",
            Self::BranchFailed => "States.BranchFailed",
            Self::NoChoiceMatched => "States.NoChoiceMatched",
            Self::IntrinsicFailure => "States.IntrinsicFailure",
            Self::QueryEvaluationError => "States.QueryEvaluationError",
            Self::ExceedToleratedFailureThreshold => "States.ExceedToleratedFailureThreshold",
            Self::ItemReaderFailed => "States.ItemReaderFailed",
            Self::ResultWriterFailed => "States.ResultWriterFailed",
            Self::HttpSocket => "States.Http.Socket",
            Self::DataLimitExceeded => "States.DataLimitExceeded",
            Self::Runtime => "States.Runtime",
        }
    }

    /// The predefined error of a name; the case of letters counts.
    ///
    /// ```
    /// # use asl_core::syntax::PredefinedErrorName;
    /// assert_eq!(PredefinedErrorName::from_name("States.All"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|error| error.name() == name)
    }
}

impl fmt::Display for PredefinedErrorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The status code in an Error Name of an HTTP task, as `States.Http.StatusCode.404`
/// ([HTTP tasks](https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html)).
///
/// ```
/// # use asl_core::syntax::http_status_code;
/// assert_eq!(http_status_code("States.Http.StatusCode.404"), Some(404));
/// assert_eq!(http_status_code("States.Http.StatusCode.4xx"), None);
/// ```
#[must_use]
pub fn http_status_code(error_name: &str) -> Option<u16> {
    let code = error_name.strip_prefix("States.Http.StatusCode.")?;
    (code.len() == 3 && code.bytes().all(|digit| digit.is_ascii_digit())).then(|| code.parse().ok())?
}

/// The Error Names by which the Lambda service, not the function, fails for a while
/// ([Lambda errors](https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception)).
///
/// ```
/// # use asl_core::syntax::{LAMBDA_ERRORS_TO_RETRY, LAMBDA_TRANSIENT_ERRORS};
/// assert!(LAMBDA_ERRORS_TO_RETRY.iter().all(|error| LAMBDA_TRANSIENT_ERRORS.contains(error)));
/// ```
pub const LAMBDA_TRANSIENT_ERRORS: [&str; 5] = [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Lambda.ClientExecutionTimeoutException",
];

/// Those of the [`LAMBDA_TRANSIENT_ERRORS`] that AWS recommends to retry: after a client's timeout the function may
/// still be running, so that one is not among them.
pub const LAMBDA_ERRORS_TO_RETRY: [&str; 4] = [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_leads_back_to_its_error() {
        for error in PredefinedErrorName::ALL {
            assert_eq!(PredefinedErrorName::from_name(&error.to_string()), Some(error));
        }
        assert_eq!(BTreeSet::from(PredefinedErrorName::ALL).len(), PredefinedErrorName::ALL.len());
    }

    #[test]
    fn a_name_is_spelt_exactly() {
        for name in ["", "States.", "States.All", "states.ALL", "State.ALL", "States.ALL ", "Lambda.Unknown"]
        {
            assert_eq!(PredefinedErrorName::from_name(name), None, "{name}");
        }
    }

    #[test]
    fn a_status_code_has_three_digits() {
        for name in
            ["States.Http.StatusCode.", "States.Http.StatusCode.40", "States.Http.StatusCode.+40", "404"]
        {
            assert_eq!(http_status_code(name), None, "{name}");
        }
        assert_eq!(http_status_code("States.Http.StatusCode.503"), Some(503));
    }
}
