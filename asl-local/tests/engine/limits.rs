//! The service's limits: payloads, histories, depth.

use asl_local::mocks::succeeds;
use asl_local::{Execution, Mocks, NotRedrivable, Settings, Status};
use serde_json::{Value, json};

use super::{machine, run, task, types};

const KIB_256: usize = 262_144;

/// A JSON text of this length.
fn text_of(bytes: usize) -> Value {
    "x".repeat(bytes - 2).into()
}

#[test]
fn a_payload_has_256_kib() {
    let machine = machine(json!({"Work": task(json!({}))}));
    let answering = |bytes| Mocks::new().on("Work", succeeds(text_of(bytes)));
    assert_eq!(run(&machine, json!({}), &answering(KIB_256)).status(), Status::Succeeded);
    let execution = run(&machine, json!({}), &answering(KIB_256 + 1));
    assert_eq!(execution.error(), Some("States.DataLimitExceeded"));
    assert!(execution.cause().unwrap().starts_with("The state/task 'arn:aws:lambda"));
    // bytes of UTF-8, not characters
    let wide = Mocks::new().on("Work", succeeds("é".repeat(KIB_256 / 2)));
    assert_eq!(run(&machine, json!({}), &wide).status(), Status::Failed);
}

#[test]
fn an_output_has_256_kib() {
    let machine =
        machine(json!({"Twice": {"Type": "Pass", "Parameters": {"a.$": "$", "b.$": "$"}, "End": true}}));
    let fits = KIB_256 / 2 - 10;
    assert_eq!(run(&machine, text_of(fits), &Mocks::new()).status(), Status::Succeeded);
    let execution = run(&machine, text_of(KIB_256 / 2), &Mocks::new());
    assert_eq!(execution.error(), Some("States.DataLimitExceeded"));
}

#[test]
fn a_standard_history_has_25_000_events() {
    let machine = machine(
        json!({"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Choice", "Default": "Done",
        "Choices": [{"Variable": "$.on", "BooleanEquals": true, "Next": "A"}]}, "Done": {"Type": "Succeed"}}),
    );
    let mut execution = run(&machine, json!({"on": true}), &Mocks::new());
    assert_eq!(execution.status(), Status::Failed);
    assert_eq!(execution.history().len(), 25_000);
    assert_eq!(types(&execution).last(), Some(&"ExecutionFailed"));
    assert_eq!(execution.redrive(), Err(NotRedrivable::HistoryFull));
}

#[test]
fn no_catcher_hides_that_the_history_is_full() {
    let loops = json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"},
        "B": {"Type": "Choice", "Default": "A", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "End"}]},
        "End": {"Type": "Succeed"}}});
    let machine = machine(json!({
        "Around": {"Type": "Parallel", "Branches": [loops], "End": true,
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]},
        "Caught": {"Type": "Succeed"}}));
    let settings = Settings::new().history_quota(Some(100));
    let mut execution = Execution::with(settings, &machine, json!({}), Mocks::new()).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Failed);
    assert_eq!(execution.history().len(), 100);
    assert!(execution.cause().unwrap().contains("(100)"));
}

#[test]
fn data_that_grows_deeper_in_a_loop_comes_to_an_end() {
    let machine = machine(json!({"Deeper": {"Type": "Pass", "Parameters": {"in.$": "$"}, "Next": "Again"},
        "Again": {"Type": "Choice", "Default": "Deeper", "Choices": [{"Variable": "$.out", "IsPresent": true, "Next": "End"}]},
        "End": {"Type": "Succeed"}}));
    let execution = run(&machine, json!({}), &Mocks::new());
    assert_eq!((execution.status(), execution.error()), (Status::Failed, Some("States.Runtime")));
    assert!(execution.cause().unwrap().contains("levels deep"));
}
