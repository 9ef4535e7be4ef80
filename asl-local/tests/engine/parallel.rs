//! Parallel states: order of results, and what stops with a failed branch.

use std::time::Duration;

use asl_local::mocks::{fails, succeeds, wait_for_token};
use asl_local::{Mocks, Status};
use serde_json::{Value, json};

use super::{machine, run, start, task, token_task, types};

fn branch(name: &str, state: Value) -> Value {
    let mut branch = json!({"StartAt": name});
    branch["States"][name] = state;
    branch
}

#[test]
fn results_stand_in_the_order_of_the_branches_whenever_they_end() {
    let machine = machine(json!({"All": {"Type": "Parallel", "End": true, "Branches": [
        branch("Slow", task(json!({}))), branch("Fast", task(json!({})))]}}));
    let mocks = Mocks::new()
        .on("Slow", succeeds(json!("slow")).takes(Duration::from_secs(9)))
        .on("Fast", succeeds(json!("fast")).takes(Duration::from_secs(1)));
    let execution = run(&machine, json!({}), &mocks);
    assert_eq!(execution.output(), Some(&json!(["slow", "fast"])));
    assert_eq!(execution.elapsed().as_secs(), 9);
}

#[test]
fn a_branch_that_fails_stops_the_others() {
    let machine = machine(json!({"All": {"Type": "Parallel", "End": true, "Branches": [
        branch("Broken", task(json!({}))), branch("Waits", json!({"Type": "Wait", "Seconds": 60, "End": true})),
        branch("Asks", token_task(json!({})))]}}));
    let mocks = Mocks::new()
        .on("Broken", fails("Broken", "why").takes(Duration::from_secs(5)))
        .on("Asks", wait_for_token());
    let execution = run(&machine, json!({}), &mocks);
    assert_eq!((execution.error(), execution.cause()), (Some("Broken"), Some("why")));
    assert_eq!(execution.elapsed().as_secs(), 5);
    assert_eq!(execution.tokens().count(), 0);
    let ends: Vec<_> = types(&execution).into_iter().filter(|name| name.ends_with("Aborted")).collect();
    assert_eq!(ends, ["TaskStateAborted", "WaitStateAborted", "TaskStateAborted"]);
    assert_eq!(types(&execution)[types(&execution).len() - 2..], ["ParallelStateFailed", "ExecutionFailed"]);
}

#[test]
fn what_is_caught_goes_on_outside_and_nothing_of_the_branches_does() {
    let machine = machine(json!({
        "All": {"Type": "Parallel", "Next": "After", "Branches": [
            branch("Waits", json!({"Type": "Wait", "Seconds": 60, "End": true})),
            branch("Broken", json!({"Type": "Fail", "Error": "Broken"}))],
            "Catch": [{"ErrorEquals": ["States.BranchFailed"], "Next": "Caught"}]},
        "After": {"Type": "Fail"},
        "Caught": {"Type": "Wait", "Seconds": 100, "End": true}}));
    let execution = run(&machine, json!({}), &Mocks::new());
    assert_eq!(execution.status(), Status::Succeeded);
    assert_eq!(execution.history().states().collect::<Vec<_>>(), ["All", "Waits", "Broken", "Caught"]);
    assert_eq!(execution.output(), Some(&json!({"Error": "Broken", "Cause": null})));
}

#[test]
fn a_stop_ends_all_that_runs_without_a_word_of_it() {
    let machine = machine(json!({"All": {"Type": "Parallel", "End": true, "Branches": [
        branch("A", token_task(json!({}))), branch("B", token_task(json!({})))]}}));
    let mocks = Mocks::new().otherwise(wait_for_token());
    let mut execution = start(&machine, json!({}), &mocks);
    execution.run().unwrap();
    let events = types(&execution).len();
    execution.stop(None, None);
    assert_eq!(types(&execution)[events..], ["ExecutionAborted"]);
    assert!(!execution.step().unwrap());
}

#[test]
fn a_map_within_a_branch_is_stopped_with_each_of_its_iterations() {
    let wait = branch("Waits", json!({"Type": "Wait", "Seconds": 60, "End": true}));
    let machine = machine(json!({"All": {"Type": "Parallel", "End": true, "Branches": [
        branch("Broken", task(json!({}))),
        branch("Each", json!({"Type": "Map", "MaxConcurrency": 2, "End": true, "ItemProcessor": wait}))]}}));
    let mocks = Mocks::new().on("Broken", fails("Broken", "why").takes(Duration::from_secs(5)));
    let execution = run(&machine, json!([1, 2, 3]), &mocks);
    let ends: Vec<_> = types(&execution).into_iter().filter(|name| name.ends_with("Aborted")).collect();
    let iteration = ["MapIterationAborted", "WaitStateAborted"];
    assert_eq!(ends, [&["TaskStateAborted", "MapStateAborted"][..], &iteration, &iteration].concat());
}
