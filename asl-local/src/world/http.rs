//! What the service's HTTP client does, whoever answers.

use crate::TaskError;

/// How long an HTTP task may take, in milliseconds, whatever its `TimeoutSeconds` (Developer Guide, "HTTP Task").
pub(crate) const LONGEST_CALL: i64 = 60_000;

/// The error of an HTTP task that has taken longer. Its name is documented, the words are ours.
pub(crate) fn gave_up() -> TaskError {
    TaskError::new("States.Http.Socket", "The endpoint did not answer within 60 seconds.")
}
