//! Workflow functions against the machines that they become: the same result, the same error, the same calls of tasks
//! in the same order.
//!
//! Each function runs twice in the same world, natively and as states in the local engine, over many inputs and
//! outcomes of tasks. What the states look like is a snapshot.

#![expect(
    clippy::needless_pass_by_value,
    clippy::nonminimal_bool,
    clippy::manual_unwrap_or_default,
    unused_assignments,
    reason = "the functions are written in the ways that are proven"
)]

mod samples;
mod article;
mod mixed;
mod kinds;
mod held;
mod taken;
mod jumps;
mod values;
mod conditions;
mod loops;
mod errors;
mod retries;
mod timeouts;
mod concurrency;
mod integrations;
mod everyday;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use asl_core::Valid;
use asl_core::ctx::{AslError, Ctx};
use asl_core::model::StateMachine;
use asl_local::native::Local;
use asl_local::world::{Call, ChildExecution, MemoryObjects, ObjectStore, Outcome, Reply, World};
use asl_local::{Execution, Settings, Status, TaskError};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

type Answer = Result<Value, (String, String)>;

/// In the place of an error: the task never ends.
const NEVER: &str = "(never)";

/// After so many calls of tasks every further one ends the execution: a loop that goes on is cut off.
const MOST_CALLS: usize = 40;

/// What both runs meet.
#[derive(Clone)]
struct Outside {
    seed: u64,
    is_ordered: bool,
    answers: Rc<BTreeMap<String, Vec<Answer>>>,
    machines: Rc<BTreeMap<String, Valid<StateMachine>>>,
    objects: MemoryObjects,
    calls: Rc<RefCell<BTreeMap<String, u64>>>,
    log: Rc<RefCell<Vec<String>>>,
}

impl World for Outside {
    fn call(&mut self, call: &Call<'_>) -> Reply {
        let machine = call.input["StateMachineArn"].as_str().and_then(|arn| self.machines.get(arn));
        if let (Some(machine), "arn:aws:states:::states:startExecution.sync:2") = (machine, call.resource) {
            let (machine, input) = (machine.clone(), call.input["Input"].clone());
            let child = ChildExecution { machine, machine_name: "Nested".to_owned(), name: None, input };
            return Reply::new(Outcome::Execution(Box::new(child)));
        }
        let mut input = call.input.to_string();
        if let Some(token) = call.token {
            input = input.replace(token, "TOKEN");
        }
        let entry = format!("{} {input}", call.resource);
        self.log.borrow_mut().push(entry.clone());
        if self.log.borrow().len() > MOST_CALLS {
            return Reply::new(Outcome::Failure(TaskError::new("States.Runtime", "cut off")));
        }
        let answers = self.answers.iter().find(|(name, _)| entry.contains(name.as_str()));
        let Some((name, answers)) = answers else {
            return Reply::new(Outcome::Success(Value::Null));
        };
        let mut calls = self.calls.borrow_mut();
        let count = calls.entry(name.clone()).or_default();
        *count += 1;
        // where the order of calls is open, the same question gets the same answer
        let (start, word) =
            if self.is_ordered { (self.seed ^ (*count * 0x9E37_79B9), name) } else { (self.seed, &entry) };
        let mixed = word.bytes().fold(start, |mixed, byte| {
            (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3).rotate_left(23)
        });
        let chosen = usize::try_from(mixed % answers.len() as u64).unwrap();
        Reply::new(match &answers[chosen] {
            Ok(value) => Outcome::Success(value.clone()),
            Err((error, _)) if error == NEVER => Outcome::Pending,
            Err((error, cause)) => Outcome::Failure(TaskError::new(error, cause)),
        })
    }

    fn objects(&self) -> Rc<dyn ObjectStore> {
        Rc::new(self.objects.clone())
    }
}

/// The names of all states, those of branches and iterations behind the state that they belong to.
pub(crate) fn states(json: &str) -> Vec<String> {
    fn of(scope: &Value, names: &mut Vec<String>) {
        for (name, state) in scope["States"].as_object().into_iter().flatten() {
            names.push(name.clone());
            let branches = state["Branches"].as_array().into_iter().flatten();
            branches.chain([&state["ItemProcessor"]]).for_each(|scope| of(scope, names));
        }
    }
    let mut names = Vec::new();
    of(&serde_json::from_str(json).unwrap(), &mut names);
    names
}

/// The state of this name, wherever it is.
pub(crate) fn state(json: &str, name: &str) -> Value {
    fn of<'a>(scope: &'a Value, name: &str) -> Option<&'a Value> {
        let states = scope["States"].as_object()?;
        states.get(name).or_else(|| {
            states.values().find_map(|state| {
                let branches = state["Branches"].as_array().into_iter().flatten();
                branches.chain([&state["ItemProcessor"]]).find_map(|scope| of(scope, name))
            })
        })
    }
    of(&serde_json::from_str(json).unwrap(), name).unwrap_or_else(|| panic!("no state `{name}`")).clone()
}

/// How many states of a type there are.
pub(crate) fn count(json: &str, kind: &str) -> usize {
    json.matches(&format!("\"Type\": \"{kind}\"")).count()
}

/// How a run ended: the output, or error and cause; what was called; how long it took.
#[derive(Debug, PartialEq)]
struct Ended {
    result: Answer,
    log: Vec<String>,
    seconds: u64,
}

/// A workflow function with what may happen to it.
pub(crate) struct Scenario {
    machine: Valid<StateMachine>,
    inputs: BoxedStrategy<Value>,
    answers: BTreeMap<String, Vec<Answer>>,
    machines: BTreeMap<String, Valid<StateMachine>>,
    objects: MemoryObjects,
    compares_order: bool,
}

impl Scenario {
    pub(crate) fn new(machine: Valid<StateMachine>) -> Self {
        Self {
            machine,
            inputs: Just(Value::Null).boxed(),
            answers: BTreeMap::new(),
            machines: BTreeMap::new(),
            objects: MemoryObjects::new(),
            compares_order: true,
        }
    }

    /// Branches run at the same time: only which tasks are called is compared, not in which order.
    pub(crate) fn in_any_order(self) -> Self {
        Self { compares_order: false, ..self }
    }

    pub(crate) fn inputs(self, inputs: impl Strategy<Value = Value> + 'static) -> Self {
        Self { inputs: inputs.boxed(), ..self }
    }

    /// Tasks whose resource or arguments contain this may answer so.
    pub(crate) fn gives(mut self, task: &str, value: Value) -> Self {
        self.answers.entry(task.to_owned()).or_default().push(Ok(value));
        self
    }

    pub(crate) fn fails(mut self, task: &str, error: &str) -> Self {
        let cause = format!("cause of {error}");
        self.answers.entry(task.to_owned()).or_default().push(Err((error.to_owned(), cause)));
        self
    }

    pub(crate) fn object(self, bucket: &str, key: &str, body: &str) -> Self {
        Self { objects: self.objects.with(bucket, key, body), ..self }
    }

    pub(crate) fn machine(mut self, arn: &str, machine: Valid<StateMachine>) -> Self {
        self.machines.insert(arn.to_owned(), machine);
        self
    }

    fn outside(&self, seed: u64) -> Outside {
        Outside {
            seed,
            is_ordered: self.compares_order,
            answers: Rc::new(self.answers.clone()),
            machines: Rc::new(self.machines.clone()),
            objects: self.objects.clone(),
            calls: Rc::default(),
            log: Rc::default(),
        }
    }

    /// Runs the function and the states over inputs and outcomes. Gives the definition.
    #[track_caller]
    pub(crate) fn agrees<I, O, E>(&self, native: impl AsyncFn(&Ctx, I) -> Result<O, E>) -> String
    where
        I: DeserializeOwned,
        O: Serialize,
        E: AslError,
    {
        let json = asl_core::encode::to_string_pretty(&self.machine);
        assert!(!json.contains('#'), "a local is left:\n{json}");
        let warnings: Vec<String> = self.machine.warnings().iter().map(ToString::to_string).collect();
        // a loop that nothing but an error leaves
        let warnings: Vec<_> = warnings.iter().filter(|warning| !warning.contains("ASL0915")).collect();
        assert!(warnings.is_empty(), "{warnings:#?}\n{json}");
        let config = Config { cases: 120, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(
            config,
            proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
        );
        runner
            .run(&(self.inputs.clone(), any::<u64>()), |(input, seed)| {
                let one = self.run_native(&native, &input, seed);
                let other = self.run_states(&input, seed);
                let (one, mut other) = (self.ordered(one), self.ordered(other));
                // a variant without a text has no place for the cause
                if let (Err((_, kept)), Err((_, cause))) = (&one.result, &mut other.result)
                    && kept.is_empty()
                {
                    cause.clear();
                }
                prop_assert_eq!(
                    &other,
                    &one,
                    "states, then native, of input {} seed {}\n{}",
                    input,
                    seed,
                    json
                );
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
        json
    }

    fn ordered(&self, mut ended: Ended) -> Ended {
        if !self.compares_order {
            ended.log.sort();
        }
        ended
    }

    fn run_native<I, O, E>(
        &self,
        native: &impl AsyncFn(&Ctx, I) -> Result<O, E>,
        input: &Value,
        seed: u64,
    ) -> Ended
    where
        I: DeserializeOwned,
        O: Serialize,
        E: AslError,
    {
        let outside = self.outside(seed);
        let local = Local::new(outside.clone());
        let typed: I = serde_json::from_value(input.clone()).unwrap();
        let result = asl_local::block_on(native(&local.ctx(), typed));
        let result = match result {
            Ok(output) => Ok(serde_json::to_value(output).unwrap()),
            Err(error) => {
                let failure = error.into_failure();
                Err((failure.error, failure.cause))
            }
        };
        Ended { result, log: outside.log.take(), seconds: local.elapsed().as_secs() }
    }

    fn run_states(&self, input: &Value, seed: u64) -> Ended {
        let outside = self.outside(seed);
        let mut execution =
            Execution::with(Settings::new(), &self.machine, input.clone(), outside.clone()).unwrap();
        let status = execution.run().unwrap();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let result = match status {
            Status::Succeeded => Ok(execution.output().cloned().unwrap_or(Value::Null)),
            // as recorded, the status alone says it
            Status::TimedOut => Err(("States.Timeout".to_owned(), String::new())),
            _ => Err((text(execution.error()), text(execution.cause()))),
        };
        Ended { result, log: outside.log.take(), seconds: execution.elapsed().as_secs() }
    }
}
