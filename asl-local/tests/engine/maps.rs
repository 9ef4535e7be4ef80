//! Inline Map: items, concurrency, failures.

use std::time::Duration;

use asl_local::mocks::{from_call, succeeds};
use asl_local::world::{Outcome, Reply};
use asl_local::{Mocks, Status, TaskError};
use serde_json::{Value, json};

use super::{machine, run, task, types, with};

fn map(fields: Value) -> asl_core::Valid {
    let processor = json!({"StartAt": "Work", "States": {"Work": task(json!({}))}});
    machine(json!({"Each": with(json!({"Type": "Map", "End": true, "ItemProcessor": processor}), fields)}))
}

/// Tasks that take a second and give back their input.
fn echo() -> Mocks {
    Mocks::new().on(
        "Work",
        from_call(|call| Reply {
            after: Duration::from_secs(1),
            ..Reply::new(Outcome::Success(call.input.clone()))
        }),
    )
}

#[test]
fn so_many_iterations_run_at_a_time_in_the_order_of_the_items() {
    for (most, seconds) in [(1, 5), (2, 3), (5, 1), (0, 1)] {
        let mocks = echo();
        let execution = run(&map(json!({"MaxConcurrency": most})), json!([0, 1, 2, 3, 4]), &mocks);
        assert_eq!(execution.elapsed().as_secs(), seconds, "MaxConcurrency {most}");
        assert_eq!(execution.output(), Some(&json!([0, 1, 2, 3, 4])));
        let inputs: Vec<Value> = mocks.calls().into_iter().map(|call| call.input).collect();
        assert_eq!(json!(inputs), json!([0, 1, 2, 3, 4]));
    }
}

#[test]
fn forty_run_at_a_time_when_nothing_is_said() {
    let items: Vec<u32> = (0..81).collect();
    assert_eq!(run(&map(json!({})), json!(items), &echo()).elapsed().as_secs(), 3);
    assert_eq!(run(&map(json!({"MaxConcurrency": 1_000})), json!(items), &echo()).elapsed().as_secs(), 3);
}

#[test]
fn the_selector_sees_the_item_and_the_input() {
    let fields = json!({"ItemsPath": "$.items", "ItemSelector": {
        "index.$": "$$.Map.Item.Index", "value.$": "$$.Map.Item.Value", "order.$": "$.order"}});
    let execution = run(&map(fields), json!({"items": ["a", "b"], "order": 7}), &echo());
    let expected = json!([{"index": 0, "value": "a", "order": 7}, {"index": 1, "value": "b", "order": 7}]);
    assert_eq!(execution.output(), Some(&expected));
}

#[test]
fn no_items_give_no_results() {
    let execution = run(&map(json!({})), json!([]), &Mocks::new());
    assert_eq!(execution.output(), Some(&json!([])));
    assert_eq!(
        types(&execution)[1..5],
        ["MapStateEntered", "MapStateStarted", "MapStateSucceeded", "MapStateExited"]
    );
}

#[test]
fn items_that_are_no_array_fail_the_execution() {
    let execution = run(&map(json!({"ItemsPath": "$.items"})), json!({"items": 1}), &Mocks::new());
    assert_eq!(execution.error(), Some("States.Runtime"));
}

#[test]
fn an_iteration_that_fails_stops_the_others_and_starts_no_more() {
    let mocks = Mocks::new().on(
        "Work",
        from_call(|call| Reply {
            after: Duration::from_secs(if call.input == &json!(1) { 2 } else { 5 }),
            ..Reply::new(match call.input {
                input if input == &json!(1) => Outcome::Failure(TaskError::new("Broken", "")),
                input => Outcome::Success(input.clone()),
            })
        }),
    );
    let execution = run(&map(json!({"MaxConcurrency": 2})), json!([0, 1, 2, 3]), &mocks);
    assert_eq!((execution.status(), execution.error()), (Status::Failed, Some("Broken")));
    assert_eq!(mocks.calls().len(), 2);
    assert_eq!(execution.elapsed().as_secs(), 2);
    let count = |name: &str| types(&execution).iter().filter(|event| **event == name).count();
    assert_eq!(
        (count("MapIterationFailed"), count("MapIterationAborted"), count("MapStateFailed")),
        (1, 1, 1)
    );
}

#[test]
fn a_map_in_a_map_keeps_its_own_items() {
    let inner = json!({"Type": "Map", "End": true, "ItemSelector": {"n.$": "$$.Map.Item.Value"},
        "ItemProcessor": {"StartAt": "Work", "States": {"Work": task(json!({}))}}});
    let machine = machine(json!({"Outer": {"Type": "Map", "End": true,
        "ItemProcessor": {"StartAt": "Inner", "States": {"Inner": inner}}}}));
    let execution = run(&machine, json!([[1, 2], [], [3]]), &echo());
    assert_eq!(execution.output(), Some(&json!([[{"n": 1}, {"n": 2}], [], [{"n": 3}]])));
}

#[test]
fn two_thousand_items_give_two_thousand_results() {
    let items: Vec<u32> = (0..2_000).collect();
    let mocks = Mocks::new().on("Work", succeeds(json!("done")));
    let execution = run(
        &map(json!({"ResultPath": "$.results", "ItemsPath": "$.items"})),
        json!({"items": items}),
        &mocks,
    );
    assert_eq!(execution.output().unwrap()["results"].as_array().unwrap().len(), 2_000);
}
