//! States are entered, and their work begins.

use std::rc::Rc;

use super::engine::{Engine, What};
use super::frame::{FrameId, Phase, Problem};
use super::scope::Here;
use super::status::Exhausted;
use super::trace::Step;
use crate::clock;
use crate::history::{Details, StateKind};
use crate::program::{State, TextField, Until, Work};
use crate::{Data, Failure};

impl Engine {
    /// The frame enters its state.
    pub(super) fn enter(&mut self, id: FrameId) -> Result<(), Exhausted> {
        let program = self.program_of(id);
        let state = program.state(self.frames[id].state);
        self.charge(id, What::Enter)?;
        let now = self.now;
        let frame = &mut self.frames[id];
        frame.before_entry = frame.last_event;
        frame.entered_time = now;
        frame.retry_count = 0;
        frame.retries.clear();
        frame.phase = Phase::Entering;
        let input = frame.input.clone();
        let event =
            self.follow(id, Details::StateEntered { kind: state.kind, name: Rc::clone(&state.name), input });
        self.frames[id].entered_event = event;
        self.recall_retries(id, state);
        self.begin_work(id, state);
        Ok(())
    }

    /// A retrier has waited. Each retry is charged as a transition.
    pub(super) fn retry(&mut self, id: FrameId) -> Result<(), Exhausted> {
        self.charge(id, What::Retry)?;
        self.work(id);
        Ok(())
    }

    /// The work of the state begins again.
    pub(super) fn work(&mut self, id: FrameId) {
        let program = self.program_of(id);
        self.begin_work(id, program.state(self.frames[id].state));
    }

    pub(super) fn begin_work(&mut self, id: FrameId, state: &State) {
        if self.is_traced(id) && self.begin_mocked(id, state) {
            return;
        }
        match &state.work {
            Work::Pass { .. } | Work::Choice { .. } | Work::Succeed => self.soon(id, What::Leave),
            Work::Wait(until) => self.begin_wait(id, state, until),
            Work::Fail { error, cause } => self.fail_state(id, state, error.as_ref(), cause.as_ref()),
            Work::Task(task) => self.schedule_task(id, state, task),
            Work::Parallel(branches) => self.begin_parallel(id, state, branches),
            Work::Map(map) => self.begin_map(id, state, map),
        }
    }

    fn begin_wait(&mut self, id: FrameId, state: &State, until: &Until) {
        match self.wait_until(id, state, until) {
            Ok(time) => {
                self.frames[id].phase = Phase::Waiting;
                self.at(time, id, What::Waited);
            }
            Err(failure) => self.fail_evaluation(id, failure),
        }
    }

    /// When the Wait is over, in milliseconds since 1970-01-01T00:00:00Z. The past is over at once.
    fn wait_until(&self, id: FrameId, state: &State, until: &Until) -> Result<i64, Failure> {
        /// 2^31 seconds less one: recorded as the longest that is accepted.
        const LONGEST: i64 = 2_147_483_647_000;
        let here = Here::new(self, id, state);
        let effective = self.effective_input(&here, state)?;
        let here = here.input(&effective);
        let time = match until {
            Until::Seconds(seconds) => clock::later(self.now, seconds.read(&here)?.saturating_mul(1_000)),
            Until::Time(time) => *time,
            Until::TimestampExpression(expression) => {
                crate::jsonata::timestamp(&expression.evaluate("Timestamp", &here)?)?
            }
            Until::TimestampPath(path) => {
                let time = crate::json_path::read::timestamp(path, &here)?;
                time.unix_seconds().saturating_mul(1_000)
            }
        };
        if time.saturating_sub(self.now) > LONGEST {
            return Err(Failure::runtime("Wait state delay is too long."));
        }
        Ok(time)
    }

    pub(super) fn waited(&mut self, id: FrameId) {
        self.frames[id].phase = Phase::Entering;
        self.leave(id);
    }

    fn fail_state(
        &mut self,
        id: FrameId,
        state: &State,
        error: Option<&TextField>,
        cause: Option<&TextField>,
    ) {
        // as recorded: a Fail has no `InputPath`, and is shown with what one would give
        self.note(id, Step::InputPath, &self.frames[id].input);
        let here = Here::new(self, id, state);
        let read = |field: Option<&TextField>, name: &str| -> Result<Option<Rc<str>>, Failure> {
            field.map(|field| field.read(name, &here)).transpose()
        };
        let problem = read(error, "Error")
            .and_then(|error| Ok(Problem { error, cause: read(cause, "Cause")?, ..Problem::default() }));
        match problem {
            Ok(problem) => self.unhandled(id, problem),
            Err(failure) => self.fail_evaluation(id, failure),
        }
    }

    /// The effective input: what `InputPath` selects. JSONata has the state's input as it is.
    pub(super) fn effective_input(&self, here: &Here<'_>, state: &State) -> Result<Data, Failure> {
        let effective = state.input_path.apply(here)?;
        self.note(here.frame, Step::InputPath, &effective);
        Ok(effective)
    }
}

impl StateKind {
    /// Whether its Context Object tells how often it was retried.
    pub(super) const fn may_be_retried(self) -> bool {
        matches!(self, Self::Task | Self::Parallel | Self::Map)
    }
}
