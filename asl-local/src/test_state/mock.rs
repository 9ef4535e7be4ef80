//! What is said to come of a state's work.

use std::rc::Rc;

use serde_json::Value;

use super::{TestStateError, refused};
use crate::TaskError;
use crate::history::StateKind;
use crate::program::{State, Work};
use crate::world::{Call, MemoryObjects, ObjectStore, Outcome, Reply, World};

/// `mock`: what a Task answers, or what comes of all branches of a Parallel or all iterations of a Map.
///
/// ```
/// use asl_local::test_state::Mock;
/// use serde_json::json;
///
/// let mocks = [Mock::result(json!({"Payload": "ok"})), Mock::error("Busy", "try again")];
/// # let _ = mocks;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Mock(Result<Value, TaskError>);

impl Mock {
    /// `result`: what the service answers to a Task; of a Parallel an array with the output of each branch; of a Map an
    /// array with the output of each iteration, or the object that a `ResultWriter` gives.
    #[must_use]
    pub fn result(result: Value) -> Self {
        Self(Ok(result))
    }

    /// `errorOutput`: the error that the state's work ends with.
    #[must_use]
    pub fn error(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Self::failure(TaskError::new(error, cause))
    }

    /// As [`error`](Self::error), where name or cause may be missing.
    #[must_use]
    pub fn failure(error: TaskError) -> Self {
        Self(Err(error))
    }

    pub(super) fn mocked_result(&self) -> Option<&Value> {
        self.0.as_ref().ok()
    }

    /// The mock, if the state can have such a one.
    pub(super) fn for_state(&self, state: &State) -> Result<Result<Value, TaskError>, TestStateError> {
        let result = self.mocked_result();
        match &state.work {
            Work::Task(_) => {}
            Work::Parallel(branches) => match result {
                Some(Value::Array(results)) if results.len() != branches.starts.len() => {
                    return Err(refused(
                        "Mocked result must contain the same number of items as number of Parallel branches.",
                    ));
                }
                None | Some(Value::Array(_)) => {}
                Some(_) => return Err(refused("Mocked result must be an array.")),
            },
            Work::Map(map) => {
                let writer = map.distributed.as_deref().and_then(|it| it.writer.as_ref());
                let is_exported = writer.is_some_and(|writer| writer.parameters.is_some());
                match result {
                    Some(result) if is_exported && !result.is_object() => {
                        return Err(refused("Mocked result must be a JSON object."));
                    }
                    Some(result) if !is_exported && !result.is_array() => {
                        return Err(refused("Mocked result must be an array."));
                    }
                    _ => {}
                }
            }
            Work::Pass { .. } | Work::Choice { .. } | Work::Wait(_) | Work::Succeed | Work::Fail { .. } => {
                let kind = kind(state.kind);
                return Err(refused(format!(
                    "State type '{kind}' is not supported when a mock is specified"
                )));
            }
        }
        Ok(self.0.clone())
    }
}

fn kind(kind: StateKind) -> &'static str {
    match kind {
        StateKind::Task => "Task",
        StateKind::Pass => "Pass",
        StateKind::Choice => "Choice",
        StateKind::Wait => "Wait",
        StateKind::Succeed => "Succeed",
        StateKind::Fail => "Fail",
        StateKind::Parallel => "Parallel",
        StateKind::Map => "Map",
    }
}

/// A world in which every task answers the same, at once.
pub(super) struct Answered(pub(super) Result<Value, TaskError>);

impl World for Answered {
    fn call(&mut self, _call: &Call<'_>) -> Reply {
        Reply::new(match self.0.clone() {
            Ok(result) => Outcome::Success(result),
            Err(error) => Outcome::Failure(error),
        })
    }

    fn objects(&self) -> Rc<dyn ObjectStore> {
        Rc::new(MemoryObjects::new())
    }
}
