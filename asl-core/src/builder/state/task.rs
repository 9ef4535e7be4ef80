use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use crate::builder::integration::Call;
use crate::builder::value::json;
use crate::builder::{
    IntoPayload, IntoSeconds, IntoTemplate, IntoTransition, IsJsonPath, JsonPath, Jsonata, Language, StateOf,
    language, payload, setters,
};
use crate::model::{self, Path, State, Transition, Value, ValueOrPath};

/// A Task state: one unit of work, done by a Lambda function, an AWS service or an activity.
///
/// [`Task::new`] takes any resource. [`Task::lambda`], [`Task::ecs_run_task`] and the other constructors that are named
/// for a service and its action know the resource, ask for the parameters that the action requires, and have a
/// setter for those that are often used; `I` is the integration that they belong to.
/// See [Task State](https://states-language.net/#task-state).
///
/// ```
/// use asl_core::jsonpath::{Retrier, Task, next, secs};
/// use serde_json::json;
/// let fetch = Task::lambda("${FetchUserArn}", next("ByPlan"))
///     .result_path("$.user")
///     .timeout_seconds(30)
///     .retry(Retrier::on("Busy").interval(secs(2)));
/// assert_eq!(json!(fetch), json!({
///     "Type": "Task",
///     "Resource": "${FetchUserArn}",
///     "TimeoutSeconds": 30,
///     "ResultPath": "$.user",
///     "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2}],
///     "Next": "ByPlan",
/// }));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Task<L: Language, I = Plain> {
    inner: model::state::Task,
    /// What the resource is made of, if an integration's constructor made it.
    pub(in crate::builder) call: Option<Call>,
    of: PhantomData<(L, I)>,
}

/// The integration of a [`Task`] that has none: its resource was given as it is.
///
/// ```
/// use asl_core::builder::{JsonPath, Plain, Task};
/// let _: Task<JsonPath, Plain> = asl_core::jsonpath::Task::new("${Arn}", asl_core::jsonpath::end());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plain;

impl<L: Language> Task<L, Plain> {
    /// A task that calls a resource, given as its ARN.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// let task = Task::new("arn:aws:states:::glue:startJobRun.sync", end());
    /// assert_eq!(serde_json::json!(task)["Resource"], "arn:aws:states:::glue:startJobRun.sync");
    /// ```
    pub fn new(resource: impl Into<String>, transition: impl IntoTransition) -> Self {
        Self::with_call(resource.into(), None, transition.into_transition())
    }
}

impl<L: Language, I> Task<L, I> {
    /// A task of an integration.
    pub(in crate::builder) fn of_integration(call: Call, transition: impl IntoTransition) -> Self {
        Self::with_call(call.resource(), Some(call), transition.into_transition())
    }

    fn with_call(resource: String, call: Option<Call>, transition: Transition) -> Self {
        let inner = model::state::Task {
            comment: None,
            query_language: None,
            resource: Some(resource),
            input_path: None,
            parameters: None,
            arguments: None,
            credentials: None,
            timeout_seconds: None,
            heartbeat_seconds: None,
            result_selector: None,
            result_path: None,
            output_path: None,
            assign: None,
            output: None,
            retry: None,
            catch: None,
            transition,
            extra: model::Extra::new(),
        };
        Self { inner, call, of: PhantomData }
    }

    /// Changes what the resource is made of.
    pub(in crate::builder) fn change_call(mut self, change: impl FnOnce(&mut Call)) -> Self {
        if let Some(call) = &mut self.call {
            change(call);
            self.inner.resource = Some(call.resource());
        }
        self
    }

    /// Sets one field of `Parameters` (JSONPath) or `Arguments` (JSONata).
    ///
    /// Where they are no object, but one expression, a new object takes their place.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, path};
    /// let task = Task::aws_sdk("s3", "getObject", end()).parameter("Bucket", "data").parameter("Key", path("$.key"));
    /// assert_eq!(
    ///     serde_json::json!(task)["Parameters"],
    ///     serde_json::json!({"Bucket": "data", "Key.$": "$.key"}),
    /// );
    /// ```
    pub fn parameter(mut self, name: impl Into<String>, value: impl IntoPayload<L>) -> Self {
        let fields = payload::object(L::payload(&mut self.inner.parameters, &mut self.inner.arguments));
        payload::set(fields, name.into(), value.into_payload());
        self
    }

    setters::comment!("Task::lambda(\"${Arn}\", end())");
    setters::assign!("Task::lambda(\"${Arn}\", end())");
    setters::retry_and_catch!("Task::lambda(\"${Arn}\", end())");
    setters::extra!();

    /// Sets `Credentials`: an object with `RoleArn`, the role that the work runs under; that of the machine if not set.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// use serde_json::json;
    /// let task = Task::lambda("${Arn}", end()).credentials(json!({"RoleArn.$": "$.role"}));
    /// assert_eq!(json!(task)["Credentials"]["RoleArn.$"], "$.role");
    /// ```
    pub fn credentials(mut self, credentials: impl IntoTemplate<L>) -> Self {
        self.inner.credentials = Some(credentials.into_template());
        self
    }

    /// Sets `RoleArn` in `Credentials`: the role that the work runs under.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, path};
    /// let task = Task::lambda("${Arn}", end()).role_arn(path("$.role"));
    /// assert_eq!(serde_json::json!(task)["Credentials"]["RoleArn.$"], "$.role");
    /// ```
    pub fn role_arn(mut self, role_arn: impl IntoPayload<L>) -> Self {
        let fields = payload::object(&mut self.inner.credentials);
        payload::set(fields, "RoleArn".to_owned(), role_arn.into_payload());
        self
    }

    /// Sets `TimeoutSeconds`: how long the work may take, 1 to 99,999,999 seconds from its start; without it, there is
    /// no limit but that of the execution.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// let task = Task::lambda("${Arn}", end()).timeout_seconds(30);
    /// assert_eq!(serde_json::json!(task)["TimeoutSeconds"], 30);
    /// ```
    pub fn timeout_seconds(mut self, seconds: impl IntoSeconds<L>) -> Self {
        self.inner.timeout_seconds = Some(ValueOrPath::Value(seconds.into_seconds()));
        self
    }

    /// Sets `TimeoutSeconds` to a duration, a part of a second rounded up; a bare number is seconds.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, minutes};
    /// let task = Task::lambda("${Arn}", end()).timeout(minutes(5));
    /// assert_eq!(serde_json::json!(task)["TimeoutSeconds"], 300);
    /// ```
    pub fn timeout(self, timeout: impl IntoSeconds<L>) -> Self {
        self.timeout_seconds(timeout)
    }

    /// Sets `HeartbeatSeconds`: the longest silence of an activity or of who holds the task token, less than the
    /// timeout.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// let task = Task::activity("${ReviewArn}", end()).timeout_seconds(3600).heartbeat_seconds(60);
    /// assert_eq!(serde_json::json!(task)["HeartbeatSeconds"], 60);
    /// ```
    pub fn heartbeat_seconds(mut self, seconds: impl IntoSeconds<L>) -> Self {
        self.inner.heartbeat_seconds = Some(ValueOrPath::Value(seconds.into_seconds()));
        self
    }

    /// Sets `HeartbeatSeconds` to a duration, a part of a second rounded up; a bare number is seconds.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, minutes};
    /// let task = Task::activity("${ReviewArn}", end()).heartbeat(minutes(1));
    /// assert_eq!(serde_json::json!(task)["HeartbeatSeconds"], 60);
    /// ```
    pub fn heartbeat(self, heartbeat: impl IntoSeconds<L>) -> Self {
        self.heartbeat_seconds(heartbeat)
    }
}

/// What JSONPath alone has.
impl<L: Language, I> Task<L, I> {
    setters::input_and_output_path!("Task::lambda(\"${Arn}\", end())");
    setters::parameters!(
        "Task::new(\"arn:aws:states:::sqs:sendMessage\", end())",
        "what the work is given, as a payload template or as JSON; the input if not set"
    );
    setters::result_selector!("Task::lambda(\"${Arn}\", end())");
    setters::result_path!("Task::lambda(\"${Arn}\", end())");

    /// Sets `TimeoutSecondsPath`: where in the input the timeout stands, in place of `TimeoutSeconds`.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// let task = Task::lambda("${Arn}", end()).timeout_seconds_path("$.patience");
    /// assert_eq!(serde_json::json!(task)["TimeoutSecondsPath"], "$.patience");
    /// ```
    pub fn timeout_seconds_path(mut self, path: impl Into<Path>) -> Self
    where
        L: IsJsonPath,
    {
        self.inner.timeout_seconds = Some(ValueOrPath::Path(path.into()));
        self
    }

    /// Sets `HeartbeatSecondsPath`: where in the input the longest silence stands, in place of `HeartbeatSeconds`.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// let task = Task::activity("${ReviewArn}", end()).heartbeat_seconds_path("$.patience");
    /// assert_eq!(serde_json::json!(task)["HeartbeatSecondsPath"], "$.patience");
    /// ```
    pub fn heartbeat_seconds_path(mut self, path: impl Into<Path>) -> Self
    where
        L: IsJsonPath,
    {
        self.inner.heartbeat_seconds = Some(ValueOrPath::Path(path.into()));
        self
    }
}

/// What JSONata alone has.
impl<L: Language, I> Task<L, I> {
    setters::arguments!(
        "Task::lambda(\"${Arn}\", end())",
        "what the work is given, as a payload, JSON or one expression; the input if not set"
    );
    setters::output!("Task::lambda(\"${Arn}\", end())", "the next state's input; the result if not set");
}

/// The state with its `QueryLanguage`.
impl<L: Language, I> From<Task<L, I>> for State {
    fn from(task: Task<L, I>) -> Self {
        language::in_language::<L>(task.inner)
    }
}

/// The JSON of the state as it stands in a machine whose `QueryLanguage` is not written: its own is, if it is JSONata.
impl<L: Language, I> From<Task<L, I>> for Value {
    fn from(task: Task<L, I>) -> Self {
        json(&language::in_machine::<JsonPath>(State::from(task)))
    }
}

impl<L: Language, I> StateOf<JsonPath> for Task<L, I> {}
impl<I> StateOf<Jsonata> for Task<Jsonata, I> {}

/// Writes the state as it stands in a machine of its language.
impl<L: Language, I> Serialize for Task<L, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        language::in_machine::<L>(self.inner.clone()).serialize(serializer)
    }
}
