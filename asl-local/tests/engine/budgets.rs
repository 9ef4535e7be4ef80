//! How far a run may go.

use std::time::Duration;

use asl_local::mocks::{fails, succeeds, wait_for_token};
use asl_local::{Execution, Exhausted, Mocks, Settings, Status};
use serde_json::{Value, json};

use super::{machine, start, task, token_task};

fn endless(extra: Value) -> asl_core::Valid {
    machine(json!({"A": super::with(json!({"Type": "Pass", "Next": "B"}), extra),
        "B": {"Type": "Choice", "Default": "A", "Choices": [{"Variable": "$.stop", "IsPresent": true, "Next": "End"}]},
        "End": {"Type": "Succeed"}}))
}

#[test]
fn a_loop_without_an_end_is_broken_off() {
    let settings = Settings::new().max_transitions(100).history_quota(None);
    let mut execution = Execution::with(settings, &endless(json!({})), json!({}), Mocks::new()).unwrap();
    let exhausted = execution.run().unwrap_err();
    assert_eq!(exhausted, Exhausted::Transitions { transitions: 100, state: "A".to_owned() });
    assert!(exhausted.to_string().contains("`A`"), "{exhausted}");
    // it stays where it was, however often it is tried
    assert_eq!(execution.run().unwrap_err(), exhausted);
    assert_eq!((execution.status(), execution.transitions()), (Status::Running, 100));
}

#[test]
fn retries_count_too() {
    let retry =
        json!({"Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 99_999_999, "BackoffRate": 1}]});
    let machine = machine(json!({"Work": task(retry)}));
    let settings = Settings::new().max_transitions(50).history_quota(None);
    let mocks = Mocks::new().on("Work", fails("Busy", ""));
    let mut execution = Execution::with(settings, &machine, json!({}), mocks.clone()).unwrap();
    assert!(matches!(execution.run(), Err(Exhausted::Transitions { transitions: 50, .. })));
    assert_eq!(mocks.calls().len(), 50);
}

#[test]
fn time_has_an_end_too() {
    let machine = machine(json!({"Wait": {"Type": "Wait", "Seconds": 7_200, "End": true}}));
    let settings = Settings::new().max_time(Duration::from_secs(3_600));
    let mut execution = Execution::with(settings, &machine, json!({}), Mocks::new()).unwrap();
    assert_eq!(execution.run().unwrap_err(), Exhausted::Time { seconds: 7_200 });
}

#[test]
fn histories_in_memory_have_an_end_too() {
    let result = json!({"Result": {"text": "x".repeat(10_000)}, "ResultPath": "$.large"});
    let settings =
        || Settings::new().max_history_bytes(1_000_000).history_quota(None).max_transitions(10_000);
    let run = |settings| {
        Execution::with(settings, &endless(result.clone()), json!({}), Mocks::new()).unwrap().run()
    };
    assert!(matches!(run(settings()), Err(Exhausted::History { bytes }) if bytes > 1_000_000));
    assert!(matches!(run(settings().keep_history(false)), Err(Exhausted::Transitions { .. })));
    // what is handed on is not held twice
    let passes = Execution::with(settings(), &endless(json!({})), json!("x".repeat(10_000)), Mocks::new())
        .unwrap()
        .run();
    assert!(matches!(passes, Err(Exhausted::Transitions { .. })));
}

#[test]
fn a_run_goes_step_by_step() {
    let machine = machine(json!({"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "End": true}}));
    let mut execution = start(&machine, json!({}), &Mocks::new());
    let mut seen = vec![execution.history().len()];
    while execution.step().unwrap() {
        seen.push(execution.history().len());
    }
    assert_eq!(seen, [1, 2, 3, 4, 6]);
    assert!(!execution.step().unwrap(), "it has ended");
}

#[test]
fn run_until_token_stops_there_and_ends_if_there_is_none() {
    let machine = machine(json!({"Work": {"Type": "Task", "Resource": super::FUNCTION, "Next": "Ask"},
        "Ask": token_task(json!({}))}));
    let mocks = Mocks::new()
        .on("Work", succeeds(json!({})).takes(Duration::from_secs(5)))
        .on("Ask", wait_for_token());
    let mut execution = start(&machine, json!({}), &mocks);
    let token = execution.run_until_token().unwrap().unwrap();
    assert_eq!(execution.elapsed().as_secs(), 5);
    execution.task_success(&token, json!({})).unwrap();
    assert_eq!(execution.run_until_token().unwrap(), None);
    assert_eq!(execution.status(), Status::Succeeded);
}
