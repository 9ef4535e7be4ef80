//! Errors on their way: to a retrier, to a catcher, or out of the state.

use std::rc::Rc;

use asl_core::model::QueryLanguage;
use serde_json::{Map, Value};

use super::engine::{Engine, What};
use super::frame::{FrameId, Phase, Problem};
use super::leave::{Exit, Refusal};
use super::scope::Here;
use super::status::Status;
use super::trace::Ending;
use crate::clock;
use crate::data::payload_limit::DATA_LIMIT;
use crate::history::{Details, StateKind};
use crate::program::{Catcher, Jitter, Retrier, State};
use crate::random::{Random, unit};
use crate::{Data, Failure};

const RUNTIME: &str = "States.Runtime";
const QUERY: &str = "States.QueryEvaluationError";

impl Engine {
    /// A field of the state could not be evaluated.
    pub(super) fn fail_evaluation(&mut self, id: FrameId, failure: Failure) {
        let problem = self.evaluation_failed(id, failure);
        self.handle(id, problem);
    }

    /// Writes down that an expression failed, if it was one, and gives the error that comes of it.
    fn evaluation_failed(&mut self, id: FrameId, failure: Failure) -> Problem {
        let program = self.program_of(id);
        let state = program.state(self.frames[id].state);
        let cause: Rc<str> =
            if failure.is_bare { failure.cause } else { self.explained(id, state, &failure.cause) }.into();
        let error: Rc<str> = failure.error.into();
        if &*error == QUERY {
            let frame = &mut self.frames[id];
            // as recorded: what fails while the state is being entered follows what came before it, but in a Wait
            if frame.last_event == frame.entered_event && state.kind != StateKind::Wait {
                frame.last_event = frame.before_entry;
            }
            let details = Details::EvaluationFailed {
                state: Rc::clone(&state.name),
                error: Rc::clone(&error),
                cause: Rc::clone(&cause),
                location: failure.location.map(Into::into),
            };
            self.follow(id, details);
        }
        Problem::new(error, cause)
    }

    /// Gives an error of the state's work to the first retrier or catcher that matches.
    pub(super) fn handle(&mut self, id: FrameId, problem: Problem) {
        self.forget_token(id);
        if let Some(trace) = self.trace_of(id) {
            trace.problem = Some(problem.clone());
        }
        let program = self.program_of(id);
        let state = program.state(self.frames[id].state);
        if let Some(index) = state.retry.iter().position(|retrier| problem.matches(&retrier.errors))
            && self.retries(id, state, index)
        {
            return;
        }
        match state.catch.iter().position(|catcher| problem.matches(&catcher.errors)) {
            Some(index) => self.catch(id, state, index, &problem),
            None => self.unhandled(id, problem),
        }
    }

    /// Lets the retrier wait, if it has attempts left. If not, no later one is asked.
    fn retries(&mut self, id: FrameId, state: &State, index: usize) -> bool {
        let retrier = &state.retry[index];
        let frame = &mut self.frames[id];
        frame.retries.resize(state.retry.len(), 0);
        let count = frame.retries[index];
        if let Some(trace) = self.trace_of(id) {
            trace.retrier = Some((index, None));
        }
        if count >= retrier.max_attempts {
            return false;
        }
        let frame = &mut self.frames[id];
        frame.retries[index] += 1;
        frame.retry_count += 1;
        self.drop_work(id);
        let delay = retrier.delay(count, &*self.random);
        if let Some(trace) = self.trace_of(id) {
            #[allow(clippy::cast_precision_loss, reason = "a wait of 2^53 milliseconds is no wait that ends")]
            let seconds = delay as f64 / 1_000.0;
            trace.retrier = Some((index, Some(seconds)));
            self.end_test(id, Ending::Retriable);
            return true;
        }
        let frame = &mut self.frames[id];
        frame.phase = Phase::BackingOff;
        self.renew_ticket(id);
        self.at(clock::later(self.now, delay), id, What::Retry);
        true
    }

    fn catch(&mut self, id: FrameId, state: &State, index: usize, problem: &Problem) {
        self.drop_work(id);
        if let Some(trace) = self.trace_of(id) {
            trace.catcher = Some(index);
        }
        let caught = self.caught(id, state, index, problem);
        let caught = caught.map(|exit| self.refusal(id, state, &exit).map_or(Ok(exit), Err));
        // nothing catches what goes wrong in a catcher, nor that it gives too much
        match caught {
            Ok(Ok(exit)) => {
                if matches!(state.kind, StateKind::Parallel | StateKind::Map) {
                    self.follow(id, Details::StateFailed { kind: state.kind });
                }
                self.left(id, state, exit);
            }
            Ok(Err(Refusal::TooLarge(problem))) => self.unhandled(id, problem),
            Ok(Err(Refusal::TooDeep(failure))) | Err(failure) => {
                let problem = self.evaluation_failed(id, failure);
                self.unhandled(id, problem);
            }
        }
    }

    fn caught(&self, id: FrameId, state: &State, index: usize, problem: &Problem) -> Result<Exit, Failure> {
        let Catcher { result_path, output, assign, next, .. } = &state.catch[index];
        let error_output = problem.error_output();
        let here = Here::new(self, id, state);
        let here = match state.language {
            QueryLanguage::JsonPath => here.input(&error_output),
            QueryLanguage::Jsonata => here.error_output(&error_output),
        };
        let field = |name: &str| format!("Catch[{index}]/{name}");
        let assigned = match assign {
            Some(assign) => assign.evaluate(&field("Assign"), &here)?,
            None => Vec::new(),
        };
        let output = match (state.language, output) {
            (QueryLanguage::Jsonata, Some(output)) => output.evaluate(&field("Output"), &here)?,
            (QueryLanguage::Jsonata, None) => error_output.clone(),
            (QueryLanguage::JsonPath, _) => {
                result_path.place(&self.frames[id].input, error_output.clone())?
            }
        };
        Ok(Exit { output, assigned, next: Some(*next) })
    }

    /// Nothing in the state handles the error: it goes on to what is around it.
    pub(super) fn unhandled(&mut self, id: FrameId, problem: Problem) {
        if let Some(trace) = self.trace_of(id) {
            trace.problem = Some(problem);
            return self.end_test(id, Ending::Failed);
        }
        let program = self.program_of(id);
        let state = program.state(self.frames[id].state);
        self.renew_ticket(id);
        // as recorded: what fails in the state's own fields at run time ends the execution without a word of the state
        let is_own = problem.error.as_deref() == Some(RUNTIME)
            && !matches!(self.frames[id].phase, Phase::Children(_) | Phase::MapRun(_));
        if matches!(state.kind, StateKind::Parallel | StateKind::Map) && !is_own {
            self.follow(id, Details::StateFailed { kind: state.kind });
        }
        match self.frames[id].parent {
            Some((parent, index)) => self.child_failed(parent, index, id, problem),
            None => self.run_failed(self.frames[id].run, problem),
        }
    }

    fn run_failed(&mut self, run: usize, problem: Problem) {
        let root = self.runs[run].root;
        let Problem { error, cause, .. } = problem.clone();
        self.follow(root, Details::ExecutionFailed { error, cause });
        self.runs[run].problem = Some(problem);
        self.close_run(run, Status::Failed);
    }

    /// The token, if there is one, is good for nothing any more.
    pub(super) fn forget_token(&mut self, id: FrameId) {
        if let Some(token) = self.frames[id].token.take() {
            self.tokens.remove(&token);
        }
    }
}

impl Problem {
    /// Whether a retrier or catcher with these names is meant (specification, "Error Representation").
    fn matches(&self, names: &[String]) -> bool {
        let error = self.error.as_deref();
        // as recorded: a task's result that is too large is an error like others
        let is_terminal = error == Some(RUNTIME) || (error == Some(DATA_LIMIT) && !self.is_of_task);
        names.iter().any(|name| match name.as_str() {
            RUNTIME => false,
            "States.ALL" => !is_terminal,
            "States.TaskFailed" => !is_terminal && error != Some("States.Timeout"),
            "States.HeartbeatTimeout" if self.is_heartbeat => true,
            // the specification's name; the service shows the branch's own, and no recording says that it matches
            "States.BranchFailed" if self.is_of_branch => !is_terminal,
            name => error == Some(name),
        })
    }

    /// The Error Output: what a catcher puts into the data.
    pub(super) fn error_output(&self) -> Data {
        let text = |text: &Option<Rc<str>>| text.as_deref().map_or(Value::Null, Value::from);
        let mut object = Map::new();
        object.insert("Error".to_owned(), text(&self.error));
        object.insert("Cause".to_owned(), text(&self.cause));
        Data::from(Value::Object(object))
    }
}

impl Retrier {
    /// How long to wait before the attempt, in milliseconds. `count` attempts were made by this retrier before.
    fn delay(&self, count: u32, random: &dyn Random) -> i64 {
        let exponent = i32::try_from(count).unwrap_or(i32::MAX);
        let mut seconds = self.interval * self.backoff_rate.powi(exponent);
        if let Some(most) = self.max_delay {
            seconds = seconds.min(most);
        }
        if self.jitter == Jitter::Full {
            seconds *= unit(random);
        }
        // infinity becomes the end of time
        #[allow(clippy::cast_possible_truncation, reason = "what does not fit is the largest that does")]
        let milliseconds = (seconds * 1_000.0).round() as i64;
        milliseconds.max(0)
    }
}
