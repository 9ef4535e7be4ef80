use std::fmt;

macro_rules! event_types {
    ($($name:ident)+) => {
        /// The type of an event, as `GetExecutionHistory` names it.
        #[allow(missing_docs, reason = "the names are the service's, and say it")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum EventType {
            $($name,)+
        }

        impl EventType {
            /// All types, sorted by name.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The name in the service's API.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }
        }
    };
}

event_types! {
    ActivityFailed
    ActivityScheduled
    ActivityScheduleFailed
    ActivityStarted
    ActivitySucceeded
    ActivityTimedOut
    ChoiceStateEntered
    ChoiceStateExited
    EvaluationFailed
    ExecutionAborted
    ExecutionFailed
    ExecutionRedriven
    ExecutionStarted
    ExecutionSucceeded
    ExecutionTimedOut
    FailStateEntered
    LambdaFunctionFailed
    LambdaFunctionScheduled
    LambdaFunctionScheduleFailed
    LambdaFunctionStarted
    LambdaFunctionStartFailed
    LambdaFunctionSucceeded
    LambdaFunctionTimedOut
    MapIterationAborted
    MapIterationFailed
    MapIterationStarted
    MapIterationSucceeded
    MapRunAborted
    MapRunFailed
    MapRunRedriven
    MapRunStarted
    MapRunSucceeded
    MapStateAborted
    MapStateEntered
    MapStateExited
    MapStateFailed
    MapStateStarted
    MapStateSucceeded
    ParallelStateAborted
    ParallelStateEntered
    ParallelStateExited
    ParallelStateFailed
    ParallelStateStarted
    ParallelStateSucceeded
    PassStateEntered
    PassStateExited
    SucceedStateEntered
    SucceedStateExited
    TaskFailed
    TaskScheduled
    TaskStarted
    TaskStartFailed
    TaskStateAborted
    TaskStateEntered
    TaskStateExited
    TaskSubmitFailed
    TaskSubmitted
    TaskSucceeded
    TaskTimedOut
    WaitStateAborted
    WaitStateEntered
    WaitStateExited
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
