//! A task: its attempts, their limits, and the waits between them.

use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use asl_core::ctx::{Failure, LocalFuture, Retry, TaskCall, whole_seconds};
use asl_core::syntax::resource::Resource;
use serde_json::Value;

use super::block_on::Waiting;
use super::clock::Timer;
use super::nested::Caller;
use super::{CalledTask, Shared};
use crate::TaskError;
use crate::data::payload_limit::{self, DATA_LIMIT, MAX_PAYLOAD};
use crate::data::text_size;
use crate::world::{Call, Outcome, Reply, http};

/// How an attempt failed: what retriers are compared with.
struct Problem {
    failure: Failure,
    of: Of,
}

enum Of {
    Task,
    /// A heartbeat that did not come: a timeout that has one more name.
    Heartbeat,
    /// Arguments that are too large: `States.ALL` does not match it, unlike a result that is (recorded).
    Arguments,
}

impl Problem {
    fn timeout(of: Of) -> Self {
        Self { failure: Failure::new("States.Timeout", ""), of }
    }

    fn matches(&self, retry: &Retry) -> bool {
        let names = |error: &str| retry.errors().any(|name| name == error);
        match self.of {
            Of::Task => retry.matches(&self.failure.error),
            Of::Heartbeat => retry.matches(&self.failure.error) || names("States.HeartbeatTimeout"),
            Of::Arguments => names(&self.failure.error),
        }
    }
}

impl From<TaskError> for Problem {
    fn from(error: TaskError) -> Self {
        let failure = Failure::new(error.error.unwrap_or_default(), error.cause.unwrap_or_default());
        Self { failure, of: Of::Task }
    }
}

impl Shared {
    /// Runs a task to its end.
    ///
    /// The state is entered, its task starts, and a failure is handled, each in its turn, as in the engine. So what
    /// happens at one time in several branches has the same consequences here and there.
    pub(super) async fn run_task(
        self: &Rc<Self>,
        caller: &Caller,
        task: &TaskCall,
    ) -> Result<Value, Failure> {
        self.clock.turn().await;
        let mut counts = vec![0; task.retry.len()];
        let mut retry_count = 0;
        loop {
            let problem = match self.attempt(caller, task, retry_count).await {
                Ok(output) => return Ok(output),
                Err(problem) => problem,
            };
            // all that ends at this time has ended before the first failure has its consequences
            self.clock.turn().await;
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

    async fn attempt(
        self: &Rc<Self>,
        caller: &Caller,
        task: &TaskCall,
        retry_count: u32,
    ) -> Result<Value, Problem> {
        self.count_effect().map_err(|failure| Problem { failure, of: Of::Task })?;
        let text = task.has_token.then(|| self.random.token());
        self.clock.turn().await;
        if self.lacks_activity(&task.resource) {
            let cause = format!("The activity {} does not exist.", task.resource);
            return Err(TaskError::new("States.Runtime", cause).into());
        }
        let token = text.map(|text| OpenToken::new(self, &task.state, text));
        let text = token.as_ref().map(|token| token.text.as_str());
        let input = task.arguments_with(text);
        if text_size(&input) > MAX_PAYLOAD {
            // the engine's words, but for the number of an event
            let failure = Failure::new(DATA_LIMIT, payload_limit::too_large_to_give("Arguments"));
            return Err(Problem { failure, of: Of::Arguments });
        }
        let Reply { after, outcome, .. } = self.call(&Call {
            state: &task.state,
            resource: &task.resource,
            input: &input,
            token: text,
            retry_count,
            credentials: task.credentials.as_ref(),
            execution: &caller.arn,
            time: self.clock.now(),
        });
        if token.is_some() {
            self.tokens.announce();
        }
        let after = u64::try_from(after.as_millis()).unwrap_or(u64::MAX);
        let ends = |outcome| Coming::At(self.clock.outcome_after(after), Some(outcome));
        let coming = match outcome {
            Outcome::StartFailure(error) => return Err(error.into()),
            Outcome::Success(value) => ends(Ok(value)),
            Outcome::Failure(error) => ends(Err(error)),
            Outcome::Pending => Coming::Never,
            Outcome::Execution(child) => Coming::Nested(self.nested(caller, &task.resource, *child)),
        };
        let seconds = |limit: Option<std::time::Duration>| {
            limit.map(|limit| whole_seconds(limit).saturating_mul(1_000))
        };
        let (heartbeat, timeout) = (seconds(task.heartbeat), seconds(task.timeout));
        let watch = Watch {
            shared: self,
            token: token.as_ref().map(|token| token.id),
            coming,
            heartbeat: heartbeat.map(|limit| self.clock.after(limit)),
            limit: heartbeat.unwrap_or(0),
            timeout: timeout.map(|limit| self.clock.after(limit)),
            socket: is_http(&task.resource).then(|| self.clock.after(http::LONGEST_CALL.unsigned_abs())),
        };
        watch.end(&task.state).await.and_then(|output| within_limit(output, &task.resource))
    }

    fn lacks_activity(&self, resource: &str) -> bool {
        matches!(Resource::parse(resource), Ok(Resource::Activity(_)))
            && self.world.try_borrow().is_ok_and(|world| !world.has_activity(resource))
    }

    pub(super) fn call(&self, call: &Call<'_>) -> Reply {
        let called = CalledTask { state: call.state.to_owned(), input: call.input.clone() };
        self.calls.borrow_mut().push(called);
        match self.world.try_borrow_mut() {
            Ok(mut world) => world.call(call),
            // a mock that runs a workflow of its own world
            Err(_) => Reply::new(Outcome::Failure(TaskError::new(
                "States.Runtime",
                "the world is answering another task",
            ))),
        }
    }
}

fn within_limit(output: Value, resource: &str) -> Result<Value, Problem> {
    if text_size(&output) <= MAX_PAYLOAD {
        return Ok(output);
    }
    // recorded: an integration is named for its service, a function by its ARN
    let name = match resource.split(":::").nth(1).and_then(|call| call.split(':').next()) {
        Some(service) if resource.contains(":states:::") => service,
        _ => resource,
    };
    Err(TaskError::new(DATA_LIMIT, payload_limit::too_large(name)).into())
}

fn is_http(resource: &str) -> bool {
    resource.contains(":states:::http:")
}

/// A token for as long as its attempt lasts.
struct OpenToken<'a> {
    shared: &'a Shared,
    id: u64,
    text: String,
}

impl<'a> OpenToken<'a> {
    fn new(shared: &'a Shared, state: &str, text: String) -> Self {
        let id = shared.tokens.open(state, &text);
        Self { shared, id, text }
    }
}

impl Drop for OpenToken<'_> {
    fn drop(&mut self) {
        self.shared.tokens.close(self.id);
    }
}

/// What comes of a started attempt by itself.
enum Coming {
    Never,
    At(Timer, Option<Result<Value, TaskError>>),
    Nested(LocalFuture<'static, Result<Value, TaskError>>),
}

impl Coming {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Value, TaskError>> {
        match self {
            Self::Never => Poll::Pending,
            Self::At(timer, outcome) => match (Pin::new(timer).poll(context), outcome.take()) {
                (Poll::Ready(()), Some(outcome)) => Poll::Ready(outcome),
                (_, not_yet) => {
                    *outcome = not_yet;
                    Poll::Pending
                }
            },
            Self::Nested(execution) => execution.as_mut().poll(context),
        }
    }
}

/// A started attempt: what may end it, whichever comes first.
struct Watch<'a> {
    shared: &'a Shared,
    token: Option<u64>,
    coming: Coming,
    heartbeat: Option<Timer>,
    /// Milliseconds between two heartbeats.
    limit: u64,
    timeout: Option<Timer>,
    /// Of an HTTP task.
    socket: Option<Timer>,
}

impl Watch<'_> {
    async fn end(mut self, state: &str) -> Result<Value, Problem> {
        let is_stuck = matches!(self.coming, Coming::Never)
            && self.heartbeat.is_none()
            && self.timeout.is_none()
            && self.socket.is_none();
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
            if let Poll::Ready(outcome) = self.coming.poll(context) {
                return Poll::Ready(outcome.map_err(Problem::from));
            }
            let mut has_rung = |timer: &mut Option<Timer>| {
                timer.as_mut().is_some_and(|timer| Pin::new(timer).poll(context).is_ready())
            };
            if has_rung(&mut self.heartbeat) {
                return Poll::Ready(Err(Problem::timeout(Of::Heartbeat)));
            }
            if has_rung(&mut self.timeout) {
                return Poll::Ready(Err(Problem::timeout(Of::Task)));
            }
            if has_rung(&mut self.socket) {
                return Poll::Ready(Err(http::gave_up().into()));
            }
            Poll::Pending
        })
        .await
    }
}
