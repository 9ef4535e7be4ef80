//! The calls that the mocks were asked to answer.

use serde_json::Value;

use super::super::{Call, Reply};

/// One attempt of a task, as the mocks saw it, and what they replied.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RecordedCall {
    /// The state's name.
    pub state: String,
    /// The state's `Resource`, as written.
    pub resource: String,
    /// What the task was given.
    pub input: Value,
    /// The task token, of a `.waitForTaskToken` task or an activity.
    pub token: Option<String>,
    /// How often the state had been retried since it was entered: 0 at the first attempt.
    pub retry_count: u32,
    /// `Credentials`, evaluated.
    pub credentials: Option<Value>,
    /// The ARN of the execution that called.
    pub execution: String,
    /// Milliseconds since 1970-01-01T00:00:00Z, virtual.
    pub time: i64,
    /// What was replied: by a mock, a fault that was injected, or in want of a mock.
    pub reply: Reply,
}

impl RecordedCall {
    pub(super) fn new(call: &Call<'_>, reply: Reply) -> Self {
        Self {
            state: call.state.to_owned(),
            resource: call.resource.to_owned(),
            input: call.input.clone(),
            token: call.token.map(ToOwned::to_owned),
            retry_count: call.retry_count,
            credentials: call.credentials.cloned(),
            execution: call.execution.to_owned(),
            time: call.time,
            reply,
        }
    }

    /// The call as it was made.
    pub(super) fn call(&self) -> Call<'_> {
        Call {
            state: &self.state,
            resource: &self.resource,
            input: &self.input,
            token: self.token.as_deref(),
            retry_count: self.retry_count,
            credentials: self.credentials.as_ref(),
            execution: &self.execution,
            time: self.time,
        }
    }
}
