//! The saga under a fault in each step: whatever fails, exactly what was done is undone, in reverse.

use asl_examples::patterns::saga;
use asl_local::mocks::{Fault, succeeds};
use asl_local::{Execution, Mocks, Status, TaskError};
use serde_json::json;

const STEPS: [&str; 4] = ["CreateOrder", "Charge", "DeductInventory", "ScheduleShip"];

/// What undoes a step. Shipping is the last one: nothing follows it that could fail.
fn compensation(step: &str) -> &'static str {
    match step {
        "CreateOrder" => "CancelOrder",
        "Charge" => "Refund",
        _ => "RestoreInventory",
    }
}

fn run(mocks: Mocks) -> Execution<Mocks> {
    let mocks = mocks.otherwise(succeeds(json!({"done": true})));
    let mut execution = Execution::start(&saga::written(), json!({"orderId": "o-1"}), mocks).unwrap();
    execution.run().unwrap();
    execution
}

#[test]
fn without_a_fault_nothing_is_undone() {
    let execution = run(Mocks::new());
    assert_eq!(execution.status(), Status::Succeeded);
    assert_eq!(execution.world().states(), STEPS);
}

#[test]
fn every_path_ends_in_the_right_compensation() {
    for (place, step) in STEPS.into_iter().enumerate() {
        let fault = Fault::nth(1).of(step).with(TaskError::new("OutOfOrder", step));
        let execution = run(Mocks::new().fault(fault));
        let done = &STEPS[..place];
        let undone = done.iter().rev().map(|step| compensation(step));
        let expected: Vec<&str> = STEPS[..=place].iter().copied().chain(undone).collect();
        assert_eq!(execution.world().states(), expected, "{step} fails");
        assert_eq!(execution.status(), Status::Failed);
        assert_eq!((execution.error(), execution.cause()), (Some("OutOfOrder"), Some(step)));
    }
}

#[test]
fn a_compensation_that_fails_is_tried_until_it_succeeds() {
    let faults = (1..=8).map(|n| Fault::nth(n).of("Refund"));
    let mocks = faults.fold(Mocks::new().fault(Fault::nth(1).of("DeductInventory")), Mocks::fault);
    let execution = run(mocks);
    assert_eq!(execution.world().calls_of("Refund").len(), 9);
    assert!(execution.history().visited("CancelOrder"));
}
