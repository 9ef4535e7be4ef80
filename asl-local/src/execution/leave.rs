//! States are left: output, variables, and what comes next.

use std::rc::Rc;

use asl_core::model::QueryLanguage;

use super::engine::{Engine, What};
use super::frame::{FrameId, Link, Phase, Problem};
use super::scope::Here;
use super::status::Status;
use super::trace::{Ending, Step};
use crate::data::payload_limit::{self, DATA_LIMIT, MAX_PAYLOAD};
use crate::history::Details;
use crate::program::{Assign, Name, Payload, State, StateId, Work};
use crate::{Data, Failure};

/// The depth of data that the engine holds. The service's own limit is not known.
const MAX_DEPTH: usize = 1_000;

/// What a state leaves behind.
pub(super) struct Exit {
    pub(super) output: Data,
    pub(super) assigned: Vec<(Name, Data)>,
    pub(super) next: Option<StateId>,
}

/// Why a state cannot be left with its output and variables.
pub(super) enum Refusal {
    TooLarge(Problem),
    TooDeep(Failure),
}

impl Engine {
    /// The work of the state is done.
    pub(super) fn leave(&mut self, id: FrameId) {
        let program = self.program_of(id);
        let state = program.state(self.frames[id].state);
        let exit = match &state.work {
            Work::Choice { .. } => self.choose(id, state),
            _ => self.exit(id, state).map(Some),
        };
        match exit {
            Ok(Some(exit)) => match self.refusal(id, state, &exit) {
                None => self.left(id, state, exit),
                Some(Refusal::TooLarge(problem)) => self.handle(id, problem),
                Some(Refusal::TooDeep(failure)) => self.fail_evaluation(id, failure),
            },
            Ok(None) => {
                // the error is the specification's; the words were measured by others, under `States.Runtime`
                let cause = self.explained(
                    id,
                    state,
                    "Failed to transition out of the state. The state does not point to a next state.",
                );
                self.unhandled(id, Problem::new("States.NoChoiceMatched", cause));
            }
            Err(failure) => self.fail_evaluation(id, failure),
        }
    }

    /// Why the state cannot be left in this way, if it cannot.
    pub(super) fn refusal(&mut self, id: FrameId, state: &State, exit: &Exit) -> Option<Refusal> {
        if exit.output.size() > MAX_PAYLOAD {
            return Some(Refusal::TooLarge(too_large(&state.name)));
        }
        if exit.output.is_deeper_than(MAX_DEPTH) {
            let cause = format!(
                "The output is nested more than {MAX_DEPTH} levels deep, more than the engine holds."
            );
            return Some(Refusal::TooDeep(Failure::runtime(cause)));
        }
        self.too_much_assigned(id, state, &exit.assigned).map(Refusal::TooLarge)
    }

    /// Leaves the state with this exit, which was not refused.
    pub(super) fn left(&mut self, id: FrameId, state: &State, exit: Exit) {
        let Exit { output, assigned, next } = exit;
        if !output.is_same(&self.frames[id].input) {
            self.held(id, output.size());
        }
        let frame = &mut self.frames[id];
        if !assigned.is_empty() {
            let variables = Rc::make_mut(&mut frame.variables);
            for (name, value) in &assigned {
                variables.assign(name, value.clone());
            }
        }
        if self.is_traced(id) {
            let next = next.map(|next| Rc::clone(&self.program_of(id).state(next).name));
            return self.end_test(id, Ending::Left { output, next });
        }
        let frame = &mut self.frames[id];
        frame.token = None;
        frame.phase = Phase::Entering;
        frame.input = output.clone();
        let details = Details::StateExited {
            kind: state.kind,
            name: Rc::clone(&state.name),
            output: output.clone(),
            assigned: if assigned.is_empty() { Rc::clone(&self.nothing_assigned) } else { assigned.into() },
        };
        self.follow(id, details);
        match next {
            Some(next) => {
                let frame = &mut self.frames[id];
                frame.state = next;
                frame.entered_event = 0;
                self.renew_ticket(id);
                self.soon(id, What::Enter);
            }
            None => self.ended(id, output),
        }
    }

    /// The thread of control has come to the end of its scope.
    fn ended(&mut self, id: FrameId, output: Data) {
        self.renew_ticket(id);
        let frame = &mut self.frames[id];
        frame.phase = Phase::Ended;
        match frame.parent {
            Some((parent, index)) => self.child_ended(parent, index, output),
            None => self.run_ended(id, output),
        }
    }

    fn run_ended(&mut self, id: FrameId, output: Data) {
        let run = self.frames[id].run;
        self.follow(id, Details::ExecutionSucceeded { output: output.clone() });
        self.runs[run].output = Some(output);
        self.close_run(run, Status::Succeeded);
    }

    /// Notes how the execution ended and tells whoever waits for it.
    pub(super) fn close_run(&mut self, id: usize, status: Status) {
        let now = self.now;
        let run = &mut self.runs[id];
        run.status = status;
        run.stop_time = Some(now);
        match run.link {
            Link::User => {}
            Link::Nobody => self.remove_run(id),
            Link::Task { frame, ticket } => {
                self.nested_ended(id, frame, ticket);
                self.remove_run(id);
            }
            Link::Map { frame, index } => self.map_child_ended(id, frame, index),
        }
    }

    /// Output and variables of all states but Choice.
    fn exit(&self, id: FrameId, state: &State) -> Result<Exit, Failure> {
        let result = match &self.frames[id].phase {
            Phase::Result(result) => Some(result),
            _ => None,
        };
        let (output, assigned) = match state.language {
            QueryLanguage::Jsonata => self.jsonata_exit(id, state, result)?,
            QueryLanguage::JsonPath => self.json_path_exit(id, state, result)?,
        };
        Ok(Exit { output, assigned, next: state.next })
    }

    /// `Output` and `Assign` see the same: the variables as they were when the state was entered.
    fn jsonata_exit(
        &self,
        id: FrameId,
        state: &State,
        result: Option<&Data>,
    ) -> Result<(Data, Vec<(Name, Data)>), Failure> {
        let mut here = Here::new(self, id, state);
        if let Some(result) = result {
            here = here.result(result);
        }
        let assigned = assigned(state.assign.as_ref(), "Assign", &here)?;
        let output = match (&state.output, result) {
            (Some(output), _) => output.evaluate("Output", &here)?,
            (None, Some(result)) => result.clone(),
            (None, None) => self.frames[id].input.clone(),
        };
        Ok((output, assigned))
    }

    /// The order of the specification's "Input and Output Processing"; `Assign` sees the result as it came.
    fn json_path_exit(
        &self,
        id: FrameId,
        state: &State,
        result: Option<&Data>,
    ) -> Result<(Data, Vec<(Name, Data)>), Failure> {
        let here = || Here::new(self, id, state);
        let raw = &self.frames[id].input;
        let result = match (result, &state.work) {
            (Some(result), _) => result.clone(),
            (None, Work::Pass { parameters, result }) => {
                let effective = self.effective_input(&here(), state)?;
                let given = match parameters {
                    Some(parameters) => parameters.evaluate("Parameters", &here().input(&effective))?,
                    None => effective,
                };
                self.note(id, Step::Parameters, &given);
                result.clone().unwrap_or(given)
            }
            (None, _) => self.effective_input(&here(), state)?,
        };
        let assigned = assigned(state.assign.as_ref(), "Assign", &here().input(&result))?;
        let selected = match &state.result_selector {
            Some(selector) => selector.evaluate("ResultSelector", &here().input(&result))?,
            None => result,
        };
        self.note(id, Step::ResultSelector, &selected);
        let placed = state.result_path.place(raw, selected)?;
        self.note(id, Step::ResultPath, &placed);
        let output = state.output_path.apply(&here().input(&placed))?;
        Ok((output, assigned))
    }

    /// The exit of a Choice: that of the first rule that matches, else that of the state. Nothing if no rule matches
    /// and there is no `Default`.
    fn choose(&self, id: FrameId, state: &State) -> Result<Option<Exit>, Failure> {
        let Work::Choice { rules, default } = &state.work else { return Ok(None) };
        let here = Here::new(self, id, state);
        let effective = self.effective_input(&here, state)?;
        let here = here.input(&effective);
        for (index, rule) in rules.iter().enumerate() {
            if rule.condition.holds(index, &here)? {
                let field = |name: &str| format!("Choices[{index}]/{name}");
                let assigned = match &rule.assign {
                    Some(assign) => assign.evaluate(&field("Assign"), &here)?,
                    None => Vec::new(),
                };
                let output =
                    choice_output(&effective, state, rule.output.as_ref(), &here, || field("Output"))?;
                return Ok(Some(Exit { output, assigned, next: Some(rule.next) }));
            }
        }
        let Some(default) = default else { return Ok(None) };
        let assigned = assigned(state.assign.as_ref(), "Assign", &here)?;
        let output = choice_output(&effective, state, state.output.as_ref(), &here, || "Output".to_owned())?;
        Ok(Some(Exit { output, assigned, next: Some(*default) }))
    }

    /// The cause of a failure within a state, with the words that the service puts in front.
    pub(super) fn explained(&self, id: FrameId, state: &State, cause: &str) -> String {
        let event = self.frames[id].entered_event;
        format!(
            "An error occurred while executing the state '{}' (entered at the event id #{event}). {cause}",
            state.name
        )
    }
}

fn choice_output(
    effective: &Data,
    state: &State,
    output: Option<&Payload>,
    here: &Here<'_>,
    field: impl Fn() -> String,
) -> Result<Data, Failure> {
    match (state.language, output) {
        (QueryLanguage::Jsonata, Some(output)) => output.evaluate(&field(), here),
        (QueryLanguage::Jsonata, None) => Ok(effective.clone()),
        (QueryLanguage::JsonPath, _) => state.output_path.apply(here),
    }
}

fn assigned(assign: Option<&Assign>, field: &str, here: &Here<'_>) -> Result<Vec<(Name, Data)>, Failure> {
    assign.map_or_else(|| Ok(Vec::new()), |assign| assign.evaluate(field, here))
}

/// `States.DataLimitExceeded` of what a state gives to its task, its branches or a child (Developer Guide, "Error
/// names": "after `Parameters` processing").
pub(super) fn too_large_to_give(field: &str, data: &Data) -> Option<Failure> {
    (data.size() > MAX_PAYLOAD).then(|| {
        let cause = payload_limit::too_large_to_give(field);
        Failure { error: DATA_LIMIT.into(), ..Failure::runtime(cause) }
    })
}

/// `States.DataLimitExceeded`, named after a state or a task.
pub(super) fn too_large(name: &str) -> Problem {
    Problem::new(DATA_LIMIT, payload_limit::too_large(name))
}
