//! What is outside of a state machine: tasks, stored objects.

pub mod mocks;
pub mod mock_config;

use std::time::Duration;

use serde_json::Value;

use crate::TaskError;

/// What is outside of a state machine: it answers tasks and holds objects.
///
/// The engine asks when a task starts; the answer says what will come of it, and when. Nothing ever blocks.
pub trait World {
    /// A task starts. Called once for each attempt, in the order of the `…Scheduled` events.
    fn call(&mut self, call: &Call<'_>) -> Reply;

    /// A function of a state machine's own that Step Functions calls for Distributed Map: reads an object of S3.
    ///
    /// # Errors
    ///
    /// If there is no such bucket or object, or it cannot be read.
    fn get_object(&mut self, bucket: &str, key: &str) -> Result<Vec<u8>, TaskError>;

    /// Lists the objects of a bucket whose keys start with the prefix, sorted by key.
    ///
    /// # Errors
    ///
    /// If there is no such bucket, or it cannot be read.
    fn list_objects(&mut self, bucket: &str, prefix: &str) -> Result<Vec<Object>, TaskError>;

    /// Writes an object: the result files of a Distributed Map.
    ///
    /// # Errors
    ///
    /// If there is no such bucket, or it cannot be written.
    fn put_object(&mut self, bucket: &str, key: &str, body: Vec<u8>) -> Result<(), TaskError>;
}

/// An entry of a listing, as `ListObjectsV2` gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// The object's name within its bucket.
    pub key: String,
    /// In bytes.
    pub size: u64,
    /// Entity tag, without quotes.
    pub etag: String,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub last_modified: f64,
    /// `STANDARD` unless something else is known.
    pub storage_class: String,
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
    /// The task token, of a `.waitForTaskToken` task or an activity.
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
    pub submitted: Option<Value>,
    /// What comes in the end.
    pub outcome: Outcome,
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
}
