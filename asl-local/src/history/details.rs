use std::rc::Rc;

use serde_json::Value;

use super::EventType;
use crate::Data;

/// The type of a state, in the names of events.
#[allow(missing_docs, reason = "the names are the language's")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StateKind {
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
}

/// Which family of events a task writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskKind {
    /// A Lambda function by its own ARN: `LambdaFunction…`.
    LambdaFunction,
    /// An activity: `Activity…`.
    Activity,
    /// A service integration: `Task…`.
    Service {
        /// The service, such as `lambda` or `aws-sdk:s3`.
        resource_type: Rc<str>,
        /// The action with its pattern, such as `sendMessage.waitForTaskToken`.
        resource: Rc<str>,
    },
}

/// What happened, with the members of the event's details structure.
///
/// Payloads are held as data; they become JSON text when the event is serialised, as in the service's API.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "members are those of the service's structures")]
pub enum Details {
    ExecutionStarted {
        input: Data,
        role_arn: Rc<str>,
    },
    ExecutionSucceeded {
        output: Data,
    },
    ExecutionFailed {
        error: Option<Rc<str>>,
        cause: Option<Rc<str>>,
    },
    ExecutionTimedOut {
        error: Option<Rc<str>>,
        cause: Option<Rc<str>>,
    },
    ExecutionAborted {
        error: Option<Rc<str>>,
        cause: Option<Rc<str>>,
    },
    ExecutionRedriven {
        redrive_count: u32,
    },
    StateEntered {
        kind: StateKind,
        name: Rc<str>,
        input: Data,
    },
    StateExited {
        kind: StateKind,
        name: Rc<str>,
        output: Data,
        assigned: Rc<[(Rc<str>, Data)]>,
    },
    /// `ParallelStateStarted`, or `MapStateStarted` with its length: 0 where items come from a reader.
    StateStarted {
        kind: StateKind,
        length: u64,
    },
    /// `ParallelStateSucceeded`, `MapStateSucceeded`.
    StateSucceeded {
        kind: StateKind,
    },
    /// `ParallelStateFailed`, `MapStateFailed`.
    StateFailed {
        kind: StateKind,
    },
    /// Of a Task, Wait, Parallel or Map state.
    StateAborted {
        kind: StateKind,
    },
    MapIterationStarted {
        name: Rc<str>,
        index: u64,
    },
    MapIterationSucceeded {
        name: Rc<str>,
        index: u64,
    },
    MapIterationFailed {
        name: Rc<str>,
        index: u64,
    },
    MapIterationAborted {
        name: Rc<str>,
        index: u64,
    },
    MapRunStarted {
        map_run_arn: Rc<str>,
    },
    MapRunSucceeded,
    MapRunFailed {
        error: Option<Rc<str>>,
        cause: Option<Rc<str>>,
    },
    MapRunAborted,
    MapRunRedriven {
        map_run_arn: Rc<str>,
        redrive_count: u32,
    },
    TaskScheduled {
        task: TaskKind,
        /// The ARN, of a Lambda function or an activity.
        resource: Rc<str>,
        region: Rc<str>,
        parameters: Data,
        timeout_in_seconds: Option<i64>,
        heartbeat_in_seconds: Option<i64>,
        /// The role of `Credentials`.
        role_arn: Option<Rc<str>>,
    },
    /// The worker is an activity's.
    TaskStarted {
        task: TaskKind,
        worker_name: Option<Rc<str>>,
    },
    TaskSubmitted {
        task: TaskKind,
        output: Data,
    },
    TaskSucceeded {
        task: TaskKind,
        output: Data,
    },
    TaskFailed {
        task: TaskKind,
        error: Option<Rc<str>>,
        cause: Option<Rc<str>>,
    },
    TaskTimedOut {
        task: TaskKind,
        error: Option<Rc<str>>,
        cause: Option<Rc<str>>,
    },
    TaskStartFailed {
        task: TaskKind,
        error: Option<Rc<str>>,
        cause: Option<Rc<str>>,
    },
    TaskSubmitFailed {
        task: TaskKind,
        error: Option<Rc<str>>,
        cause: Option<Rc<str>>,
    },
    EvaluationFailed {
        state: Rc<str>,
        error: Rc<str>,
        cause: Rc<str>,
        location: Option<Rc<str>>,
    },
}

impl StateKind {
    /// The value of `Type`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Task => "Task",
            Self::Pass => "Pass",
            Self::Choice => "Choice",
            Self::Wait => "Wait",
            Self::Succeed => "Succeed",
            Self::Fail => "Fail",
            Self::Parallel => "Parallel",
            Self::Map => "Map",
        }
    }
}

/// The type of each event of a task, by family: Lambda function, activity, service.
const fn of_family(task: &TaskKind, family: [EventType; 3]) -> EventType {
    match task {
        TaskKind::LambdaFunction => family[0],
        TaskKind::Activity => family[1],
        TaskKind::Service { .. } => family[2],
    }
}

impl Details {
    /// The event's type, as the service names it.
    #[must_use]
    #[allow(clippy::match_same_arms, reason = "one line for each kind of details")]
    pub fn event_type(&self) -> EventType {
        use EventType as T;
        use StateKind as K;
        match self {
            Self::ExecutionStarted { .. } => T::ExecutionStarted,
            Self::ExecutionSucceeded { .. } => T::ExecutionSucceeded,
            Self::ExecutionFailed { .. } => T::ExecutionFailed,
            Self::ExecutionTimedOut { .. } => T::ExecutionTimedOut,
            Self::ExecutionAborted { .. } => T::ExecutionAborted,
            Self::ExecutionRedriven { .. } => T::ExecutionRedriven,
            Self::StateEntered { kind, .. } => match kind {
                K::Task => T::TaskStateEntered,
                K::Pass => T::PassStateEntered,
                K::Choice => T::ChoiceStateEntered,
                K::Wait => T::WaitStateEntered,
                K::Succeed => T::SucceedStateEntered,
                K::Fail => T::FailStateEntered,
                K::Parallel => T::ParallelStateEntered,
                K::Map => T::MapStateEntered,
            },
            Self::StateExited { kind, .. } => match kind {
                K::Task | K::Fail => T::TaskStateExited,
                K::Pass => T::PassStateExited,
                K::Choice => T::ChoiceStateExited,
                K::Wait => T::WaitStateExited,
                K::Succeed => T::SucceedStateExited,
                K::Parallel => T::ParallelStateExited,
                K::Map => T::MapStateExited,
            },
            Self::StateStarted { kind: K::Parallel, .. } => T::ParallelStateStarted,
            Self::StateStarted { .. } => T::MapStateStarted,
            Self::StateSucceeded { kind: K::Parallel } => T::ParallelStateSucceeded,
            Self::StateSucceeded { .. } => T::MapStateSucceeded,
            Self::StateFailed { kind: K::Parallel } => T::ParallelStateFailed,
            Self::StateFailed { .. } => T::MapStateFailed,
            Self::StateAborted { kind } => match kind {
                K::Wait => T::WaitStateAborted,
                K::Parallel => T::ParallelStateAborted,
                K::Map => T::MapStateAborted,
                _ => T::TaskStateAborted,
            },
            Self::MapIterationStarted { .. } => T::MapIterationStarted,
            Self::MapIterationSucceeded { .. } => T::MapIterationSucceeded,
            Self::MapIterationFailed { .. } => T::MapIterationFailed,
            Self::MapIterationAborted { .. } => T::MapIterationAborted,
            Self::MapRunStarted { .. } => T::MapRunStarted,
            Self::MapRunSucceeded => T::MapRunSucceeded,
            Self::MapRunFailed { .. } => T::MapRunFailed,
            Self::MapRunAborted => T::MapRunAborted,
            Self::MapRunRedriven { .. } => T::MapRunRedriven,
            Self::TaskScheduled { task, .. } => {
                of_family(task, [T::LambdaFunctionScheduled, T::ActivityScheduled, T::TaskScheduled])
            }
            Self::TaskStarted { task, .. } => {
                of_family(task, [T::LambdaFunctionStarted, T::ActivityStarted, T::TaskStarted])
            }
            Self::TaskSubmitted { .. } => T::TaskSubmitted,
            Self::TaskSucceeded { task, .. } => {
                of_family(task, [T::LambdaFunctionSucceeded, T::ActivitySucceeded, T::TaskSucceeded])
            }
            Self::TaskFailed { task, .. } => {
                of_family(task, [T::LambdaFunctionFailed, T::ActivityFailed, T::TaskFailed])
            }
            Self::TaskTimedOut { task, .. } => {
                of_family(task, [T::LambdaFunctionTimedOut, T::ActivityTimedOut, T::TaskTimedOut])
            }
            Self::TaskStartFailed { task, .. } => {
                of_family(task, [T::LambdaFunctionStartFailed, T::ActivityScheduleFailed, T::TaskStartFailed])
            }
            Self::TaskSubmitFailed { .. } => T::TaskSubmitFailed,
            Self::EvaluationFailed { .. } => T::EvaluationFailed,
        }
    }

    /// The failure that the event tells of, and its cause.
    #[must_use]
    pub fn failure(&self) -> Option<(Option<&str>, Option<&str>)> {
        match self {
            Self::ExecutionFailed { error, cause }
            | Self::ExecutionTimedOut { error, cause }
            | Self::ExecutionAborted { error, cause }
            | Self::MapRunFailed { error, cause }
            | Self::TaskFailed { error, cause, .. }
            | Self::TaskTimedOut { error, cause, .. }
            | Self::TaskStartFailed { error, cause, .. }
            | Self::TaskSubmitFailed { error, cause, .. } => Some((error.as_deref(), cause.as_deref())),
            Self::EvaluationFailed { error, cause, .. } => Some((Some(error), Some(cause))),
            _ => None,
        }
    }
}

/// The role in `Credentials`.
pub(crate) fn role_arn(credentials: Option<&Value>) -> Option<Rc<str>> {
    credentials?.get("RoleArn")?.as_str().map(Rc::from)
}
