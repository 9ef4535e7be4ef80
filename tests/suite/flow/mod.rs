//! Programs against the machines that they become: the same result, the same error, the same attempts of tasks at the
//! same times.
//!
//! `native` runs a program statement by statement, `engine` the states with the local engine; both ask the same
//! `World`.

pub(crate) mod author;
mod evaluate;
pub(crate) mod engine;
mod native;
pub(crate) mod world;
mod random;
mod control;
mod errors;
mod time;
mod concurrency;
mod distributed;
mod stability;

use asl_core::flow::{Lowered, Program};
use asl_core::{Valid, model::StateMachine};
use serde_json::Value;

use engine::Objects;
use native::Unusable;
use world::{Failure, Outcome, Outcomes, World, numbered};

/// A program with what may happen to it.
pub(crate) struct Case {
    program: Program,
    inputs: Vec<Value>,
    outcomes: Outcomes,
    objects: Objects,
    stored: Vec<Value>,
}

/// How many runs were compared, and how many could not be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) alike: usize,
    pub(crate) cut_off: usize,
    pub(crate) ambiguous: usize,
}

impl Case {
    pub(crate) fn new(program: Program) -> Self {
        Self {
            program,
            inputs: Vec::new(),
            outcomes: Outcomes::new(),
            objects: Vec::new(),
            stored: Vec::new(),
        }
    }

    pub(crate) fn input(mut self, input: Value) -> Self {
        self.inputs.push(input);
        self
    }

    fn may(mut self, function: &str, outcome: Outcome) -> Self {
        self.outcomes.entry(function.to_owned()).or_default().push(outcome);
        self
    }

    /// A function may answer so.
    pub(crate) fn gives(self, function: &str, value: Value) -> Self {
        self.may(function, Outcome::Gives(value))
    }

    /// A function may fail so.
    pub(crate) fn fails(self, function: &str, error: &str) -> Self {
        self.may(function, Outcome::Fails(Failure::new(error, format!("cause of {error}"))))
    }

    /// A function may never answer.
    pub(crate) fn hangs(self, function: &str) -> Self {
        self.may(function, Outcome::Hangs)
    }

    /// What is stored in the bucket `items`, and what a reader makes of it.
    pub(crate) fn stores(mut self, key: &str, content: &str, items: &[Value]) -> Self {
        self.objects.push(("items".to_owned(), key.to_owned(), content.to_owned()));
        self.stored.extend_from_slice(items);
        self
    }

    /// Runs the program and its states over all inputs and many outcomes, and gives the definition.
    #[track_caller]
    pub(crate) fn agrees(&self) -> String {
        let (json, machine) = checked(&self.lowered().machine);
        let compared = self.compared(&machine, &json, 40);
        assert!(compared.alike > 0, "nothing was compared: {compared:?}\n{json}");
        json
    }

    pub(crate) fn program(&self) -> &Program {
        &self.program
    }

    #[track_caller]
    pub(crate) fn lowered(&self) -> Lowered {
        self.program.lower().unwrap_or_else(|faults| panic!("{faults}"))
    }

    /// Runs the machine in all worlds.
    pub(crate) fn runs(&self, machine: &Valid<StateMachine>, seeds: u64) -> Vec<(String, engine::Run)> {
        let mut runs = Vec::new();
        for (input, world, what) in self.worlds(seeds) {
            let run = engine::run(machine, &input, world, &self.objects);
            runs.extend(run.map(|run| (what, run)));
        }
        runs
    }

    fn worlds(&self, seeds: u64) -> Vec<(Value, World, String)> {
        let mut worlds = Vec::new();
        for input in self.inputs.iter().chain(self.inputs.is_empty().then_some(&Value::Null)) {
            for seed in 0..seeds {
                let world = World { seed, outcomes: self.outcomes.clone() };
                worlds.push((input.clone(), world, format!("input {input}, seed {seed}")));
            }
        }
        worlds
    }

    /// Compares the program with a machine.
    #[track_caller]
    pub(crate) fn compared(&self, machine: &Valid<StateMachine>, json: &str, seeds: u64) -> Compared {
        let mut compared = Compared::default();
        for (input, world, what) in self.worlds(seeds) {
            let native = match native::run(&self.program, &input, &world, &self.stored) {
                Ok(run) => run,
                Err(Unusable::CutOff) => {
                    compared.cut_off += 1;
                    continue;
                }
                Err(Unusable::Ambiguous) => {
                    compared.ambiguous += 1;
                    continue;
                }
            };
            let is_missing = |failure: &Failure| failure.error == "States.QueryEvaluationError";
            if let Err(failure) = &native.result {
                assert!(!is_missing(failure), "the program itself is wrong: {failure:?}");
            }
            let states = engine::run(machine, &input, world, &self.objects)
                .unwrap_or_else(|| panic!("{what}: the states go on without end\n{json}"));
            let native_story = story(&native.result, &native.log);
            let states_story = story(&states.result, &states.log);
            assert_eq!(states_story, native_story, "{what}\n{json}");
            assert_eq!(states.end, native.end, "{what}: another end, {:?}\n{json}", states.log);
            compared.alike += 1;
        }
        compared
    }
}

/// What is compared of a run: what was attempted and when, and how it ended.
pub(crate) fn story(result: &Result<Value, Failure>, log: &[world::Attempt]) -> Vec<String> {
    let end = match result {
        Ok(value) => value.to_string(),
        // the service's own words
        Err(Failure { error, .. })
            if error == "States.NoChoiceMatched" || error == "States.ExceedToleratedFailureThreshold" =>
        {
            error.clone()
        }
        Err(Failure { error, cause, .. }) => format!("{error}: {}", cause.clone().unwrap_or_default()),
    };
    let mut story: Vec<String> = log.iter().map(|one| format!("{:>15} {}", one.time, one.text)).collect();
    story.push(end);
    let mut story = numbered(&story);
    // the end stays the last; times are padded, so the order of the texts is theirs
    story[..log.len()].sort();
    story
}

/// The definition, which has neither errors nor warnings.
#[track_caller]
pub(crate) fn checked(machine: &StateMachine) -> (String, Valid<StateMachine>) {
    let json = asl_core::encode::to_string_pretty(machine);
    assert!(!json.contains('#'), "a local is left:\n{json}");
    let valid = machine.clone().validate().unwrap_or_else(|invalid| panic!("{invalid}\n{json}"));
    // of a program with a loop that nothing leaves this is true
    let warnings = valid.warnings().iter().map(ToString::to_string);
    let warnings: Vec<String> = warnings.filter(|warning| !warning.contains("ASL0915")).collect();
    assert!(warnings.is_empty(), "{warnings:#?}\n{json}");
    (json, valid)
}
