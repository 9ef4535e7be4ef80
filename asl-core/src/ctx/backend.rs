use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use serde_json::Value;

use super::{Failure, Retry};

/// A future that stays on its thread.
pub type LocalFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// What carries out the effects of a workflow function that runs as plain Rust.
///
/// `asl-local` implements it for unit tests, with mocked tasks and a virtual clock. All futures stay on one thread.
pub trait Backend {
    /// Carries out one task to its end: all attempts, with their waits and limits.
    fn task(&self, task: TaskCall) -> LocalFuture<'_, Result<Value, Failure>>;

    /// Waits until a time in milliseconds since 1970-01-01T00:00:00Z; at once, if it has passed.
    ///
    /// An error ends the workflow, since nothing catches what a Wait state fails with.
    fn sleep_until(&self, time: i64) -> LocalFuture<'_, Result<(), Failure>>;

    /// The time, in milliseconds since 1970-01-01T00:00:00Z.
    fn now(&self) -> i64;

    /// A number from 0 to below 1, by chance: `$random()`.
    fn random(&self) -> f64;

    /// A number from 0 to below 1, by chance, for the waits of [`Retry::jitter`].
    fn jitter(&self) -> f64 {
        self.random()
    }

    /// A random UUID of version 4, in lower case: `$uuid()`. Without a method of its own it is made of
    /// [`random`](Self::random).
    fn uuid(&self) -> String {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 65,535")]
        let part = || (self.random() * 65_536.0) as u16;
        let mut parts: [u16; 8] = std::array::from_fn(|_| part());
        parts[3] = (parts[3] & 0x0fff) | 0x4000;
        parts[4] = (parts[4] & 0x3fff) | 0x8000;
        let digits = parts.map(|part| format!("{part:04x}")).concat();
        [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
    }

    /// The Context Object: `$states.context`.
    fn context(&self) -> Value;

    /// Reads the items of a Distributed Map.
    fn items<'a>(&'a self, source: &'a ItemSource) -> LocalFuture<'a, Result<Vec<Value>, Failure>>;

    /// Writes what the children of a Distributed Map gave: its `ResultWriter`. Gives the Map's result.
    fn results<'a>(
        &'a self,
        label: &'a str,
        bucket: &'a str,
        prefix: &'a str,
        children: Vec<ChildResult>,
    ) -> LocalFuture<'a, Result<Value, Failure>>;

    /// What carries out a child execution of a Distributed Map, which has a Context Object of its own.
    fn child(&self, label: &str, index: usize) -> Rc<dyn Backend>;
}

/// A task that is called: the fields of its Task state, evaluated.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskCall {
    /// The state's name: the function's in PascalCase, or what `.named(…)` says.
    pub state: String,
    /// `Resource`.
    pub resource: String,
    /// `Arguments`, with null where the task token goes.
    pub arguments: Value,
    /// JSON Pointers to the places of the task token in the arguments.
    pub token_at: Vec<String>,
    /// Whether the task ends with `SendTaskSuccess` or `SendTaskFailure`, so that each attempt has a token.
    pub has_token: bool,
    /// `TimeoutSeconds`, for one attempt.
    pub timeout: Option<Duration>,
    /// `HeartbeatSeconds`.
    pub heartbeat: Option<Duration>,
    /// `Retry`, in its order.
    pub retry: Vec<Retry>,
    /// `Credentials`.
    pub credentials: Option<Value>,
}

impl TaskCall {
    /// The arguments of an attempt, with its token.
    #[must_use]
    pub fn arguments_with(&self, token: Option<&str>) -> Value {
        let mut arguments = self.arguments.clone();
        for pointer in &self.token_at {
            if let Some(place) = arguments.pointer_mut(pointer) {
                *place = token.map_or(Value::Null, Value::from);
            }
        }
        arguments
    }
}

/// Where the items of a Distributed Map come from: its `ItemReader`, evaluated.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ItemSource {
    /// The items themselves.
    Items(Vec<Value>),
    /// The objects of a bucket whose keys begin so: `s3:listObjectsV2`.
    Objects {
        /// `Bucket`.
        bucket: String,
        /// `Prefix`.
        prefix: String,
    },
    /// The items in an object: `s3:getObject`.
    Object {
        /// `Bucket`.
        bucket: String,
        /// `Key`.
        key: String,
        /// What the object holds.
        format: ItemFormat,
    },
}

/// What an object with items holds: `ReaderConfig`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ItemFormat {
    /// `CSV`, with the names of the columns in the first row.
    Csv,
    /// `JSON`: an array or an object, whole or at a JSON Pointer (`ItemsPointer`).
    Json(Option<String>),
    /// `JSONL`: one value a line.
    JsonLines,
    /// `PARQUET`.
    Parquet,
    /// `MANIFEST`: an inventory of S3.
    Manifest,
}

/// What came of a child execution of a Distributed Map.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildResult {
    /// Its input.
    pub input: Value,
    /// Its output, or how it failed.
    pub output: Result<Value, Failure>,
}
