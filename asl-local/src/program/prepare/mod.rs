//! From the model to what runs.

mod field;
mod flow;
mod map;
mod task;

use std::collections::HashMap;

use asl_core::Valid;
use asl_core::model::{self, Dynamic, QueryLanguage, StateMachine, States};

use super::{Branches, Condition, PathStep, Program, ResultPath, Rule, State, StateId, Until, Work};
use crate::Data;
use crate::choice;
use crate::history::StateKind;
use crate::jsonata;
use field::Field;

/// A machine that cannot be run as it stands, though it is valid: most often, because of a placeholder. Or an input that
/// no execution takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct Unready {
    /// The state and field, or the machine's field; or `the input`.
    pub place: String,
    /// What stands in the way, and what to do.
    pub message: String,
}

impl Program {
    /// Makes a valid machine ready to run.
    pub(crate) fn prepare(machine: &Valid<StateMachine>) -> Result<Self, Unready> {
        let mut preparation = Preparation { language: machine.language(), states: Vec::new() };
        let start = preparation.scope(machine.start_at.as_deref(), machine.states.as_ref())?;
        let timeout = machine.timeout_seconds.as_ref();
        let timeout = timeout.map(|seconds| field::constant("TimeoutSeconds", seconds)).transpose()?;
        Ok(Self {
            states: preparation.states,
            start,
            workflow_type: machine.workflow_type(),
            timeout: timeout.map(|seconds| seconds.saturating_mul(1_000)),
        })
    }
}

/// The states that were made so far.
struct Preparation {
    /// Of the machine: what holds for states that say nothing.
    language: QueryLanguage,
    states: Vec<State>,
}

/// The places of the states of one scope.
type Places = HashMap<String, StateId>;

impl Preparation {
    /// Makes the states of a scope ready. Gives the place where it starts.
    fn scope(&mut self, start: Option<&str>, states: Option<&States>) -> Result<StateId, Unready> {
        let first = self.states.len();
        let mut places = Places::new();
        for (index, (name, state)) in states.into_iter().flat_map(States::iter).enumerate() {
            places.insert(name.to_owned(), first + index);
            self.states.push(self.blank(name, state));
        }
        for (name, state) in states.into_iter().flat_map(States::iter) {
            let ready = self.state(name, state, &places)?;
            let place = places[name];
            self.states[place] = ready;
        }
        field::target("StartAt", start.unwrap_or_default(), &places)
    }

    /// Keeps a state's place until it is ready: states may lead to states that come later.
    fn blank(&self, name: &str, state: &model::State) -> State {
        State {
            name: name.into(),
            kind: StateKind::Succeed,
            language: state.query_language().unwrap_or(self.language),
            input_path: PathStep::Whole,
            result_selector: None,
            result_path: ResultPath::Replace,
            output_path: PathStep::Whole,
            output: None,
            assign: None,
            work: Work::Succeed,
            retry: Vec::new(),
            catch: Vec::new(),
            next: None,
        }
    }

    fn state(&mut self, name: &str, state: &model::State, places: &Places) -> Result<State, Unready> {
        let mut ready = self.blank(name, state);
        let field = Field { state: name, language: ready.language };
        ready.assign = field.assign("Assign", state.assign())?;
        ready.retry = field.retriers(state.retry())?;
        ready.catch = field.catchers(state.catch(), places)?;
        if let Some(transition) = state.transition() {
            ready.next = match transition.next() {
                Some(next) if !transition.is_end() => Some(field.target("Next", next, places)?),
                _ => None,
            };
        }
        match state {
            model::State::Pass(it) => {
                ready.kind = StateKind::Pass;
                ready.input_path = field.path_step("InputPath", it.input_path.as_ref())?;
                ready.result_path = field.result_path("ResultPath", it.result_path.as_ref())?;
                ready.output_path = field.path_step("OutputPath", it.output_path.as_ref())?;
                ready.output = field.payload("Output", it.output.as_ref())?;
                ready.work = Work::Pass {
                    parameters: field.payload("Parameters", it.parameters.as_ref())?,
                    result: it.result.clone().map(Data::from),
                };
            }
            model::State::Succeed(it) => {
                ready.input_path = field.path_step("InputPath", it.input_path.as_ref())?;
                ready.output_path = field.path_step("OutputPath", it.output_path.as_ref())?;
                ready.output = field.payload("Output", it.output.as_ref())?;
            }
            model::State::Fail(it) => {
                ready.kind = StateKind::Fail;
                ready.work = Work::Fail {
                    error: field.text("Error", "ErrorPath", it.error.as_ref())?,
                    cause: field.text("Cause", "CausePath", it.cause.as_ref())?,
                };
            }
            model::State::Wait(it) => {
                ready.kind = StateKind::Wait;
                ready.input_path = field.path_step("InputPath", it.input_path.as_ref())?;
                ready.output_path = field.path_step("OutputPath", it.output_path.as_ref())?;
                ready.output = field.payload("Output", it.output.as_ref())?;
                ready.work = Work::Wait(field.until(it.until.as_ref())?);
            }
            model::State::Choice(it) => {
                ready.kind = StateKind::Choice;
                ready.input_path = field.path_step("InputPath", it.input_path.as_ref())?;
                ready.output_path = field.path_step("OutputPath", it.output_path.as_ref())?;
                ready.output = field.payload("Output", it.output.as_ref())?;
                ready.work = field.choice(it, places)?;
            }
            model::State::Task(it) => field.task(&mut ready, it)?,
            model::State::Parallel(it) => {
                ready.kind = StateKind::Parallel;
                ready.input_path = field.path_step("InputPath", it.input_path.as_ref())?;
                ready.result_selector = field.payload("ResultSelector", it.result_selector.as_ref())?;
                ready.result_path = field.result_path("ResultPath", it.result_path.as_ref())?;
                ready.output_path = field.path_step("OutputPath", it.output_path.as_ref())?;
                ready.output = field.payload("Output", it.output.as_ref())?;
                let parameters = match ready.language {
                    QueryLanguage::JsonPath => field.payload("Parameters", it.parameters.as_ref())?,
                    QueryLanguage::Jsonata => field.payload("Arguments", it.arguments.as_ref())?,
                };
                let branches = it.branches.as_deref().unwrap_or_default();
                let starts = branches
                    .iter()
                    .map(|branch| self.scope(branch.start_at.as_deref(), branch.states.as_ref()))
                    .collect::<Result<_, _>>()?;
                ready.work = Work::Parallel(Branches { parameters, starts });
            }
            model::State::Map(it) => self.map(&mut ready, &field, it)?,
            model::State::Unknown(_) => return Err(field.fault("Type", "the type of the state is unknown")),
        }
        Ok(ready)
    }
}

impl Field<'_> {
    fn choice(&self, it: &model::state::Choice, places: &Places) -> Result<Work, Unready> {
        let rule = |(index, rule): (usize, &model::ChoiceRule)| {
            let name = |field: &str| format!("Choices[{index}]/{field}");
            let unprepared =
                |error: &dyn std::fmt::Display| self.fault(&name("Condition"), &error.to_string());
            let condition = match &rule.test {
                Some(model::Test::Condition(Dynamic::Literal(holds))) => Condition::Constant(*holds),
                Some(model::Test::Condition(Dynamic::Expression(code))) => {
                    Condition::Jsonata(jsonata::Condition::prepare(code).map_err(|error| unprepared(&error))?)
                }
                _ => Condition::JsonPath(choice::Rule::prepare(rule).map_err(|error| unprepared(&error))?),
            };
            Ok(Rule {
                condition,
                output: self.payload(&name("Output"), rule.output.as_ref())?,
                assign: self.assign(&name("Assign"), rule.assign.as_ref())?,
                next: self.target(&name("Next"), rule.next.as_deref().unwrap_or_default(), places)?,
            })
        };
        let rules = it.choices.iter().flatten().enumerate().map(rule).collect::<Result<_, Unready>>()?;
        let default =
            it.default.as_deref().map(|default| self.target("Default", default, places)).transpose()?;
        Ok(Work::Choice { rules, default })
    }

    fn until(&self, until: Option<&model::state::WaitUntil>) -> Result<Until, Unready> {
        match until {
            Some(model::state::WaitUntil::Seconds(seconds)) => {
                Ok(Until::Seconds(self.dynamic_integer("Seconds", seconds)?))
            }
            Some(model::state::WaitUntil::SecondsPath(path)) => {
                Ok(Until::Seconds(self.integer_path("SecondsPath", path)?))
            }
            Some(model::state::WaitUntil::Timestamp(time)) => self.timestamp(time),
            Some(model::state::WaitUntil::TimestampPath(path)) => {
                Ok(Until::TimestampPath(self.select("TimestampPath", path)?))
            }
            None => Err(self.fault("Seconds", "the Wait does not say how long")),
        }
    }
}
