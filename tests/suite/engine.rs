//! What must hold when any valid machine runs.

use std::time::Duration;

use asl_core::Valid;
use asl_core::model::StateMachine;
use asl_local::mocks::{Fault, from_call};
use asl_local::world::{Outcome, Reply};
use asl_local::{Execution, Mocks, Settings, Status};
use asl_tests::machines;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The definition with values in place of what deployment fills in, as far as the engine needs them.
fn machine(definition: &Value) -> Option<Valid<StateMachine>> {
    asl_core::decode(&definition.to_string()).ok()?.validate().ok()
}

/// Tasks that give back their input after a while, but for those that are hit by a fault.
fn mocks(rate: f64, seed: u64) -> Mocks {
    let answer = from_call(|call| Reply {
        after: Duration::from_secs(call.input.to_string().len() as u64 % 50),
        ..Reply::new(Outcome::Success(call.input.clone()))
    });
    Mocks::new().otherwise(answer).fault(Fault::random(rate, seed))
}

fn input() -> impl Strategy<Value = Value> {
    prop_oneof![
        machines::any_json(3),
        Just(json!({"id": 1, "n": 2, "sum": 3, "orders": [{"id": 1}, {"id": 2}], "items": [1, 2, 3],
            "order": {"unit price": [1.5]}, "error": "Broken"})),
        Just(json!([1, {"id": 2}, "three"])),
    ]
}

/// How the run ended, and the whole history as text. Nothing for a machine that has placeholders.
fn run(machine: &Valid<StateMachine>, input: &Value, rate: f64, seed: u64) -> Option<(String, String)> {
    let settings = Settings::new().seed(seed).max_transitions(2_000);
    let mut execution = Execution::with(settings, machine, input.clone(), mocks(rate, seed)).ok()?;
    let end = execution.run();
    match &end {
        Ok(Status::Running) => assert!(execution.tokens().count() > 0, "it waits for nothing"),
        Ok(Status::Succeeded) => assert!(execution.output().is_some()),
        Ok(Status::Failed) => assert!(execution.output().is_none()),
        Ok(Status::TimedOut | Status::Aborted) | Err(_) => {}
    }
    Some((format!("{end:?}"), serde_json::to_string(execution.history()).unwrap()))
}

proptest! {
    #[test]
    fn every_valid_machine_ends_or_comes_to_its_budget_and_a_seed_gives_one_history(
        definition in machines::valid_definition(), input in input(), rate in 0.0..0.3, seed: u64,
    ) {
        let Some(machine) = machine(&definition) else {
            return Err(TestCaseError::fail("a valid definition"));
        };
        prop_assert_eq!(run(&machine, &input, rate, seed), run(&machine, &input, rate, seed));
    }

    #[test]
    fn every_valid_machine_can_be_stopped_anywhere_and_redriven(
        definition in machines::valid_definition(), input in input(), steps in 0..60_usize, seed: u64,
    ) {
        let machine = machine(&definition).unwrap();
        let settings = Settings::new().seed(seed).max_transitions(2_000);
        let Ok(mut execution) = Execution::with(settings, &machine, input, mocks(0.1, seed)) else { return Ok(()) };
        for _ in 0..steps {
            if !matches!(execution.step(), Ok(true)) {
                break;
            }
        }
        execution.stop(None, None);
        prop_assert_ne!(execution.status(), Status::Running);
        if execution.status() != Status::Succeeded {
            prop_assert_eq!(execution.redrive(), Ok(()));
            // whatever comes of it, it is no panic, and it comes to an end
            let _ = execution.run();
        }
    }
}
