//! What holds for every execution.

use std::time::Duration;

use asl_local::mocks::{Fault, from_call};
use asl_local::world::{Outcome, Reply};
use asl_local::{Execution, Mocks, Settings, Status, TaskError};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{definition, machine, task, with};

/// Tasks that give back their input, after a time that depends on it.
fn echo() -> Mocks {
    Mocks::new().otherwise(from_call(|call| Reply {
        after: Duration::from_millis(call.input.to_string().len() as u64 * 137 % 1_009),
        ..Reply::new(Outcome::Success(call.input.clone()))
    }))
}

fn map(distributed: bool, most: u32) -> asl_core::Valid {
    let mut processor = json!({"StartAt": "Work", "States": {"Work": task(json!({}))}});
    if distributed {
        processor["ProcessorConfig"] = json!({"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"});
    }
    machine(json!({"Each": {"Type": "Map", "End": true, "MaxConcurrency": most, "ItemProcessor": processor}}))
}

/// What a state of a generated workflow does.
#[derive(Debug, Clone)]
enum Kind {
    Pass,
    Wait(u32),
    Task(String),
    Parallel(u32),
    Map { most: u32, distributed: bool },
}

/// States in a row that do something each.
fn workflow() -> impl Strategy<Value = Value> {
    let kind = prop_oneof![
        Just(Kind::Pass),
        (1..20_u32).prop_map(Kind::Wait),
        "[a-d]{1,3}".prop_map(Kind::Task),
        (1..4_u32).prop_map(Kind::Parallel),
        (0..5_u32, any::<bool>()).prop_map(|(most, distributed)| Kind::Map { most, distributed }),
    ];
    proptest::collection::vec(kind, 1..5).prop_map(|kinds| {
        let count = kinds.len();
        let states = kinds.into_iter().enumerate().map(|(index, kind)| {
            let last = index + 1 == count;
            let to = if last { json!({"End": true}) } else { json!({"Next": format!("S{}", index + 1)}) };
            (format!("S{index}"), with(state(index, kind), to))
        });
        json!({"StartAt": "S0", "States": states.collect::<serde_json::Map<_, _>>()})
    })
}

/// The states in it have its index in their names: no two of a machine share one.
fn state(index: usize, kind: Kind) -> Value {
    let inner =
        |name: String, fields: Value| json!({"StartAt": name, "States": {name.as_str(): task(fields)}});
    match kind {
        Kind::Pass => json!({"Type": "Pass", "ResultPath": "$.pass", "Result": index}),
        Kind::Wait(seconds) => json!({"Type": "Wait", "Seconds": seconds}),
        Kind::Task(name) => json!({"Type": "Task", "Resource": super::FUNCTION, "ResultPath": "$.task",
            "Parameters": {"name": name}}),
        Kind::Parallel(branches) => {
            let branch = |branch| {
                inner(format!("S{index} branch {branch}"), json!({"Parameters": {"branch": branch}}))
            };
            let branches: Vec<Value> = (0..branches).map(branch).collect();
            json!({"Type": "Parallel", "ResultPath": "$.parallel", "Branches": branches})
        }
        Kind::Map { most, distributed } => {
            let mut processor = inner(format!("S{index} item"), json!({}));
            if distributed {
                processor["ProcessorConfig"] = json!({"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"});
            }
            json!({"Type": "Map", "ItemsPath": "$.items", "ResultPath": "$.map", "MaxConcurrency": most,
                "ItemProcessor": processor})
        }
    }
}

fn input(items: usize) -> Value {
    json!({"items": (0..items).collect::<Vec<_>>()})
}

fn run_to_end(machine: &asl_core::Valid, input: Value, seed: u64, mocks: &Mocks) -> Execution<Mocks> {
    let mut execution = Execution::with(Settings::new().seed(seed), machine, input, mocks.clone()).unwrap();
    execution.run().unwrap();
    execution
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_item_of_a_map_is_lost_or_doubled(
        items in proptest::collection::vec(any::<u16>(), 0..60), most in 0..12_u32, distributed in any::<bool>(),
    ) {
        let mocks = echo();
        let execution = run_to_end(&map(distributed, most), json!(items), 0, &mocks);
        prop_assert_eq!(execution.output(), Some(&json!(items)));
        prop_assert_eq!(mocks.calls().len(), items.len());
    }

    #[test]
    fn a_seed_gives_one_history(definition_text in workflow(), items in 0..6_usize, seed in any::<u64>(), rate in 0.0..0.5) {
        let machine = definition(&definition_text);
        let history = || {
            let mocks = echo().fault(Fault::random(rate, seed));
            let execution = run_to_end(&machine, input(items), seed, &mocks);
            serde_json::to_string(execution.history()).unwrap()
        };
        prop_assert_eq!(history(), history());
    }

    #[test]
    fn events_have_ids_without_gaps_and_follow_earlier_ones(definition_text in workflow(), items in 0..6_usize, rate in 0.0..0.5) {
        let mocks = echo().fault(Fault::random(rate, 1));
        let execution = run_to_end(&definition(&definition_text), input(items), 0, &mocks);
        let mut time = i64::MIN;
        for (index, event) in execution.history().events().iter().enumerate() {
            prop_assert_eq!(event.id, index as u64 + 1);
            prop_assert!(event.previous_event_id < event.id);
            prop_assert!(event.timestamp >= time);
            time = event.timestamp;
        }
    }

    #[test]
    fn what_was_stopped_and_redriven_ends_as_what_never_was(
        definition_text in workflow(), items in 0..6_usize, stops in proptest::collection::vec(0..40_usize, 1..4),
    ) {
        let machine = definition(&definition_text);
        let undisturbed = run_to_end(&machine, input(items), 0, &echo());
        let mut execution = Execution::start(&machine, input(items), echo()).unwrap();
        for steps in stops {
            for _ in 0..steps {
                execution.step().unwrap();
            }
            if execution.status() == Status::Running {
                execution.stop(None, None);
                execution.redrive().unwrap();
            }
        }
        execution.run().unwrap();
        prop_assert_eq!(execution.status(), Status::Succeeded);
        prop_assert_eq!(execution.output(), undisturbed.output());
    }

    #[test]
    fn what_failed_and_was_redriven_ends_as_what_never_did(
        definition_text in workflow(), items in 0..6_usize, nth in proptest::collection::vec(1..12_u32, 1..4),
    ) {
        let machine = definition(&definition_text);
        let undisturbed = run_to_end(&machine, input(items), 0, &echo());
        let faults = nth.iter().fold(echo(), |mocks, nth| {
            mocks.fault(Fault::nth(*nth).with(TaskError::new("Injected", "")))
        });
        let mut execution = Execution::start(&machine, input(items), faults).unwrap();
        for _ in 0..=nth.len() {
            if execution.run().unwrap() == Status::Failed {
                execution.redrive().unwrap();
            }
        }
        prop_assert_eq!(execution.status(), Status::Succeeded);
        prop_assert_eq!(execution.output(), undisturbed.output());
    }
}
