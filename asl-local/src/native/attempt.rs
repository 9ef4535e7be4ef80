//! A task: its attempts, their limits, and the waits between them.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use asl_core::ctx::{Failure, Retry, TaskCall, whole_seconds};
use serde_json::Value;

use super::block_on::Waiting;
use super::clock::Timer;
use super::{CalledTask, Shared};
use crate::TaskError;
use crate::world::{Call, Outcome, Reply};

/// How an attempt failed: what retriers are compared with.
struct Problem {
    failure: Failure,
    /// A heartbeat that did not come: a timeout that has one more name.
    is_heartbeat: bool,
}

impl Problem {
    fn timeout(is_heartbeat: bool) -> Self {
        Self { failure: Failure::new("States.Timeout", ""), is_heartbeat }
    }

    /// Whether a retrier with these names is meant (specification, "Error Representation").
    fn matches(&self, retry: &Retry) -> bool {
        let error = self.failure.error.as_str();
        let is_terminal = matches!(error, "States.Runtime" | "States.DataLimitExceeded");
        retry.errors().any(|name| match name {
            "States.Runtime" => false,
            "States.ALL" => !is_terminal,
            "States.TaskFailed" => !is_terminal && error != "States.Timeout",
            "States.HeartbeatTimeout" if self.is_heartbeat => true,
            name => error == name,
        })
    }
}

impl From<TaskError> for Problem {
    fn from(error: TaskError) -> Self {
        let failure = Failure::new(error.error.unwrap_or_default(), error.cause.unwrap_or_default());
        Self { failure, is_heartbeat: false }
    }
}

impl Shared {
    /// Runs a task to its end.
    pub(super) async fn run_task(&self, execution: &str, task: &TaskCall) -> Result<Value, Failure> {
        let mut counts = vec![0; task.retry.len()];
        let mut retry_count = 0;
        loop {
            let problem = match self.attempt(execution, task, retry_count).await {
                Ok(output) => return Ok(output),
                Err(problem) => problem,
            };
            let Some(index) = task.retry.iter().position(|retry| problem.matches(retry)) else {
                return Err(problem.failure);
            };
            let (retry, count) = (&task.retry[index], &mut counts[index]);
            // the first that matches decides, even if it has no attempts left
            if *count >= retry.attempts() {
                return Err(problem.failure);
            }
            let delay = retry.delay(*count, || self.random.fraction());
            *count += 1;
            retry_count += 1;
            self.clock.after(delay).await;
        }
    }

    async fn attempt(&self, execution: &str, task: &TaskCall, retry_count: u32) -> Result<Value, Problem> {
        self.count_effect().map_err(|failure| Problem { failure, is_heartbeat: false })?;
        let token = task.has_token.then(|| OpenToken::new(self, &task.state));
        let text = token.as_ref().map(|token| token.text.as_str());
        let input = task.arguments_with(text);
        let Reply { after, outcome, .. } = self.call(&Call {
            state: &task.state,
            resource: &task.resource,
            input: &input,
            token: text,
            retry_count,
            credentials: task.credentials.as_ref(),
            execution,
            time: self.clock.now(),
        });
        if token.is_some() {
            self.tokens.announce();
        }
        let after = u64::try_from(after.as_millis()).unwrap_or(u64::MAX);
        // set first: a result that comes at the time of a timeout is in time
        let (outcome, ends) = match outcome {
            Outcome::StartFailure(error) => return Err(error.into()),
            Outcome::Success(value) => (Some(Ok(value)), Some(self.clock.after(after))),
            Outcome::Failure(error) => (Some(Err(error)), Some(self.clock.after(after))),
            Outcome::Pending => (None, None),
            Outcome::Execution(_) => {
                let cause = "a nested execution cannot be mocked in a native run: call its function";
                return Err(TaskError::new("States.Runtime", cause).into());
            }
        };
        let seconds = |limit: Option<std::time::Duration>| {
            limit.map(|limit| whole_seconds(limit).saturating_mul(1_000))
        };
        let (heartbeat, timeout) = (seconds(task.heartbeat), seconds(task.timeout));
        let watch = Watch {
            shared: self,
            token: token.as_ref().map(|token| token.id),
            outcome,
            ends,
            heartbeat: heartbeat.map(|limit| self.clock.after(limit)),
            limit: heartbeat.unwrap_or(0),
            timeout: timeout.map(|limit| self.clock.after(limit)),
        };
        watch.end(&task.state).await.and_then(|output| within_limit(output, &task.resource))
    }

    fn call(&self, call: &Call<'_>) -> Reply {
        let called = CalledTask { state: call.state.to_owned(), input: call.input.clone() };
        self.calls.borrow_mut().push(called);
        match self.world.try_borrow_mut() {
            Ok(mut world) => world.call(call),
            // a mock that runs a workflow of its own world
            Err(_) => Reply {
                after: std::time::Duration::ZERO,
                submitted: None,
                worker: None,
                outcome: Outcome::Failure(TaskError::new(
                    "States.Runtime",
                    "the world is answering another task",
                )),
            },
        }
    }
}

/// A payload of a state has at most so many bytes.
const MAX_PAYLOAD: usize = 256 * 1024;

fn within_limit(output: Value, resource: &str) -> Result<Value, Problem> {
    let size = serde_json::to_string(&output).map_or(0, |text| text.len());
    if size <= MAX_PAYLOAD {
        return Ok(output);
    }
    // recorded: an integration is named for its service, a function by its ARN
    let name = match resource.split(":::").nth(1).and_then(|call| call.split(':').next()) {
        Some(service) if resource.contains(":states:::") => service,
        _ => resource,
    };
    let cause = format!(
        "The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit."
    );
    Err(Problem { failure: Failure::new("States.DataLimitExceeded", cause), is_heartbeat: false })
}

/// A token for as long as its attempt lasts.
struct OpenToken<'a> {
    shared: &'a Shared,
    id: u64,
    text: String,
}

impl<'a> OpenToken<'a> {
    fn new(shared: &'a Shared, state: &str) -> Self {
        let (id, text) = shared.tokens.open(state, &shared.random);
        Self { shared, id, text }
    }
}

impl Drop for OpenToken<'_> {
    fn drop(&mut self) {
        self.shared.tokens.close(self.id);
    }
}

/// A started attempt: what may end it, whichever comes first.
struct Watch<'a> {
    shared: &'a Shared,
    token: Option<u64>,
    outcome: Option<Result<Value, TaskError>>,
    ends: Option<Timer>,
    heartbeat: Option<Timer>,
    /// Milliseconds between two heartbeats.
    limit: u64,
    timeout: Option<Timer>,
}

impl Watch<'_> {
    async fn end(mut self, state: &str) -> Result<Value, Problem> {
        let is_stuck = self.ends.is_none() && self.heartbeat.is_none() && self.timeout.is_none();
        let for_what = if self.token.is_some() { "its token" } else { "an answer" };
        let _waiting = is_stuck.then(|| Waiting::new(format!("`{state}` waits for {for_what}")));
        poll_fn(move |context| {
            if let Some(id) = self.token {
                let signals = self.shared.tokens.signals(id, context.waker());
                if let Some(outcome) = signals.outcome {
                    return Poll::Ready(outcome.map_err(Problem::from));
                }
                if signals.has_heartbeat && self.heartbeat.is_some() {
                    self.heartbeat = Some(self.shared.clock.after(self.limit));
                }
            }
            let mut has_rung = |timer: &mut Option<Timer>| {
                timer.as_mut().is_some_and(|timer| Pin::new(timer).poll(context).is_ready())
            };
            if has_rung(&mut self.ends)
                && let Some(outcome) = self.outcome.take()
            {
                return Poll::Ready(outcome.map_err(Problem::from));
            }
            if has_rung(&mut self.heartbeat) {
                return Poll::Ready(Err(Problem::timeout(true)));
            }
            if has_rung(&mut self.timeout) {
                return Poll::Ready(Err(Problem::timeout(false)));
            }
            Poll::Pending
        })
        .await
    }
}
