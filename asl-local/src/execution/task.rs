//! Tasks: scheduled, started, answered by the world, or too late.

use std::rc::Rc;

use asl_core::syntax::resource::Pattern;
use serde_json::{Map, Value};

use super::engine::{Engine, What};
use super::frame::{Attempt, Frame, FrameId, Phase, Problem};
use super::leave::{too_large, too_large_to_give};
use super::parameters;
use super::scope::Here;
use super::trace::Step;
use crate::clock;
use crate::data::payload_limit::MAX_PAYLOAD;
use crate::history::{Details, TaskKind};
use crate::program::{State, Task, Work};
use crate::random;
use crate::world::{Call, Outcome, World, http};
use crate::{Data, Failure, TaskError};

impl Engine {
    pub(super) fn schedule_task(&mut self, id: FrameId, state: &State, task: &Task) {
        if task.has_token {
            self.frames[id].token = Some(random::token(&*self.random).into());
        }
        match self.attempt(id, state, task) {
            Ok(attempt) => self.scheduled(id, task, attempt),
            Err(failure) => {
                self.forget_token(id);
                self.fail_evaluation(id, failure);
            }
        }
    }

    /// All that is read of the state before the task is scheduled.
    fn attempt(&self, id: FrameId, state: &State, task: &Task) -> Result<Attempt, Failure> {
        let here = Here::new(self, id, state);
        let effective = self.effective_input(&here, state)?;
        let here = here.input(&effective);
        let parameters = match &task.parameters {
            Some(parameters) => parameters.evaluate(state.parameters_name(), &here)?,
            None => effective.clone(),
        };
        self.note(id, Step::Parameters, &parameters);
        parameters::check(state, task, &parameters)?;
        if let Some(failure) = too_large_to_give(state.parameters_name(), &parameters) {
            return Err(failure);
        }
        let credentials =
            task.credentials.as_ref().map(|it| it.evaluate("Credentials", &here)).transpose()?;
        let seconds = |field: &Option<crate::program::Integer>| -> Result<Option<i64>, Failure> {
            field.as_ref().map(|field| Ok(field.read(&here)?.saturating_mul(1_000))).transpose()
        };
        Ok(Attempt {
            parameters,
            credentials,
            timeout: seconds(&task.timeout)?,
            heartbeat: seconds(&task.heartbeat)?,
            heartbeat_due: 0,
            outcome: None,
            nested: None,
            is_started: false,
            scheduled: None,
        })
    }

    fn scheduled(&mut self, id: FrameId, task: &Task, attempt: Attempt) {
        let role = crate::history::role_arn(attempt.credentials.as_ref().map(Data::json));
        let details = Details::TaskScheduled {
            task: task.family.clone(),
            resource: Rc::clone(&task.resource),
            region: self.settings.region.as_str().into(),
            parameters: attempt.parameters.clone(),
            timeout_in_seconds: attempt.timeout.map(|time| time / 1_000),
            heartbeat_in_seconds: attempt.heartbeat.map(|time| time / 1_000),
            role_arn: role,
        };
        self.held(id, attempt.parameters.size());
        let scheduled = if task.family == TaskKind::Activity {
            Some(details)
        } else {
            self.follow(id, details);
            None
        };
        let attempt = Attempt { scheduled, ..attempt };
        self.frames[id].phase = Phase::Task(Box::new(attempt));
        self.renew_ticket(id);
        self.soon(id, What::StartTask);
    }

    /// The task starts: the world is asked what will come of it.
    pub(super) fn start_task(&mut self, id: FrameId, world: &mut dyn World) {
        let program = self.program_of(id);
        let state = program.state(self.frames[id].state);
        let (Work::Task(task), Phase::Task(attempt)) = (&state.work, &self.frames[id].phase) else { return };
        if task.family == TaskKind::Activity {
            if !world.has_activity(&task.resource) {
                let cause = format!("The activity {} does not exist.", task.resource);
                self.forget_token(id);
                return self.fail_evaluation(id, Failure::runtime(cause));
            }
            // of an activity that does not exist nothing is scheduled, as recorded
            if let Some(scheduled) = attempt.scheduled.clone() {
                self.follow(id, scheduled);
            }
        }
        let (Work::Task(task), Phase::Task(attempt)) = (&state.work, &self.frames[id].phase) else { return };
        let frame = &self.frames[id];
        let reply = world.call(&Call {
            state: &state.name,
            resource: &task.resource,
            input: attempt.parameters.json(),
            token: frame.token.as_deref(),
            retry_count: frame.retry_count,
            credentials: attempt.credentials.as_ref().map(Data::json),
            execution: &self.runs[frame.run].arn,
            time: self.now,
        });
        let family = task.family.clone();
        if let Outcome::StartFailure(TaskError { error, cause }) = reply.outcome {
            let (error, cause) = (error.map(Rc::from), cause.map(Rc::from));
            self.follow(
                id,
                Details::TaskStartFailed { task: family, error: error.clone(), cause: cause.clone() },
            );
            return self.failing(id, Problem { error, cause, is_of_task: true, ..Problem::default() });
        }
        self.follow(
            id,
            Details::TaskStarted { task: family.clone(), worker_name: reply.worker.map(Rc::from) },
        );
        if task.pattern != Pattern::RequestResponse {
            // what fails may have failed before it was submitted; what ends well, or is waited for, was
            let was_submitted = matches!(reply.outcome, Outcome::Success(_) | Outcome::Pending);
            let response = reply.submitted.or_else(|| was_submitted.then(|| Value::Object(Map::new())));
            if let Some(output) = response {
                self.follow(id, Details::TaskSubmitted { task: family, output: Data::from(output) });
            }
        }
        self.watch_task(id);
        if task.is_http() {
            self.at(clock::later(self.now, http::LONGEST_CALL), id, What::SocketTimeout);
        }
        self.await_outcome(id, reply.outcome, clock::milliseconds(reply.after));
    }

    /// Sets the clocks of a started task: `TimeoutSeconds`, `HeartbeatSeconds`.
    fn watch_task(&mut self, id: FrameId) {
        let now = self.now;
        let Frame { ticket, token, phase, .. } = &mut self.frames[id];
        let Phase::Task(attempt) = phase else { return };
        attempt.is_started = true;
        let (timeout, heartbeat) = (attempt.timeout, attempt.heartbeat);
        if let Some(heartbeat) = heartbeat {
            attempt.heartbeat_due = clock::later(now, heartbeat);
        }
        if let Some(token) = token.clone() {
            let ticket = *ticket;
            self.tokens.insert(token, (id, ticket));
        }
        if let Some(heartbeat) = heartbeat {
            self.at(clock::later(now, heartbeat), id, What::Heartbeat);
        }
        if let Some(timeout) = timeout {
            self.at(clock::later(now, timeout), id, What::TaskTimeout);
        }
    }

    fn await_outcome(&mut self, id: FrameId, outcome: Outcome, after: i64) {
        let time = clock::later(self.now, after);
        match outcome {
            Outcome::Pending | Outcome::StartFailure(_) => {}
            Outcome::Execution(child) => self.start_nested(id, *child),
            outcome => {
                if let Phase::Task(attempt) = &mut self.frames[id].phase {
                    attempt.outcome = Some(outcome);
                }
                // before the clocks of the task if they ring at the same time
                self.at_first(time, id, What::EndTask);
            }
        }
    }

    /// What the world announced comes true.
    pub(super) fn end_task(&mut self, id: FrameId) {
        let Phase::Task(attempt) = &mut self.frames[id].phase else { return };
        match attempt.outcome.take() {
            Some(Outcome::Success(value)) => self.task_succeeded(id, Data::from(value)),
            Some(Outcome::Failure(error)) => self.task_failed(id, error.into()),
            _ => {}
        }
    }

    pub(super) fn task_succeeded(&mut self, id: FrameId, output: Data) {
        let program = self.program_of(id);
        let Work::Task(task) = &program.state(self.frames[id].state).work else { return };
        if output.size() > MAX_PAYLOAD {
            let problem = Problem { is_of_task: true, ..too_large(task.name_in_causes()) };
            return self.task_failed(id, problem);
        }
        self.forget_token(id);
        self.renew_ticket(id);
        self.held(id, output.size());
        self.follow(id, Details::TaskSucceeded { task: task.family.clone(), output: output.clone() });
        self.note(id, Step::Result, &output);
        self.frames[id].phase = Phase::Result(output);
        self.leave(id);
    }

    pub(super) fn task_failed(&mut self, id: FrameId, problem: Problem) {
        let program = self.program_of(id);
        let Work::Task(task) = &program.state(self.frames[id].state).work else { return };
        self.renew_ticket(id);
        let Problem { error, cause, .. } = problem.clone();
        self.follow(id, Details::TaskFailed { task: task.family.clone(), error, cause });
        self.failing(id, problem);
    }

    pub(super) fn task_timed_out(&mut self, id: FrameId, is_heartbeat: bool) {
        let program = self.program_of(id);
        let Work::Task(task) = &program.state(self.frames[id].state).work else { return };
        // first, so that the end of a nested execution is no answer any more
        self.renew_ticket(id);
        self.abort_nested(id);
        let problem = Problem::timeout(is_heartbeat);
        let Problem { error, cause, .. } = problem.clone();
        self.follow(id, Details::TaskTimedOut { task: task.family.clone(), error, cause });
        self.failing(id, problem);
    }

    /// An HTTP task is given up after a minute.
    pub(super) fn socket_timed_out(&mut self, id: FrameId) {
        self.task_failed(id, http::gave_up().into());
    }

    /// The task has failed. Handlers are asked after all else that happens at this time: of tasks that fail at the
    /// same time, the service writes down each before the first has its consequences.
    fn failing(&mut self, id: FrameId, problem: Problem) {
        self.forget_token(id);
        self.renew_ticket(id);
        self.frames[id].phase = Phase::Failing(Box::new(problem));
        self.soon(id, What::HandleFailure);
    }

    pub(super) fn handle_failure(&mut self, id: FrameId) {
        if let Phase::Failing(problem) = &self.frames[id].phase {
            let problem = (**problem).clone();
            self.handle(id, problem);
        }
    }

    /// Time for a heartbeat: either one has come since, or the task is given up.
    pub(super) fn heartbeat_due(&mut self, id: FrameId) {
        let Phase::Task(attempt) = &self.frames[id].phase else { return };
        let due = attempt.heartbeat_due;
        if due > self.now {
            self.at(due, id, What::Heartbeat);
        } else {
            self.task_timed_out(id, true);
        }
    }

    /// The first token whose task nobody has announced an answer for.
    pub(super) fn unanswered_token(&self) -> Option<&Rc<str>> {
        let is_unanswered = |frame: FrameId| match &self.frames[frame].phase {
            Phase::Task(attempt) => attempt.outcome.is_none() && attempt.nested.is_none(),
            _ => false,
        };
        self.tokens.iter().find(|(_, (frame, _))| is_unanswered(*frame)).map(|(token, _)| token)
    }

    /// A sign of life of the task that waits for this token.
    pub(super) fn heartbeat(&mut self, id: FrameId) {
        let now = self.now;
        if let Phase::Task(attempt) = &mut self.frames[id].phase
            && let Some(heartbeat) = attempt.heartbeat
        {
            attempt.heartbeat_due = clock::later(now, heartbeat);
        }
    }
}

impl Task {
    fn is_http(&self) -> bool {
        matches!(&self.family, TaskKind::Service { resource_type, .. } if &**resource_type == "http")
    }

    /// How causes name the task: the function's ARN, or the service.
    fn name_in_causes(&self) -> &str {
        match &self.family {
            TaskKind::Service { resource_type, .. } => resource_type,
            TaskKind::LambdaFunction | TaskKind::Activity => &self.resource,
        }
    }
}
