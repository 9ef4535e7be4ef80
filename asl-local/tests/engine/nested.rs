//! Executions that a state starts.

use std::time::Duration;

use asl_local::mocks::{runs, succeeds, wait_for_token};
use asl_local::{Mocks, Settings, Status};
use serde_json::{Value, json};

use super::{definition, machine, run, start, types, with};

const CHILD: &str = "arn:aws:states:us-east-1:123456789012:stateMachine:Child";

fn parent(suffix: &str, fields: Value) -> asl_core::Valid {
    let call = json!({"Type": "Task", "End": true, "Resource": format!("arn:aws:states:::states:startExecution{suffix}"),
        "Parameters": {"StateMachineArn": CHILD, "Input": {"n": 1}, "Name": "child-1"}});
    machine(json!({"Call": with(call, fields)}))
}

fn child() -> asl_core::Valid {
    machine(json!({"Work": {"Type": "Task", "Resource": super::FUNCTION, "End": true}}))
}

fn with_child(answer: impl Into<asl_local::mocks::Answer>) -> Mocks {
    Mocks::new().on("Call", runs(&child())).on("Work", answer)
}

#[test]
fn sync_gives_the_output_as_text_and_sync_2_as_json() {
    let takes = || with_child(succeeds(json!({"m": 2})).takes(Duration::from_secs(30)));
    let text = run(&parent(".sync", json!({})), json!({}), &takes());
    assert_eq!(text.output().unwrap()["Output"], json!(r#"{"m":2}"#));
    let parsed = run(&parent(".sync:2", json!({})), json!({}), &takes());
    let output = parsed.output().unwrap();
    assert_eq!((&output["Input"], &output["Output"]), (&json!({"n": 1}), &json!({"m": 2})));
    assert_eq!((&output["Name"], &output["Status"]), (&json!("child-1"), &json!("SUCCEEDED")));
    assert_eq!(parsed.elapsed().as_secs(), 30);
    assert_eq!(types(&parsed)[3..6], ["TaskStarted", "TaskSubmitted", "TaskSucceeded"]);
}

#[test]
fn without_sync_the_parent_goes_on_at_once() {
    let execution = run(&parent("", json!({})), json!({}), &with_child(wait_for_token()));
    assert_eq!((execution.status(), execution.elapsed().as_secs()), (Status::Succeeded, 0));
    assert!(execution.output().unwrap()["ExecutionArn"].as_str().unwrap().ends_with(":child-1"));
}

#[test]
fn what_was_started_and_not_waited_for_runs_beside_its_parent() {
    let states = json!({
        "Call": {"Type": "Task", "Next": "Wait", "Resource": "arn:aws:states:::states:startExecution",
            "Parameters": {"StateMachineArn": CHILD}},
        "Wait": {"Type": "Wait", "Seconds": 60, "End": true}});
    let mocks = with_child(succeeds(json!({})).takes(Duration::from_secs(30)));
    let execution = run(&machine(states), json!({}), &mocks);
    assert_eq!(mocks.calls_of("Work").len(), 1);
    assert_eq!((execution.transitions(), execution.all_transitions()), (2, 3));
}

#[test]
fn a_child_that_fails_fails_the_task_with_its_description() {
    let execution =
        run(&parent(".sync:2", json!({})), json!({}), &with_child(asl_local::mocks::fails("Broken", "why")));
    assert_eq!(execution.error(), Some("States.TaskFailed"));
    let cause: Value = serde_json::from_str(execution.cause().unwrap()).unwrap();
    assert_eq!((&cause["Error"], &cause["Cause"]), (&json!("Broken"), &json!("why")));
    assert_eq!(cause["Status"], "FAILED");
}

/// The events of all executions, as `name: type`.
fn all_events(machine: &asl_core::Valid, mocks: &Mocks) -> Vec<String> {
    let events = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let seen = std::rc::Rc::clone(&events);
    let sink = move |arn: &str, event: &asl_local::history::Event| {
        let name = arn.rsplit(':').next().unwrap_or_default();
        seen.borrow_mut().push(format!("{name}: {}", event.event_type()));
    };
    let mut execution = asl_local::Execution::with(
        Settings::new().name("parent").sink(sink),
        machine,
        json!({}),
        mocks.clone(),
    )
    .unwrap();
    execution.run().unwrap();
    events.take()
}

#[test]
fn a_child_stops_when_the_task_that_waits_for_it_times_out() {
    let mocks = with_child(wait_for_token());
    let events = all_events(&parent(".sync", json!({"TimeoutSeconds": 10})), &mocks);
    assert_eq!(
        events[events.len() - 3..],
        ["child-1: ExecutionAborted", "parent: TaskTimedOut", "parent: ExecutionFailed"]
    );
}

#[test]
fn a_child_stops_with_its_parent() {
    let timeout = definition(&json!({"StartAt": "Call", "TimeoutSeconds": 10, "States": {"Call": {
        "Type": "Task", "End": true, "Resource": "arn:aws:states:::states:startExecution.sync",
        "Parameters": {"StateMachineArn": CHILD, "Name": "child-1"}}}}));
    let events = all_events(&timeout, &with_child(wait_for_token()));
    assert_eq!(events[events.len() - 2..], ["child-1: ExecutionAborted", "parent: ExecutionTimedOut"]);
}

#[test]
fn a_machine_that_starts_itself_comes_to_an_end() {
    let itself = parent(".sync", json!({}));
    let mocks = Mocks::new().on("Call", runs(&itself));
    let execution = run(&itself, json!({}), &mocks);
    assert_eq!(execution.status(), Status::Failed);
    assert_eq!(execution.error(), Some("States.TaskFailed"));
}

#[test]
fn a_thousand_children_one_after_the_other_leave_nothing_behind() {
    let states = json!({"Each": {"Type": "Map", "End": true, "MaxConcurrency": 1, "ResultPath": null,
        "ItemProcessor": {"StartAt": "Call", "States": {"Call": {"Type": "Task", "End": true, "ResultPath": null,
            "Resource": "arn:aws:states:::states:startExecution.sync", "Parameters": {"StateMachineArn": CHILD}}}}}});
    let items: Vec<u32> = (0..1_000).collect();
    let execution = run(&machine(states), json!(items), &with_child(succeeds(json!({}))));
    assert_eq!(execution.status(), Status::Succeeded);
    assert_eq!(execution.all_transitions(), 1 + 1_000 + 1_000);
}

#[test]
fn a_child_can_be_asked_for_its_token() {
    let ask = machine(json!({"Work": super::token_task(json!({}))}));
    let mocks = Mocks::new().on("Call", runs(&ask)).on("Work", wait_for_token());
    let mut execution = start(&parent(".sync:2", json!({})), json!({}), &mocks);
    let token = execution.run_until_token().unwrap().unwrap();
    assert_eq!(execution.state_of_token(&token).as_deref(), Some("Work"));
    execution.task_success(&token, json!("yes")).unwrap();
    execution.run().unwrap();
    assert_eq!(execution.output().unwrap()["Output"], json!("yes"));
}
