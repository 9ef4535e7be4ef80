use std::borrow::Cow;
use std::fmt;

/// The error with which a task answers: what a mock throws, what `SendTaskFailure` takes.
///
/// Both parts may be missing, as in the service's API.
///
/// ```
/// use asl_local::TaskError;
///
/// let error = TaskError::new("CardDeclined", "no funds");
/// assert_eq!(error.to_string(), "CardDeclined: no funds");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct TaskError {
    /// The error name, which `ErrorEquals` of a retrier or catcher is compared with. At most 256 characters on AWS.
    pub error: Option<String>,
    /// What happened, for people. At most 32,768 characters on AWS.
    pub cause: Option<String>,
}

impl TaskError {
    /// An error with a name and a cause.
    #[must_use]
    pub fn new(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Self { error: Some(error.into()), cause: Some(cause.into()) }
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.error.as_deref().unwrap_or("(no error name)"))?;
        self.cause.as_ref().map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl std::error::Error for TaskError {}

/// Why a part of a state could not be evaluated: an error name of the language, before retriers and catchers saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The error name, such as `States.Runtime` or `States.QueryEvaluationError`.
    pub error: Cow<'static, str>,
    /// The text after the service's prefix `An error occurred while executing the state …`.
    pub cause: String,
    /// The place of a failed expression as `EvaluationFailed` names it, such as `Output/total` or `Choices[1]/Condition`.
    pub location: Option<String>,
    /// Whether the cause stands alone, without the words that the service mostly puts in front.
    pub is_bare: bool,
}

impl Failure {
    /// `States.Runtime`: what no retrier and no catcher matches.
    pub fn runtime(cause: impl Into<String>) -> Self {
        Self { error: Cow::Borrowed("States.Runtime"), cause: cause.into(), location: None, is_bare: false }
    }

    /// `States.IntrinsicFailure`.
    pub fn intrinsic(cause: impl Into<String>) -> Self {
        Self {
            error: Cow::Borrowed("States.IntrinsicFailure"),
            cause: cause.into(),
            location: None,
            is_bare: false,
        }
    }

    /// `States.QueryEvaluationError`, with the place of the expression.
    pub fn query(location: impl Into<String>, cause: impl Into<String>) -> Self {
        Self {
            error: Cow::Borrowed("States.QueryEvaluationError"),
            cause: cause.into(),
            location: Some(location.into()),
            is_bare: false,
        }
    }
}
