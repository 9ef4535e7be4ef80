//! Redrive: an execution goes on from where it ended.

use std::time::Duration;

use asl_local::mocks::{fails, outcomes, succeeds, wait_for_token};
use asl_local::{Mocks, NotRedrivable, Status, TaskError};
use serde_json::{Value, json};

use super::{definition, machine, run, start, task, token_task, types};

fn broken() -> Result<Value, TaskError> {
    Err(TaskError::new("Broken", ""))
}

/// Redrives a failed execution, which then succeeds.
fn redriven(machine: &asl_core::Valid, input: Value, mocks: &Mocks) -> Value {
    let mut execution = run(machine, input, mocks);
    assert_ne!(execution.status(), Status::Succeeded);
    execution.redrive().unwrap();
    assert_eq!(
        execution.run().unwrap(),
        Status::Succeeded,
        "{:?} {:?}",
        execution.error(),
        execution.cause()
    );
    assert!(types(&execution).contains(&"ExecutionRedriven"));
    execution.output().unwrap().clone()
}

#[test]
fn a_task_is_scheduled_again_and_what_was_done_is_not() {
    let machine = machine(json!({
        "First": {"Type": "Task", "Resource": super::FUNCTION, "Next": "Second", "ResultPath": "$.first"},
        "Second": task(json!({"ResultPath": "$.second"}))}));
    let mocks = Mocks::new().on("First", succeeds(json!(1))).on("Second", outcomes([broken(), Ok(json!(2))]));
    assert_eq!(redriven(&machine, json!({}), &mocks), json!({"first": 1, "second": 2}));
    assert_eq!(mocks.states(), ["First", "Second", "Second"]);
}

#[test]
fn retriers_begin_anew() {
    let machine =
        machine(json!({"Work": task(json!({"Retry": [{"ErrorEquals": ["Broken"], "MaxAttempts": 1}]}))}));
    let mocks = Mocks::new().on("Work", outcomes([broken(), broken(), broken(), Ok(json!("done"))]));
    assert_eq!(redriven(&machine, json!({}), &mocks), json!("done"));
}

#[test]
fn only_the_branches_that_failed_or_were_stopped_run_again() {
    let branch = |name: &str| json!({"StartAt": name, "States": {name: task(json!({}))}});
    let machine = machine(json!({"All": {"Type": "Parallel", "End": true,
        "Branches": [branch("Done"), branch("Breaks"), branch("Slow")]}}));
    let mocks = Mocks::new()
        .on("Done", succeeds(json!("done")))
        .on("Breaks", outcomes([fails("Broken", "").takes(Duration::from_secs(1)), succeeds(json!("again"))]))
        .on("Slow", succeeds(json!("slow")).takes(Duration::from_secs(9)));
    assert_eq!(redriven(&machine, json!({}), &mocks), json!(["done", "again", "slow"]));
    assert_eq!(mocks.states(), ["Done", "Breaks", "Slow", "Breaks", "Slow"]);
}

#[test]
fn only_the_iterations_that_failed_or_did_not_begin_run_again() {
    let machine = machine(json!({"Each": {"Type": "Map", "End": true, "MaxConcurrency": 1,
        "ItemProcessor": {"StartAt": "Work", "States": {"Work": task(json!({}))}}}}));
    let mocks = Mocks::new().on("Work", outcomes([Ok(json!("a")), broken(), Ok(json!("b")), Ok(json!("c"))]));
    assert_eq!(redriven(&machine, json!([1, 2, 3]), &mocks), json!(["a", "b", "c"]));
    let items: Vec<Value> = mocks.calls().into_iter().map(|call| call.input).collect();
    assert_eq!(items, [json!(1), json!(2), json!(2), json!(3)]);
}

#[test]
fn a_selector_that_failed_is_asked_again_for_its_item() {
    // a path into the second item leads nowhere: the same happens again, and no item is lost on the way
    let machine = machine(json!({"Each": {"Type": "Map", "End": true, "MaxConcurrency": 1,
        "ItemSelector": {"n.$": "$$.Map.Item.Value.n"},
        "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}));
    let mut execution = run(&machine, json!([{"n": 1}, {}]), &Mocks::new());
    let error = execution.error().map(str::to_owned);
    assert_eq!(error.as_deref(), Some("States.Runtime"));
    execution.redrive().unwrap();
    assert_eq!(execution.run().unwrap(), Status::Failed);
    assert_eq!(execution.error(), error.as_deref());
}

#[test]
fn only_the_children_of_a_map_run_that_failed_run_again() {
    let machine = super::distributed::map(json!({"MaxConcurrency": 1}));
    let mocks = Mocks::new().on("Work", outcomes([Ok(json!("a")), broken(), Ok(json!("b")), Ok(json!("c"))]));
    assert_eq!(redriven(&machine, json!([1, 2, 3]), &mocks), json!(["a", "b", "c"]));
    let items: Vec<Value> = mocks.calls().into_iter().map(|call| call.input).collect();
    assert_eq!(items, [json!(1), json!(2), json!(2), json!(3)]);
}

#[test]
fn express_children_begin_anew_and_standard_ones_go_on() {
    for (execution_type, calls) in [("STANDARD", vec!["A", "B", "B"]), ("EXPRESS", vec!["A", "B", "A", "B"])]
    {
        let mut first = task(json!({"Next": "B"}));
        first.as_object_mut().unwrap().remove("End");
        let processor = json!({"StartAt": "A", "States": {"A": first, "B": task(json!({}))}});
        let machine = super::distributed::of_type(execution_type, processor, json!({}));
        let mocks = Mocks::new().on("A", succeeds(json!(1))).on("B", outcomes([broken(), Ok(json!("done"))]));
        assert_eq!(redriven(&machine, json!(["item"]), &mocks), json!(["done"]));
        assert_eq!(mocks.states(), calls, "{execution_type}");
    }
}

#[test]
fn redriven_children_keep_to_the_concurrency() {
    let machine = super::distributed::map(json!({"MaxConcurrency": 2}));
    let mocks = Mocks::new().on("Work", wait_for_token());
    let mut execution = start(&machine, json!([1, 2, 3, 4, 5]), &mocks);
    execution.run().unwrap();
    assert_eq!(mocks.calls().len(), 2);
    execution.stop(None, None);
    execution.redrive().unwrap();
    execution.run().unwrap();
    assert_eq!(mocks.calls().len(), 4, "two again, and none beside them");
}

#[test]
fn an_execution_that_was_stopped_goes_on() {
    let machine = machine(json!({
        "Wait": {"Type": "Wait", "Timestamp": "2025-01-01T01:00:00Z", "Next": "Ask"}, "Ask": token_task(json!({}))}));
    let mut execution = start(&machine, json!({}), &Mocks::new().on("Ask", wait_for_token()));
    execution.advance(Duration::from_secs(60)).unwrap();
    execution.stop(Some("Enough"), Some("of this"));
    execution.redrive().unwrap();
    assert_eq!(execution.error(), None);
    execution.run().unwrap();
    assert_eq!(execution.elapsed().as_secs(), 3_600);
    execution.stop(None, None);
    execution.redrive().unwrap();
    let token = execution.run_until_token().unwrap().unwrap();
    execution.task_success(&token, json!("yes")).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    let count = types(&execution).iter().filter(|name| **name == "ExecutionRedriven").count();
    assert_eq!(count, 2);
}

#[test]
fn an_execution_that_ran_out_of_time_has_all_of_it_again() {
    let machine =
        definition(&json!({"StartAt": "Work", "TimeoutSeconds": 10, "States": {"Work": task(json!({}))}}));
    let slow = succeeds(json!("late")).takes(Duration::from_secs(11));
    let mocks =
        Mocks::new().on("Work", outcomes([slow, succeeds(json!("soon")).takes(Duration::from_secs(9))]));
    assert_eq!(redriven(&machine, json!({}), &mocks), json!("soon"));
}

#[test]
fn the_context_tells_of_the_redrive() {
    let machine = machine(json!({"Work": task(json!({"Parameters": {
        "count.$": "$$.Execution.RedriveCount"}}))}));
    let mocks = Mocks::new().on("Work", outcomes([broken(), Ok(json!({}))]));
    redriven(&machine, json!({}), &mocks);
    let inputs: Vec<Value> = mocks.calls().into_iter().map(|call| call.input).collect();
    assert_eq!(inputs, [json!({"count": 0}), json!({"count": 1})]);
}

#[test]
fn a_parallel_whose_result_was_too_large_runs_all_branches_again() {
    let branch = |name: &str| json!({"StartAt": name, "States": {name: task(json!({}))}});
    let machine =
        machine(json!({"All": {"Type": "Parallel", "End": true, "Branches": [branch("A"), branch("B")]}}));
    let large = || Ok(json!("x".repeat(200_000)));
    let mocks = Mocks::new()
        .on("A", outcomes([large(), Ok(json!("a"))]))
        .on("B", outcomes([large(), Ok(json!("b"))]));
    assert_eq!(redriven(&machine, json!({}), &mocks), json!(["a", "b"]));
}

#[test]
fn branches_that_fail_again_at_once_are_caught_as_before() {
    // the second branch is resumed when the first has failed already
    let branch = |name: &str| {
        json!({"StartAt": name, "States": {name: task(json!({
        "Parameters": {"count.$": "$$.Execution.RedriveCount", "path.$": "$.missing"}}))}})
    };
    let around =
        |name: &str| json!({"Type": "Parallel", "End": true, "Branches": [branch("A"), branch(name)]});
    let machine = machine(json!({
        "Outer": {"Type": "Parallel", "End": true, "Branches": [
            {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 9, "End": true}}},
            {"StartAt": "Inner", "States": {"Inner": around("B")}}]}}));
    let mut execution = run(&machine, json!({}), &Mocks::new());
    for _ in 0..3 {
        assert_eq!((execution.status(), execution.error()), (Status::Failed, Some("States.Runtime")));
        execution.redrive().unwrap();
        execution.run().unwrap();
    }
}

#[test]
fn what_runs_or_succeeded_cannot_be_redriven() {
    let machine = machine(json!({"Wait": {"Type": "Wait", "Seconds": 5, "End": true}}));
    let mut execution = start(&machine, json!({}), &Mocks::new());
    assert_eq!(execution.redrive(), Err(NotRedrivable::Running));
    execution.run().unwrap();
    assert_eq!(execution.redrive(), Err(NotRedrivable::Succeeded));
}

#[test]
fn two_weeks_after_its_end_an_execution_cannot_be_redriven() {
    const DAY: Duration = Duration::from_secs(86_400);
    let machine = machine(json!({"Work": task(json!({}))}));
    let mut execution = run(&machine, json!({}), &Mocks::new().on("Work", fails("Broken", "")));
    execution.advance(14 * DAY).unwrap();
    assert_eq!(execution.redrive(), Ok(()));
    execution.run().unwrap();
    execution.advance(14 * DAY + Duration::from_millis(1)).unwrap();
    assert_eq!(execution.redrive(), Err(NotRedrivable::TooLate));
}
