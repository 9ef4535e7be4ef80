//! Executions: state machines that run.

mod children;
mod control;
mod engine;
mod enter;
mod failure;
mod frame;
mod leave;
mod map_children;
mod map_feed;
mod map_run;
mod nested;
mod parameters;
mod price;
mod scope;
mod settings;
mod single;
mod status;
mod task;
mod trace;
mod variables;

use std::rc::Rc;
use std::time::Duration;

use asl_core::Valid;
use asl_core::model::StateMachine;
use serde_json::Value;

pub use self::price::Price;
pub use self::settings::Settings;
pub(crate) use self::single::{Ended, Single};
pub use self::status::{Exhausted, Status};
pub(crate) use self::trace::{Given, Step};

use self::engine::{Engine, RunStart};
use self::frame::{Problem, RunId};
use crate::data::payload_limit::MAX_PAYLOAD;
use crate::history::History;
use crate::program::{Program, Unready};
use crate::world::World;
use crate::{Data, TaskError, clock};

/// How long after its end an execution can be redriven (Developer Guide, "Redriving executions"), in milliseconds.
const FOURTEEN_DAYS: i64 = 14 * 86_400_000;

/// A state machine that runs: one execution, with all that it starts.
///
/// Time is virtual: nothing sleeps. Nothing happens between calls, so a test can look at the middle.
///
/// ```
/// use asl_local::{Execution, Mocks, Status};
/// use serde_json::json;
///
/// let machine = asl_core::decode(r#"{
///     "StartAt": "Wait", "States": {
///         "Wait": {"Type": "Wait", "Seconds": 31536000, "Next": "Greet"},
///         "Greet": {"Type": "Pass", "Parameters": {"text.$": "States.Format('Hello {}', $.name)"}, "End": true}
///     }}"#)?.validate()?;
/// let mut execution = Execution::start(&machine, json!({"name": "Ann"}), Mocks::new())?;
/// assert_eq!(execution.run()?, Status::Succeeded);
/// assert_eq!(execution.output(), Some(&json!({"text": "Hello Ann"})));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Execution<W> {
    engine: Engine,
    world: W,
    run: RunId,
}

impl<W: World> Execution<W> {
    /// Starts an execution with the [`Settings::new`]. Nothing happens yet but its first event.
    ///
    /// # Errors
    ///
    /// If the machine cannot be run as it stands: it has placeholders where the engine needs values. And if the input has
    /// more than 256 KiB, which `StartExecution` refuses too.
    pub fn start(machine: &Valid<StateMachine>, input: Value, world: W) -> Result<Self, Unready> {
        Self::with(Settings::new(), machine, input, world)
    }

    /// Starts an execution with these settings.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn with(
        settings: Settings,
        machine: &Valid<StateMachine>,
        input: Value,
        world: W,
    ) -> Result<Self, Unready> {
        let program = Rc::new(Program::prepare(machine)?);
        let input = Data::from(input);
        if input.size() > MAX_PAYLOAD {
            return Err(Unready {
                place: "the input".to_owned(),
                message: format!(
                    "it has {} bytes as JSON text, and an execution takes {MAX_PAYLOAD}; keep large data in S3 and \
                     hand on where it is",
                    input.size()
                ),
            });
        }
        let start = RunStart::by_user(program, &settings, input);
        let mut engine = Engine::new(settings);
        let run = engine.start_run(start);
        Ok(Self { engine, world, run })
    }

    /// Runs until the execution ends, or until nothing happens by itself any more because only task tokens are
    /// waited for: then the status is [`Status::Running`]. What it started and does not wait for stays where it is.
    ///
    /// # Errors
    ///
    /// [`Exhausted`], if it goes further than the settings allow.
    pub fn run(&mut self) -> Result<Status, Exhausted> {
        while self.step()? {}
        Ok(self.status())
    }

    /// Lets the next thing happen. `false` if the execution has ended, or only task tokens are waited for.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub fn step(&mut self) -> Result<bool, Exhausted> {
        if self.status() != Status::Running {
            return Ok(false);
        }
        if let Some(time) = self.engine.next_time()
            && self.engine.times_out_after_a_year(self.run, time)
        {
            return Ok(true);
        }
        self.engine.step(&mut self.world)
    }

    /// When the next thing happens by itself; nothing, if the execution has ended or only tokens are waited for.
    pub(crate) fn next_time(&mut self) -> Option<i64> {
        if self.status() == Status::Running { self.engine.next_time() } else { None }
    }

    /// The execution's ARN.
    pub(crate) fn arn(&self) -> &str {
        &self.engine.runs[self.run].arn
    }

    /// The execution as `DescribeExecution` shows it to a `.sync` task; to `.sync:2` with input and output parsed.
    pub(crate) fn description(&self, is_parsed: bool) -> Value {
        self.engine.description(self.run, is_parsed)
    }

    /// Runs until a task waits for its token, and gives the token. Nothing if the execution ends before.
    ///
    /// A task whose answer the world has announced, such as a mock's, needs none from outside: the run goes on through it.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub fn run_until_token(&mut self) -> Result<Option<String>, Exhausted> {
        loop {
            if let Some(token) = self.engine.unanswered_token() {
                return Ok(Some(token.to_string()));
            }
            if !self.step()? {
                return Ok(None);
            }
        }
    }

    /// Lets this much virtual time pass, and all that happens in it.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub fn advance(&mut self, time: Duration) -> Result<Status, Exhausted> {
        let until = clock::later(self.engine.now, clock::milliseconds(time));
        while self.status() == Status::Running && self.engine.next_time().is_some_and(|next| next <= until) {
            self.step()?;
        }
        if !self.engine.times_out_after_a_year(self.run, until) {
            self.engine.now = self.engine.now.max(until);
        }
        Ok(self.status())
    }

    /// The tokens that tasks wait for, sorted.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.engine.tokens.keys().map(|token| &**token)
    }

    /// The state that waits for the token.
    #[must_use]
    pub fn state_of_token(&self, token: &str) -> Option<String> {
        let (frame, _) = self.engine.tokens.get(token)?;
        Some(self.engine.kind_and_name(*frame).1.to_string())
    }

    /// `SendTaskSuccess`: the task that waits for the token succeeds with this output.
    ///
    /// # Errors
    ///
    /// If no task waits for the token, or no longer.
    pub fn task_success(&mut self, token: &str, output: Value) -> Result<(), UnknownToken> {
        let frame = self.waiting(token)?;
        self.engine.task_succeeded(frame, Data::from(output));
        Ok(())
    }

    /// `SendTaskFailure`: the task that waits for the token fails.
    ///
    /// # Errors
    ///
    /// If no task waits for the token, or no longer.
    pub fn task_failure(&mut self, token: &str, error: TaskError) -> Result<(), UnknownToken> {
        let frame = self.waiting(token)?;
        self.engine.task_failed(frame, error.into());
        Ok(())
    }

    /// `SendTaskHeartbeat`: `HeartbeatSeconds` count from now again.
    ///
    /// # Errors
    ///
    /// If no task waits for the token, or no longer.
    pub fn heartbeat(&mut self, token: &str) -> Result<(), UnknownToken> {
        let frame = self.waiting(token)?;
        self.engine.heartbeat(frame);
        Ok(())
    }

    fn waiting(&self, token: &str) -> Result<usize, UnknownToken> {
        let waiting = self.engine.tokens.get(token).map(|(frame, _)| *frame);
        waiting.ok_or_else(|| UnknownToken { token: token.to_owned() })
    }

    /// `StopExecution`: the execution is aborted. Nothing happens if it has ended.
    pub fn stop(&mut self, error: Option<&str>, cause: Option<&str>) {
        self.engine.abort_run(self.run, error.map(Rc::from), cause.map(Rc::from));
    }

    /// `RedriveExecution`: a failed, stopped or timed out execution goes on from where it ended.
    ///
    /// # Errors
    ///
    /// If the execution runs or has succeeded, if it is Express, if its history is full, or if it ended more than 14 days
    /// ago.
    pub fn redrive(&mut self) -> Result<(), NotRedrivable> {
        let run = &self.engine.runs[self.run];
        match run.status {
            Status::Running => return Err(NotRedrivable::Running),
            Status::Succeeded => return Err(NotRedrivable::Succeeded),
            Status::Failed | Status::TimedOut | Status::Aborted => {}
        }
        if run.is_express {
            return Err(NotRedrivable::Express);
        }
        if self.engine.settings.history_quota.is_some_and(|quota| run.history.len() + 1 >= quota) {
            return Err(NotRedrivable::HistoryFull);
        }
        if run.stop_time.is_some_and(|time| self.engine.now > clock::later(time, FOURTEEN_DAYS)) {
            return Err(NotRedrivable::TooLate);
        }
        self.engine.redrive(self.run);
        Ok(())
    }

    /// How it stands.
    #[must_use]
    pub fn status(&self) -> Status {
        self.engine.runs[self.run].status
    }

    /// The output, of an execution that succeeded.
    #[must_use]
    pub fn output(&self) -> Option<&Value> {
        self.engine.runs[self.run].output.as_ref().map(Data::json)
    }

    /// The error name, of an execution that failed or was stopped with one.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.problem()?.error.as_deref()
    }

    /// The cause, of an execution that failed or was stopped with one.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.problem()?.cause.as_deref()
    }

    fn problem(&self) -> Option<&Problem> {
        self.engine.runs[self.run].problem.as_ref()
    }

    /// What happened, so far.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.engine.runs[self.run].history
    }

    /// The virtual time that has passed since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        let run = &self.engine.runs[self.run];
        let milliseconds = run.stop_time.unwrap_or(self.engine.now) - run.start_time;
        Duration::from_millis(milliseconds.try_into().unwrap_or(0))
    }

    /// How many state transitions the execution made, retries included: what Standard workflows are charged for.
    /// Those of nested executions and of the children of Distributed Maps count there.
    #[must_use]
    pub fn transitions(&self) -> u64 {
        self.engine.runs[self.run].transitions
    }

    /// The transitions of this execution and of all that it started.
    #[must_use]
    pub fn all_transitions(&self) -> u64 {
        self.engine.transitions
    }

    /// The variables of the machine's own scope as they are now, by name in the order of their first assignment.
    pub fn variables(&self) -> impl Iterator<Item = (&str, &Value)> {
        let root = self.engine.runs[self.run].root;
        let own = self.engine.frames.get(root).map(|frame| frame.variables.own()).unwrap_or_default();
        own.iter().map(|(name, value)| (&**name, value.json()))
    }

    /// What is outside of the machine.
    #[must_use]
    pub fn world(&self) -> &W {
        &self.world
    }

    /// What is outside of the machine, to change it between steps.
    pub fn world_mut(&mut self) -> &mut W {
        &mut self.world
    }
}

/// No task waits for this token: it never was one, or the task has ended or timed out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no task waits for the token `{token}`: it is none of this execution, or its task has ended")]
pub struct UnknownToken {
    /// The token.
    pub token: String,
}

/// Why an execution cannot be redriven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRedrivable {
    /// It still runs.
    #[error("the execution still runs; only one that failed, timed out or was stopped can be redriven")]
    Running,
    /// It has succeeded.
    #[error("the execution has succeeded; only one that failed, timed out or was stopped can be redriven")]
    Succeeded,
    /// Express workflows have no redrive.
    #[error("Express executions cannot be redriven")]
    Express,
    /// There is no room for more events.
    #[error("the history has no room for more events: 25,000 is the service's quota")]
    HistoryFull,
    /// Too much time has passed.
    #[error(
        "the execution ended more than 14 days ago, which is longer than the service lets one be redriven"
    )]
    TooLate,
}
