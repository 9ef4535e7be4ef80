//! Which names of `ErrorEquals` match which errors, and what a catcher gives.

use asl_local::mocks::{fails, succeeds};
use asl_local::{Mocks, Status};
use serde_json::{Value, json};

use super::{machine, run, task};

/// The state that a task which fails with this error leads to, by a catcher for each of the names in turn.
fn caught_by(names: &[&str], fields: Value, mocks: &Mocks) -> Option<String> {
    let catch: Vec<Value> = names
        .iter()
        .map(|name| json!({"ErrorEquals": [name], "ResultPath": "$.error", "Next": format!("By{name}")}))
        .collect();
    let mut states = json!({"Work": super::with(task(fields), json!({"Catch": catch}))});
    for name in names {
        states[format!("By{name}")] = json!({"Type": "Succeed"});
    }
    let execution = run(&machine(states), json!({"in": 1}), mocks);
    execution.history().states().nth(1).map(|state| state.trim_start_matches("By").to_owned())
}

fn failing(error: &str) -> Mocks {
    Mocks::new().on("Work", fails(error, "why"))
}

#[test]
fn the_first_catcher_that_matches_is_taken() {
    let plain = || json!({});
    assert_eq!(caught_by(&["A", "B"], plain(), &failing("B")).as_deref(), Some("B"));
    assert_eq!(
        caught_by(&["States.TaskFailed", "B"], plain(), &failing("B")).as_deref(),
        Some("States.TaskFailed")
    );
    assert_eq!(caught_by(&["B", "States.ALL"], plain(), &failing("B")).as_deref(), Some("B"));
    assert_eq!(caught_by(&["b", "States.ALL"], plain(), &failing("B")).as_deref(), Some("States.ALL"));
    assert_eq!(caught_by(&["b"], plain(), &failing("B")), None);
}

#[test]
fn a_timeout_is_no_failed_task() {
    let waits = Mocks::new().on("Work", asl_local::mocks::wait_for_token());
    let names = ["States.TaskFailed", "States.Timeout"];
    assert_eq!(caught_by(&names, json!({"TimeoutSeconds": 5}), &waits).as_deref(), Some("States.Timeout"));
    assert_eq!(caught_by(&["States.TaskFailed"], json!({"TimeoutSeconds": 5}), &waits), None);
    assert_eq!(
        caught_by(&["States.ALL"], json!({"TimeoutSeconds": 5}), &waits).as_deref(),
        Some("States.ALL")
    );
}

#[test]
fn a_missed_heartbeat_has_two_names() {
    let waits = || Mocks::new().on("Work", asl_local::mocks::wait_for_token());
    let fields = json!({"TimeoutSeconds": 50, "HeartbeatSeconds": 5});
    for name in ["States.HeartbeatTimeout", "States.Timeout"] {
        assert_eq!(caught_by(&[name], fields.clone(), &waits()).as_deref(), Some(name));
    }
    // a timeout that is no heartbeat's has one only
    assert_eq!(caught_by(&["States.HeartbeatTimeout"], json!({"TimeoutSeconds": 5}), &waits()), None);
}

#[test]
fn nothing_catches_a_runtime_error() {
    let fields = json!({"InputPath": "$.missing"});
    let names = ["States.TaskFailed", "States.Runtime", "States.ALL"];
    assert_eq!(caught_by(&names, fields, &Mocks::new()), None);
}

#[test]
fn a_result_that_is_too_large_is_an_error_of_the_task() {
    let large = Mocks::new().on("Work", succeeds("x".repeat(262_145)));
    for name in ["States.ALL", "States.DataLimitExceeded"] {
        assert_eq!(caught_by(&[name], json!({}), &large).as_deref(), Some(name));
    }
}

#[test]
fn an_output_that_is_too_large_is_caught_by_its_own_name_only() {
    // each is small enough, both together are not
    let half = || Mocks::new().on("Work", succeeds("x".repeat(200_000)));
    let fields = json!({"ResultSelector": {"a.$": "$", "b.$": "$"}});
    assert_eq!(caught_by(&["States.ALL"], fields.clone(), &half()), None);
    let name = "States.DataLimitExceeded";
    assert_eq!(caught_by(&[name], fields, &half()).as_deref(), Some(name));
}

#[test]
fn nothing_catches_what_a_catcher_makes_too_large() {
    let machine = machine(json!({
        "Work": task(json!({"Catch": [
            {"ErrorEquals": ["States.DataLimitExceeded"], "ResultPath": "$.error", "Next": "Caught"},
            {"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Caught"}]})),
        "Caught": {"Type": "Succeed"}}));
    let execution = run(&machine, json!({"text": "x".repeat(262_100)}), &failing("B"));
    assert_eq!(execution.status(), Status::Failed);
    assert_eq!(execution.error(), Some("States.DataLimitExceeded"));
}

#[test]
fn the_error_output_goes_where_the_catcher_says() {
    let machine = machine(json!({
        "Work": task(json!({"Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Caught"}]})),
        "Caught": {"Type": "Succeed"}}));
    let execution = run(&machine, json!({"in": 1}), &failing("B"));
    assert_eq!(execution.output(), Some(&json!({"in": 1, "error": {"Error": "B", "Cause": "why"}})));
    assert!(super::types(&execution).contains(&"TaskStateExited"));
}

#[test]
fn a_choice_without_a_match_fails_and_the_parallel_around_it_can_catch_that() {
    let choice =
        json!({"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 1, "Next": "One"}]});
    let states = json!({"Which": choice, "One": {"Type": "Succeed"}});
    let alone = run(&machine(states.clone()), json!({"n": 2}), &Mocks::new());
    assert_eq!(alone.error(), Some("States.NoChoiceMatched"));
    let around = machine(json!({
        "Around": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "Which", "States": states}],
            "Catch": [{"ErrorEquals": ["States.NoChoiceMatched"], "Next": "Caught"}]},
        "Caught": {"Type": "Succeed"}}));
    assert_eq!(run(&around, json!({"n": 2}), &Mocks::new()).status(), Status::Succeeded);
}

#[test]
fn what_goes_wrong_in_a_catcher_is_written_down_and_ends_the_execution() {
    let catch = json!([{"ErrorEquals": ["Other"], "Next": "Done"}, {"ErrorEquals": ["States.ALL"], "Next": "Done",
        "Output": {"why": "{% $states.errorOutput.nothing %}"}}]);
    let branch = json!({"StartAt": "Bad", "States": {"Bad": {"Type": "Fail", "Error": "Bad"}}});
    for (work, failed) in [
        (task(json!({"Catch": catch})), None),
        (
            json!({"Type": "Parallel", "Branches": [branch], "Catch": catch, "End": true}),
            Some("ParallelStateFailed"),
        ),
    ] {
        let states = json!({"Work": work, "Done": {"Type": "Succeed"}});
        let machine = json!({"QueryLanguage": "JSONata", "StartAt": "Work", "States": states});
        let execution = run(&super::definition(&machine), json!({}), &failing("Bad"));
        assert_eq!(execution.error(), Some("States.QueryEvaluationError"));
        let last = ["EvaluationFailed"].into_iter().chain(failed).chain(["ExecutionFailed"]);
        let last: Vec<_> = last.collect();
        assert!(super::types(&execution).ends_with(&last), "{:?}", super::types(&execution));
        let event = serde_json::to_value(execution.history()).unwrap()["events"]
            .as_array()
            .unwrap()
            .iter()
            .find(|event| event["type"] == "EvaluationFailed")
            .cloned()
            .unwrap();
        assert_eq!(event["evaluationFailedEventDetails"]["location"], "Catch[1]/Output/why");
    }
}
