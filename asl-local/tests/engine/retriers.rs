//! Retriers: which one, how often, and after how long.

use asl_local::mocks::{Fault, fails, outcomes, succeeds};
use asl_local::{Execution, Mocks, Settings, Status, TaskError};
use serde_json::{Value, json};

use super::{machine, run, task};

/// The waits between the attempts of a task that always fails with `Busy`, in milliseconds.
fn waits(retry: Value, seed: u64) -> Vec<i64> {
    let mut work = task(json!({}));
    work["Retry"] = retry;
    let machine = machine(json!({"Work": work}));
    let mocks = Mocks::new().on("Work", fails("Busy", ""));
    let mut execution =
        Execution::with(Settings::new().seed(seed), &machine, json!({}), mocks.clone()).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Failed);
    let times: Vec<i64> = mocks.calls().iter().map(|call| call.time).collect();
    times.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[test]
fn delays_grow_by_the_rate_up_to_the_most() {
    let busy = json!(["Busy"]);
    assert_eq!(waits(json!([{"ErrorEquals": busy}]), 0), [1_000, 2_000, 4_000]);
    let slower = json!({"ErrorEquals": busy, "IntervalSeconds": 3, "MaxAttempts": 3, "BackoffRate": 2});
    assert_eq!(waits(json!([slower]), 0), [3_000, 6_000, 12_000]);
    let bounded = super::with(slower, json!({"MaxDelaySeconds": 5}));
    assert_eq!(waits(json!([bounded]), 0), [3_000, 5_000, 5_000]);
    let fraction = json!({"ErrorEquals": busy, "BackoffRate": 1.5, "MaxAttempts": 3});
    assert_eq!(waits(json!([fraction]), 0), [1_000, 1_500, 2_250]);
    assert_eq!(waits(json!([{"ErrorEquals": busy, "MaxAttempts": 0}]), 0), [0; 0]);
    let constant = json!({"ErrorEquals": busy, "BackoffRate": 1.0, "IntervalSeconds": 7, "MaxAttempts": 2});
    assert_eq!(waits(json!([constant]), 0), [7_000, 7_000]);
}

#[test]
fn full_jitter_is_drawn_from_the_seed_and_stays_below_the_delay() {
    let jitter = json!([{"ErrorEquals": ["Busy"], "IntervalSeconds": 2, "JitterStrategy": "FULL"}]);
    for seed in 0..50 {
        let drawn = waits(jitter.clone(), seed);
        assert_eq!(drawn, waits(jitter.clone(), seed));
        assert!(
            drawn.iter().zip([2_000, 4_000, 8_000]).all(|(drawn, most)| (0..=most).contains(drawn)),
            "{drawn:?}"
        );
    }
    assert_ne!(waits(jitter.clone(), 1), waits(jitter, 2));
}

#[test]
fn an_exhausted_retrier_stops_later_ones_that_match_too() {
    let both = json!([{"ErrorEquals": ["Busy"], "MaxAttempts": 1}, {"ErrorEquals": ["States.ALL"], "MaxAttempts": 5}]);
    assert_eq!(waits(both, 0), [1_000]);
}

#[test]
fn each_retrier_counts_for_itself_and_what_does_not_match_is_passed_over() {
    let retry = json!([
        {"ErrorEquals": ["NoSuchError"], "IntervalSeconds": 100},
        {"ErrorEquals": ["Busy"], "IntervalSeconds": 1, "MaxAttempts": 2},
        {"ErrorEquals": ["Slow"], "IntervalSeconds": 10, "MaxAttempts": 2}]);
    let machine = machine(json!({"Work": task(json!({"Retry": retry}))}));
    let error = |name: &str| Err(TaskError::new(name, ""));
    let mocks = Mocks::new().on(
        "Work",
        outcomes([error("Busy"), error("Slow"), error("Busy"), error("Slow"), Ok(json!("done"))]),
    );
    let execution = run(&machine, json!({}), &mocks);
    assert_eq!(execution.output(), Some(&json!("done")));
    assert_eq!(execution.elapsed().as_secs(), 1 + 10 + 2 + 20);
    assert_eq!(execution.history().retries("Work"), 4);
    assert_eq!(execution.history().visits("Work"), 1);
    // the first attempt, and each retry
    assert_eq!(execution.transitions(), 5);
}

#[test]
fn counts_begin_anew_when_the_state_is_entered_again() {
    let machine = machine(json!({
        "Work": {"Type": "Task", "Resource": super::FUNCTION, "Next": "Again?", "ResultPath": "$.work",
            "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 1}]},
        "Again?": {"Type": "Choice", "Default": "Done",
            "Choices": [{"Variable": "$.work", "StringEquals": "again", "Next": "Work"}]},
        "Done": {"Type": "Succeed"}}));
    let busy = || Err(TaskError::new("Busy", ""));
    let mocks = Mocks::new().on("Work", outcomes([busy(), Ok(json!("again")), busy(), Ok(json!("enough"))]));
    assert_eq!(run(&machine, json!({}), &mocks).status(), Status::Succeeded);
}

#[test]
fn the_context_tells_how_often_the_state_was_retried() {
    let machine = machine(json!({"Work": task(json!({
        "Parameters": {"attempt.$": "$$.State.RetryCount"}, "Retry": [{"ErrorEquals": ["States.ALL"]}]}))}));
    let mocks = Mocks::new().otherwise(succeeds(json!({}))).fault(Fault::nth(1)).fault(Fault::nth(2));
    run(&machine, json!({}), &mocks);
    let inputs: Vec<Value> = mocks.calls().into_iter().map(|call| call.input).collect();
    assert_eq!(inputs[0], json!({"attempt": 0}));
    assert_eq!(inputs.last(), Some(&json!({"attempt": inputs.len() - 1})));
}

#[test]
fn a_retried_parallel_begins_all_branches_again() {
    let branch = |name: &str| json!({"StartAt": name, "States": {name: task(json!({}))}});
    let machine =
        machine(json!({"Both": {"Type": "Parallel", "End": true, "Branches": [branch("A"), branch("B")],
        "Retry": [{"ErrorEquals": ["Busy"]}]}}));
    let mocks = Mocks::new()
        .on("A", succeeds(json!("a")))
        .on("B", outcomes([Err(TaskError::new("Busy", "")), Ok(json!("b"))]));
    let execution = run(&machine, json!({}), &mocks);
    assert_eq!(execution.output(), Some(&json!(["a", "b"])));
    assert_eq!(mocks.states(), ["A", "B", "A", "B"]);
    assert!(!super::types(&execution).contains(&"ParallelStateFailed"));
}
