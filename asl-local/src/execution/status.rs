use std::fmt;

/// How an execution stands, as `DescribeExecution` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// It goes on: there is more to do, or a task token is waited for.
    Running,
    /// It ended with an output.
    Succeeded,
    /// It ended with an error.
    Failed,
    /// It ran longer than `TimeoutSeconds` of the machine, or than the service allows.
    TimedOut,
    /// It was stopped.
    Aborted,
}

impl Status {
    /// The value in the service's API, such as `SUCCEEDED`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
            Self::Aborted => "ABORTED",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a run was broken off: the execution may go on without end. It stays where it was, and can be looked at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Exhausted {
    /// More transitions than [`Settings::max_transitions`](crate::Settings::max_transitions) allows.
    #[error(
        "the execution made {transitions} transitions, as many as it may; the last was into state `{state}`. Is there a \
         loop without an end? Settings::max_transitions allows more"
    )]
    Transitions {
        /// How many there were.
        transitions: u64,
        /// The state that would have been entered next.
        state: String,
    },
    /// More virtual time than [`Settings::max_time`](crate::Settings::max_time) allows.
    #[error(
        "the execution would go on for {seconds} virtual seconds after its start, which is more than it may. Does it \
         wait for something that never comes? Settings::max_time allows more"
    )]
    Time {
        /// When the next event would come.
        seconds: i64,
    },
    /// More data in histories than [`Settings::max_history_bytes`](crate::Settings::max_history_bytes) allows.
    #[error(
        "the histories hold {bytes} bytes of data, which is more than they may. Settings::max_history_bytes allows more; \
         Settings::keep_history(false) with a sink keeps none"
    )]
    History {
        /// How much they hold.
        bytes: u64,
    },
}
