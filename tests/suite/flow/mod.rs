//! Programs against the machines that they become: the same result, the same error, the same calls in the same order.
//!
//! `native` runs a program statement by statement, `machine` the states; both ask the same `World`.

mod author;
mod evaluate;
mod machine;
mod native;
mod random;
mod control;
mod errors;
mod concurrency;
mod cost;

use std::collections::BTreeMap;

use asl_core::flow::{Lowered, Program};
use serde_json::{Value, json};

/// What ends a run without a value: name and cause of an error.
pub(crate) type Failure = (String, String);

/// The world that both kinds of run meet: each function answers by what it was asked before.
#[derive(Debug, Clone)]
pub(crate) struct World {
    seed: u64,
    outcomes: BTreeMap<String, Vec<Result<Value, Failure>>>,
    calls: BTreeMap<String, u64>,
    /// What was done, in order.
    pub(crate) log: Vec<String>,
    /// How many more effects are allowed: a run that has no end is cut off.
    pub(crate) budget: usize,
    /// How many more turns of loops are allowed.
    turns: usize,
}

/// The cause of a run that was cut off.
pub(crate) const CUT_OFF: &str = "cut off";

impl World {
    pub(crate) fn new(seed: u64, outcomes: &BTreeMap<String, Vec<Result<Value, Failure>>>) -> Self {
        Self {
            seed,
            outcomes: outcomes.clone(),
            calls: BTreeMap::new(),
            log: Vec::new(),
            budget: 60,
            turns: 200,
        }
    }

    /// Calls a service.
    pub(crate) fn invoke(&mut self, resource: &str, arguments: &Value) -> Result<Value, Failure> {
        self.spend()?;
        self.log.push(format!("{resource} {arguments}"));
        let is_lambda = resource.ends_with("lambda:invoke");
        let key = arguments["FunctionName"].as_str().filter(|_| is_lambda).unwrap_or(resource).to_owned();
        let call = self.calls.entry(key.clone()).or_default();
        *call += 1;
        let outcomes = self.outcomes.get(&key).map_or(&[][..], Vec::as_slice);
        let outcome = if outcomes.is_empty() {
            Ok(Value::Null)
        } else {
            let mixed = key.bytes().fold(self.seed ^ (*call * 0x9E37_79B9), |mixed, byte| {
                (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3).rotate_left(23)
            });
            outcomes[usize::try_from(mixed % outcomes.len() as u64).unwrap()].clone()
        };
        outcome.map(|value| if is_lambda { json!({"Payload": value}) } else { value })
    }

    /// Waits.
    pub(crate) fn wait(&mut self, time: &Value) -> Result<(), Failure> {
        self.spend()?;
        self.log.push(format!("wait {time}"));
        Ok(())
    }

    /// Begins another turn of a loop.
    pub(crate) fn turn(&mut self) -> Result<(), Failure> {
        self.turns = self.turns.checked_sub(1).ok_or_else(|| (CUT_OFF.to_owned(), CUT_OFF.to_owned()))?;
        Ok(())
    }

    pub(crate) fn spend(&mut self) -> Result<(), Failure> {
        self.budget = self.budget.checked_sub(1).ok_or_else(|| (CUT_OFF.to_owned(), CUT_OFF.to_owned()))?;
        Ok(())
    }
}

/// A program with what may happen to it.
pub(crate) struct Case {
    program: Program,
    inputs: Vec<Value>,
    outcomes: BTreeMap<String, Vec<Result<Value, Failure>>>,
}

impl Case {
    pub(crate) fn new(program: Program) -> Self {
        Self { program, inputs: Vec::new(), outcomes: BTreeMap::new() }
    }

    pub(crate) fn input(mut self, input: Value) -> Self {
        self.inputs.push(input);
        self
    }

    /// A function may answer so.
    pub(crate) fn gives(mut self, function: &str, value: Value) -> Self {
        self.outcomes.entry(function.to_owned()).or_default().push(Ok(value));
        self
    }

    /// A function may fail so.
    pub(crate) fn fails(mut self, function: &str, error: &str) -> Self {
        let failure = (error.to_owned(), format!("cause of {error}"));
        self.outcomes.entry(function.to_owned()).or_default().push(Err(failure));
        self
    }

    /// Runs the program and its states over all inputs and many outcomes, and gives the definition.
    #[track_caller]
    pub(crate) fn agrees(&self) -> String {
        let lowered = self.program.lower().unwrap_or_else(|faults| panic!("{faults}"));
        let (json, compared) = self.compared(lowered, 40);
        assert!(compared > 0, "nothing was compared\n{json}");
        json
    }

    /// Runs the states beside a machine that does the same and was written by hand: they take no more transitions.
    /// Gives the transitions of all runs, ours first.
    #[track_caller]
    pub(crate) fn costs_no_more_than(&self, by_hand: &Value) -> (usize, usize) {
        let lowered = self.program.lower().unwrap_or_else(|faults| panic!("{faults}"));
        let definition = serde_json::to_value(&lowered.machine).unwrap();
        asl_core::decode(&by_hand.to_string()).unwrap().machine.validate().unwrap();
        let mut total = (0, 0);
        for input in &self.inputs {
            for seed in 0..40 {
                let (mut one, mut other) =
                    (World::new(seed, &self.outcomes), World::new(seed, &self.outcomes));
                let ours = machine::run(&definition, input, &mut one);
                let theirs = machine::run(by_hand, input, &mut other);
                assert_eq!(ours.result, theirs.result, "seed {seed}");
                assert_eq!(one.log, other.log, "seed {seed}");
                assert!(ours.transitions <= theirs.transitions, "seed {seed}: {:?}", one.log);
                total.0 += ours.transitions;
                total.1 += theirs.transitions;
            }
        }
        total
    }

    /// Compares a program with what it was lowered to; with the definition, gives how many runs ended.
    #[track_caller]
    pub(crate) fn compared(&self, lowered: Lowered, seeds: u64) -> (String, usize) {
        let json = asl_core::encode::to_string_pretty(&lowered.machine);
        assert!(!json.contains('#'), "a local is left:\n{json}");
        let definition: Value = serde_json::from_str(&json).unwrap();
        let valid = lowered.machine.validate().unwrap_or_else(|invalid| panic!("{invalid}\n{json}"));
        // of a program with a loop that nothing leaves this is true
        let warnings = valid.warnings().iter().map(ToString::to_string);
        let warnings: Vec<String> = warnings.filter(|warning| !warning.contains("ASL0915")).collect();
        assert!(warnings.is_empty(), "{warnings:#?}\n{json}");
        let mut compared = 0;
        for input in self.inputs.iter().chain(self.inputs.is_empty().then_some(&Value::Null)) {
            for seed in 0..seeds {
                let (mut one, mut other) =
                    (World::new(seed, &self.outcomes), World::new(seed, &self.outcomes));
                evaluate::begin();
                let native = native::run(&self.program, input, &mut one);
                let is_missing = native.as_ref().is_err_and(|failure| failure.0.contains("QueryEvaluation"));
                assert!(!is_missing, "the program itself is wrong: {native:?}");
                evaluate::begin();
                let states = machine::run(&definition, input, &mut other);
                if native.as_ref().is_err_and(|failure| failure.0 == CUT_OFF) {
                    continue;
                }
                compared += 1;
                assert_eq!(states.result, native, "input {input}, seed {seed}, log {:?}\n{json}", one.log);
                assert_eq!(other.log, one.log, "input {input}, seed {seed}\n{json}");
            }
        }
        (json, compared)
    }
}
