//! How the command ends.

use std::process::ExitCode;

/// How a command ended; with several files the worst counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// All is well.
    Good,
    /// A definition is invalid, or would be formatted or fixed; what was run has failed.
    Bad,
    /// Something could not be done: a file cannot be read, an argument is unknown.
    Failed,
    /// What was run is not over: it waits, or would try again, or has come as far as it may.
    Unfinished,
}

impl Outcome {
    /// Bad if something is.
    pub(crate) fn bad_if(is_bad: bool) -> Self {
        if is_bad { Self::Bad } else { Self::Good }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Good => 0,
            Outcome::Bad => 1,
            Outcome::Failed => 2,
            Outcome::Unfinished => 3,
        })
    }
}
