//! Executions that a state starts: `states:startExecution`.

use std::rc::Rc;

use asl_core::syntax::resource::Pattern;
use serde_json::{Value, json};

use super::engine::{Engine, RunStart};
use super::frame::{FrameId, Link, Phase, Problem, RunId};
use super::status::Status;
use crate::Data;
use crate::clock;
use crate::history::{Details, TaskKind};
use crate::program::{Program, Work};
use crate::world::ChildExecution;

/// How deep executions may start executions that they wait for. The service's own limit is not known.
const MAX_NESTING: u32 = 200;

/// The most characters that a cause may have (API reference).
const LONGEST_CAUSE: usize = 32_768;

impl Engine {
    /// Starts an execution for a task. A `.sync` task waits for its end, another is done.
    pub(super) fn start_nested(&mut self, id: FrameId, child: ChildExecution) {
        let pattern = self.pattern(id);
        let waits = matches!(pattern, Pattern::Sync | Pattern::Sync2);
        let ticket = self.frames[id].ticket;
        let depth = self.runs[self.frames[id].run].depth + 1;
        if depth > MAX_NESTING {
            let cause =
                format!("Executions are nested more than {MAX_NESTING} deep, more than the engine holds.");
            return self.task_failed(id, Problem::new("States.Runtime", cause));
        }
        self.nested += 1;
        let number = self.nested;
        let name = child.name.unwrap_or_else(|| format!("{}-{number}", self.settings.name));
        let machine = child.machine_name;
        let (region, account) = (&self.settings.region, &self.settings.account);
        let arn: Rc<str> = format!("arn:aws:states:{region}:{account}:execution:{machine}:{name}").into();
        let machine_arn: Rc<str> = format!("arn:aws:states:{region}:{account}:stateMachine:{machine}").into();
        let program = match Program::prepare(&child.machine) {
            Ok(program) => Rc::new(program),
            Err(unready) => {
                return self.task_failed(id, Problem::new("States.Runtime", unready.to_string()));
            }
        };
        let start = RunStart {
            is_express: program.is_express(),
            program,
            arn: Rc::clone(&arn),
            name: name.into(),
            machine_arn,
            machine_name: machine.into(),
            input: Data::from(child.input),
            variables: Rc::default(),
            link: if waits { Link::Task { frame: id, ticket } } else { Link::Nobody },
            state: None,
            item: None,
            depth,
        };
        let run = self.start_run(start);
        let started = json!({"ExecutionArn": &*arn, "StartDate": clock::iso(self.now)});
        if pattern == Pattern::RequestResponse {
            return self.task_succeeded(id, Data::from(started));
        }
        let task = self.task_kind(id);
        self.follow(id, Details::TaskSubmitted { task, output: Data::from(started) });
        if waits && let Phase::Task(attempt) = &mut self.frames[id].phase {
            attempt.nested = Some(run);
        }
    }

    fn pattern(&self, id: FrameId) -> Pattern {
        let frame = &self.frames[id];
        match &self.runs[frame.run].program.state(frame.state).work {
            Work::Task(task) => task.pattern,
            _ => Pattern::RequestResponse,
        }
    }

    /// A nested execution has ended: so does the task that waits for it, if it still does.
    pub(super) fn nested_ended(&mut self, run: RunId, frame: FrameId, ticket: u64) {
        let Some(waiting) = self.frames.get(frame) else { return };
        if waiting.ticket != ticket {
            return;
        }
        let is_parsed = self.pattern(frame) == Pattern::Sync2;
        let description = self.description(run, is_parsed);
        if self.runs[run].status == Status::Succeeded {
            self.task_succeeded(frame, Data::from(description));
        } else {
            // the API's limit; without it, causes within causes double their escapes at every level
            let cause: String = description.to_string().chars().take(LONGEST_CAUSE).collect();
            self.task_failed(frame, Problem::new("States.TaskFailed", cause));
        }
    }

    /// The execution as `DescribeExecution` shows it to a `.sync` task; `.sync:2` has input and output parsed.
    pub(super) fn description(&self, run: RunId, is_parsed: bool) -> Value {
        let run = &self.runs[run];
        let payload =
            |data: &Data| if is_parsed { data.json().clone() } else { data.json().to_string().into() };
        let mut object = serde_json::Map::new();
        object.insert("ExecutionArn".to_owned(), (*run.arn).into());
        if let Some(problem) = &run.problem {
            if let Some(error) = &problem.error {
                object.insert("Error".to_owned(), (**error).into());
            }
            if let Some(cause) = &problem.cause {
                object.insert("Cause".to_owned(), (**cause).into());
            }
        }
        object.insert("Input".to_owned(), payload(&run.input));
        object.insert("InputDetails".to_owned(), json!({"Included": true}));
        object.insert("Name".to_owned(), (*run.name).into());
        if let Some(output) = &run.output {
            object.insert("Output".to_owned(), payload(output));
            object.insert("OutputDetails".to_owned(), json!({"Included": true}));
        }
        object.insert("StartDate".to_owned(), run.start_time.into());
        object.insert("StateMachineArn".to_owned(), (*run.machine_arn).into());
        object.insert("Status".to_owned(), run.status.as_str().into());
        if let Some(time) = run.stop_time {
            object.insert("StopDate".to_owned(), time.into());
        }
        Value::Object(object)
    }

    /// Stops the execution that a task waits for.
    pub(super) fn abort_nested(&mut self, id: FrameId) {
        let nested = match &mut self.frames[id].phase {
            Phase::Task(attempt) => attempt.nested.take(),
            _ => None,
        };
        if let Some(run) = nested {
            self.abort_run(run, None, None);
        }
    }

    fn task_kind(&self, id: FrameId) -> TaskKind {
        let frame = &self.frames[id];
        match &self.runs[frame.run].program.state(frame.state).work {
            Work::Task(task) => task.family.clone(),
            _ => TaskKind::LambdaFunction,
        }
    }
}
