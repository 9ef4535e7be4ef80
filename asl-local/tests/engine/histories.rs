//! Histories as `GetExecutionHistory` gives them: reviewed, so that a change is seen.

use std::fmt::Write as _;
use std::time::Duration;

use asl_local::mocks::{outcomes, succeeds};
use asl_local::{Mocks, TaskError};
use serde_json::{Value, json};

use super::{machine, run, task};

/// An event a line: time, id, previous id, type, details.
fn lines(machine: &asl_core::Valid, input: Value, mocks: &Mocks) -> String {
    let execution = run(machine, input, mocks);
    let history = serde_json::to_value(execution.history()).unwrap();
    let mut text = String::new();
    for event in history["events"].as_array().unwrap() {
        let time = event["timestamp"].as_str().unwrap().trim_start_matches("2025-01-01T");
        let details = event.as_object().unwrap().iter().find(|(name, _)| name.ends_with("Details"));
        let details = details.map_or(String::new(), |(_, details)| {
            let mut details = details.clone();
            details.as_object_mut().unwrap().retain(|name, _| !name.ends_with("Details"));
            format!(" {details}")
        });
        let number = |name: &str| event[name].as_u64().unwrap();
        let (id, before) = (number("id"), number("previousEventId"));
        writeln!(text, "{time} {id:>2} ({before:>2}) {}{details}", event["type"].as_str().unwrap()).unwrap();
    }
    text
}

#[test]
fn a_task_that_is_retried_and_caught() {
    let machine = machine(json!({
        "Charge": task(json!({"Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 1}],
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Apologise"}]})),
        "Apologise": {"Type": "Pass", "Assign": {"sorry": true}, "End": true}}));
    let busy = || Err(TaskError::new("Busy", "try again"));
    let mocks = Mocks::new().on("Charge", outcomes::<Result<Value, TaskError>>([busy(), busy()]));
    insta::assert_snapshot!(lines(&machine, json!({"order": 7}), &mocks));
}

#[test]
fn a_map_with_two_iterations_at_a_time() {
    let machine = machine(json!({"Each": {"Type": "Map", "MaxConcurrency": 2, "End": true,
        "ItemProcessor": {"StartAt": "Work", "States": {"Work": task(json!({}))}}}}));
    let mocks = Mocks::new().on("Work", succeeds(json!("done")).takes(Duration::from_secs(1)));
    insta::assert_snapshot!(lines(&machine, json!([1, 2, 3]), &mocks));
}

#[test]
fn a_parallel_with_a_branch_that_fails() {
    let machine = machine(json!({"Both": {"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 9, "End": true}}},
        {"StartAt": "Fail", "States": {"Fail": {"Type": "Fail", "Error": "Broken", "Cause": "why"}}}]}}));
    insta::assert_snapshot!(lines(&machine, json!({}), &Mocks::new()));
}
