use std::borrow::Cow;
use std::io;

use crate::{Failure, TaskError};

/// Why items cannot be read, before the place is known.
#[derive(Debug, PartialEq)]
pub(super) enum Fault {
    /// The service's words, as recorded. Nothing is added to them.
    Recorded(&'static str),
    /// Our words: what the service says of such data is not known.
    Malformed(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Malformed(error.to_string())
    }
}

impl Fault {
    /// The error of the Map Run.
    pub(super) fn at(self, source: &str) -> Failure {
        match self {
            Self::Recorded(text) => failed(text),
            Self::Malformed(text) => failed(format!("{source}: {text}")),
        }
    }
}

/// `States.ItemReaderFailed`. The service puts nothing before this cause.
pub(super) fn failed(cause: impl Into<String>) -> Failure {
    Failure {
        error: Cow::Borrowed("States.ItemReaderFailed"),
        cause: cause.into(),
        location: None,
        is_bare: true,
    }
}

/// An object cannot be had. The store's words name it.
pub(super) fn unreadable(error: &TaskError) -> Failure {
    failed(error.to_string())
}
