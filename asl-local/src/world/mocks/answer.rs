//! What a mocked task answers: made by a few functions, changed by setters.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use asl_core::Valid;
use asl_core::model::StateMachine;
use serde_json::Value;

use super::super::{Call, ChildExecution, Outcome, Reply};
use super::name::name_within;
use crate::TaskError;

/// What a mocked task answers, call after call.
///
/// Made by [`succeeds`], [`fails`], [`outcomes`], [`from_input`], [`from_call`], [`wait_for_token`] and
/// [`submitted`]; a JSON value, a `Result` and a function of the input become one too.
#[must_use]
pub struct Answer {
    reply: Box<Replies>,
}

/// What comes of each call; nothing, when all that was given has been used up.
type Replies = dyn FnMut(&Call<'_>) -> Option<Reply>;

/// The task succeeds with this result, at every call.
///
/// ```
/// use asl_local::mocks::succeeds;
/// use asl_local::{Execution, Mocks};
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "ChargeCard", "States": {"ChargeCard": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f"}}}"#)?.validate()?;
/// let mocks = Mocks::new().on("ChargeCard", succeeds(json!({"paymentId": "p-1"})));
/// let mut execution = Execution::start(&machine, json!({"amount": 5}), mocks)?;
/// execution.run()?;
/// assert_eq!(execution.output(), Some(&json!({"paymentId": "p-1"})));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn succeeds(result: impl Into<Value>) -> Answer {
    always(Reply::new(Outcome::Success(result.into())))
}

/// The task fails with this error name and cause, at every call.
///
/// ```
/// use asl_local::mocks::fails;
/// use asl_local::{Execution, Mocks, Status};
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "Ship", "States": {"Ship": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f"}}}"#)?.validate()?;
/// let mocks = Mocks::new().on("Ship", fails("NoCarrier", "strike"));
/// let mut execution = Execution::start(&machine, json!({}), mocks)?;
/// assert_eq!(execution.run()?, Status::Failed);
/// assert_eq!((execution.error(), execution.cause()), (Some("NoCarrier"), Some("strike")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn fails(error: impl Into<String>, cause: impl Into<String>) -> Answer {
    always(Reply::new(Outcome::Failure(TaskError::new(error, cause))))
}

/// One answer a call, in this order; a call after the last is one too many.
///
/// What is one too many fails the execution with `States.Runtime`, which no catcher hides: a retry that nobody
/// expected is seen. Where the last answer is meant to stand for all further calls, say
/// [`repeating_last`](Answer::repeating_last).
///
/// ```
/// use asl_local::mocks::outcomes;
/// use asl_local::{Execution, Mocks, TaskError};
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "Ship", "States": {"Ship": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
/// #     "Retry": [{"ErrorEquals": ["Busy"]}]}}}"#)?.validate()?;
/// let mocks = Mocks::new().on("Ship", outcomes([Err(TaskError::new("Busy", "try again")), Ok(json!("track-1"))]));
/// let mut execution = Execution::start(&machine, json!({}), mocks.clone())?;
/// execution.run()?;
/// assert_eq!(execution.output(), Some(&json!("track-1")));
/// mocks.assert_called("Ship", 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn outcomes<A: Into<Answer>>(answers: impl IntoIterator<Item = A>) -> Answer {
    let mut left: VecDeque<Answer> = answers.into_iter().map(Into::into).collect();
    Answer { reply: Box::new(move |call| left.pop_front()?.reply(call)) }
}

/// The task answers what the function makes of its input.
///
/// A function with a typed argument, `|input: &Value| …`, may be given without this one.
///
/// ```
/// use asl_local::mocks::from_input;
/// use asl_local::{Execution, Mocks};
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "Double", "States": {"Double": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f"}}}"#)?.validate()?;
/// let mocks = Mocks::new().on("Double", from_input(|input| Ok(json!(input["n"].as_i64().unwrap_or(0) * 2))));
/// let mut execution = Execution::start(&machine, json!({"n": 4}), mocks)?;
/// execution.run()?;
/// assert_eq!(execution.output(), Some(&json!(8)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_input(mut answer: impl FnMut(&Value) -> Result<Value, TaskError> + 'static) -> Answer {
    from_call(move |call| Reply::new(outcome(answer(call.input))))
}

/// The task answers what the function makes of the whole call: of the token, the number of the attempt, the time.
///
/// ```
/// use std::time::Duration;
/// use asl_local::mocks::from_call;
/// use asl_local::world::{Outcome, Reply};
/// use asl_local::{Execution, Mocks, TaskError};
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "Poll", "States": {"Poll": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
/// #     "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 10}]}}}"#)?.validate()?;
/// let slower_each_time = from_call(|call| Reply {
///     after: Duration::from_secs(u64::from(call.retry_count) * 60),
///     ..Reply::new(match call.retry_count {
///         0 => Outcome::Failure(TaskError::new("Busy", "try again")),
///         _ => Outcome::Success(json!("done")),
///     })
/// });
/// let mut execution = Execution::start(&machine, json!({}), Mocks::new().on("Poll", slower_each_time))?;
/// execution.run()?;
/// assert_eq!(execution.elapsed(), Duration::from_secs(10 + 60));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_call(mut answer: impl FnMut(&Call<'_>) -> Reply + 'static) -> Answer {
    Answer { reply: Box::new(move |call| Some(answer(call))) }
}

/// Nothing comes by itself: the task waits for its token, or for its timeout.
///
/// The test ends the wait with the token, which [`Mocks::calls_of`](super::Mocks::calls_of) shows.
///
/// ```
/// use asl_local::mocks::wait_for_token;
/// use asl_local::{Execution, Mocks, Status};
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "Approve", "States": {"Approve": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:states:us-east-1:123456789012:activity:approve"}}}"#)?.validate()?;
/// let mocks = Mocks::new().on("Approve", wait_for_token());
/// let mut execution = Execution::start(&machine, json!({}), mocks)?;
/// let token = execution.run_until_token()?.ok_or("nothing waits")?;
/// execution.task_success(&token, json!({"approved": true}))?;
/// assert_eq!(execution.run()?, Status::Succeeded);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn wait_for_token() -> Answer {
    always(Reply::new(Outcome::Pending))
}

/// The service takes the task at once and says this: the output of `TaskSubmitted`, which `.sync` and
/// `.waitForTaskToken` tasks have. What comes in the end is said with [`then`](Answer::then); without it, nothing.
///
/// ```
/// use std::time::Duration;
/// use asl_core::jsonpath::secs;
/// use asl_local::mocks::{submitted, succeeds};
/// use asl_local::{Execution, Mocks};
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "RunJob", "States": {"RunJob": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:states:::glue:startJobRun.sync",
/// #     "Parameters": {"JobName": "nightly"}}}}"#)?.validate()?;
/// let job = submitted(json!({"JobRunId": "j-1"})).then(succeeds(json!({"JobRunState": "SUCCEEDED"})).takes(secs(600)));
/// let mut execution = Execution::start(&machine, json!({}), Mocks::new().on("RunJob", job))?;
/// execution.run()?;
/// assert_eq!(execution.elapsed(), Duration::from_secs(600));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn submitted(response: impl Into<Value>) -> Answer {
    always(Reply { submitted: Some(response.into()), ..Reply::new(Outcome::Pending) })
}

/// The task starts an execution of this machine: for `states:startExecution`, under the machine's name.
///
/// The nested execution runs on the same clock, and its tasks are mocked here too. Its input and its name are `Input`
/// and `Name` of the task's input. A `.sync` task ends with it, any other goes on at once.
///
/// ```
/// use asl_local::mocks::runs;
/// use asl_local::{Execution, Mocks};
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "PayBack", "States": {"PayBack": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:states:::states:startExecution.sync:2",
/// #     "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:Refund", "Input": {"a": 1}},
/// #     "OutputPath": "$.Output"}}}"#)?.validate()?;
/// let refund = asl_core::decode(r#"{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}"#)?.validate()?;
/// let mut execution = Execution::start(&machine, json!({}), Mocks::new().on("Refund", runs(&refund)))?;
/// execution.run()?;
/// assert_eq!(execution.output(), Some(&json!({"a": 1})));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn runs(machine: &Valid<StateMachine>) -> Answer {
    let machine = machine.clone();
    from_call(move |call| {
        let text = |field: &str| call.input.get(field).and_then(Value::as_str);
        let input = match call.input.get("Input") {
            // recorded: what is null begins with `{}`
            None | Some(Value::Null) => Value::Object(serde_json::Map::new()),
            // JSON as text, as the API takes it
            Some(Value::String(json)) => serde_json::from_str(json).unwrap_or_else(|_| json.as_str().into()),
            Some(input) => input.clone(),
        };
        Reply::new(Outcome::Execution(Box::new(ChildExecution {
            machine: machine.clone(),
            machine_name: text("StateMachineArn").and_then(name_within).unwrap_or(call.state).to_owned(),
            name: text("Name").map(ToOwned::to_owned),
            input,
        })))
    })
}

impl Answer {
    /// Sets how long the task takes from its start to its outcome. Without it, no time at all.
    pub fn takes(self, time: Duration) -> Self {
        self.changed(move |reply| reply.after = time)
    }

    /// Sets what comes in the end of a task that was [`submitted`]: its outcome and its time are this answer's.
    pub fn then(mut self, end: impl Into<Self>) -> Self {
        let mut end = end.into();
        Self {
            reply: Box::new(move |call| {
                let begun = self.reply(call)?;
                let ended = end.reply(call)?;
                Some(Reply { submitted: begun.submitted.or(ended.submitted), ..ended })
            }),
        }
    }

    /// Sets the worker that takes an activity's task: `ActivityStarted` names it.
    pub fn worker(self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.changed(move |reply| reply.worker = Some(name.clone()))
    }

    /// Lets the last answer of [`outcomes`] stand for every call after it.
    pub fn repeating_last(mut self) -> Self {
        let mut last = None;
        Self {
            reply: Box::new(move |call| {
                if let Some(reply) = self.reply(call) {
                    last = Some(reply);
                }
                last.clone()
            }),
        }
    }

    /// What comes of this call; nothing, if all answers are used up.
    pub(super) fn reply(&mut self, call: &Call<'_>) -> Option<Reply> {
        (self.reply)(call)
    }

    fn changed(mut self, change: impl Fn(&mut Reply) + 'static) -> Self {
        Self {
            reply: Box::new(move |call| {
                let mut reply = self.reply(call)?;
                change(&mut reply);
                Some(reply)
            }),
        }
    }
}

impl From<Value> for Answer {
    fn from(result: Value) -> Self {
        succeeds(result)
    }
}

impl From<Result<Value, TaskError>> for Answer {
    fn from(result: Result<Value, TaskError>) -> Self {
        always(Reply::new(outcome(result)))
    }
}

impl From<Outcome> for Answer {
    fn from(outcome: Outcome) -> Self {
        always(Reply::new(outcome))
    }
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        always(reply)
    }
}

/// A function of the input: `|input: &Value| Ok(json!({…}))`.
impl<F: FnMut(&Value) -> Result<Value, TaskError> + 'static> From<F> for Answer {
    fn from(answer: F) -> Self {
        from_input(answer)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").finish_non_exhaustive()
    }
}

fn always(reply: Reply) -> Answer {
    from_call(move |_| reply.clone())
}

fn outcome(result: Result<Value, TaskError>) -> Outcome {
    match result {
        Ok(value) => Outcome::Success(value),
        Err(error) => Outcome::Failure(error),
    }
}
