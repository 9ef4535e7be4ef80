//! What is outside of a state machine: tasks, stored objects.

pub mod mocks;
pub mod mock_config;

use std::rc::Rc;
use std::time::Duration;

use asl_core::Valid;
use asl_core::model::StateMachine;
use serde_json::Value;

use crate::TaskError;

mod objects;
pub(crate) mod http;

pub use objects::{Body, FolderObjects, Listing, MemoryObjects, Object, ObjectStore, Upload};

/// What is outside of a state machine: it answers tasks and holds objects.
///
/// The engine asks when a task starts; the answer says what will come of it, and when. Nothing ever blocks.
pub trait World {
    /// A task starts. Called once for each attempt, in the order of the `…Scheduled` events.
    fn call(&mut self, call: &Call<'_>) -> Reply;

    /// Whether there is an activity with this ARN. A task of one that is missing fails with `States.Runtime`.
    fn has_activity(&self, arn: &str) -> bool {
        let _ = arn;
        true
    }

    /// Where the items of a Distributed Map are read from, and where its results go.
    ///
    /// The engine asks once for each Map Run, and reads and writes while the run goes on.
    fn objects(&self) -> Rc<dyn ObjectStore>;
}

/// A world that is lent: its owner has it back when the execution is gone.
impl<W: World + ?Sized> World for &mut W {
    fn call(&mut self, call: &Call<'_>) -> Reply {
        (**self).call(call)
    }

    fn has_activity(&self, arn: &str) -> bool {
        (**self).has_activity(arn)
    }

    fn objects(&self) -> Rc<dyn ObjectStore> {
        (**self).objects()
    }
}

/// One attempt of a Task state.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The state's name.
    pub state: &'a str,
    /// The state's `Resource`, as written.
    pub resource: &'a str,
    /// What the task is given: `Parameters` or `Arguments` evaluated, else the state's input.
    pub input: &'a Value,
    /// The task token, of a `.waitForTaskToken` task or an activity, and of a `.sync` task whose parameters name it.
    pub token: Option<&'a str>,
    /// How often this state has been retried since it was entered: 0 at the first attempt.
    pub retry_count: u32,
    /// `Credentials`, evaluated.
    pub credentials: Option<&'a Value>,
    /// The ARN of the execution that calls.
    pub execution: &'a str,
    /// Milliseconds since 1970-01-01T00:00:00Z, virtual.
    pub time: i64,
}

/// What comes of a task, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// How long the task takes from its start to its outcome.
    pub after: Duration,
    /// What the service answers at once to a `.sync` or `.waitForTaskToken` task: the output of `TaskSubmitted`.
    /// If nothing is said, an empty object stands there for a task that succeeds or is waited for, and one that fails was
    /// never submitted.
    pub submitted: Option<Value>,
    /// What comes in the end.
    pub outcome: Outcome,
    /// The worker that took an activity's task: `ActivityStarted` names it.
    pub worker: Option<String>,
}

impl Reply {
    /// A reply that comes true at once.
    #[must_use]
    pub fn new(outcome: Outcome) -> Self {
        Self { after: Duration::ZERO, submitted: None, worker: None, outcome }
    }
}

/// What comes of a task in the end.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It succeeds with this result.
    Success(Value),
    /// It fails.
    Failure(TaskError),
    /// It starts, and fails before it was accepted: `TaskSubmitFailed`, `LambdaFunctionStartFailed`.
    StartFailure(TaskError),
    /// Nothing comes by itself. A task with a token waits for `task_success` or `task_failure`; any other runs into its timeout.
    Pending,
    /// A nested execution is started, of a `states:startExecution` task. It runs on the same clock.
    Execution(Box<ChildExecution>),
}

/// An execution that a task starts.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildExecution {
    /// What is run.
    pub machine: Valid<StateMachine>,
    /// The state machine's name, for ARNs.
    pub machine_name: String,
    /// The execution's name, if the task gives one.
    pub name: Option<String>,
    /// The execution's input.
    pub input: Value,
}
