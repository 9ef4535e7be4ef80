//! Time: timeouts of tasks and machines, heartbeats, the limits of Express and Standard.

use std::time::Duration;

use asl_core::Valid;
use asl_core::model::{StateMachine, WorkflowType};
use asl_local::mocks::{fails, succeeds, wait_for_token};
use asl_local::{Mocks, Status};
use serde_json::{Value, json};

use super::{definition, machine, run, start, task, token_task, types};

const DAY: u64 = 86_400;

#[test]
fn a_task_that_takes_as_long_as_its_timeout_is_in_time() {
    let machine = machine(json!({"Work": task(json!({"TimeoutSeconds": 60}))}));
    let takes = |seconds| Mocks::new().on("Work", succeeds(json!({})).takes(Duration::from_secs(seconds)));
    assert_eq!(run(&machine, json!({}), &takes(60)).status(), Status::Succeeded);
    let late = run(&machine, json!({}), &takes(61));
    assert_eq!((late.status(), late.error(), late.cause()), (Status::Failed, Some("States.Timeout"), None));
    assert_eq!(late.elapsed().as_secs(), 60);
    assert_eq!(
        types(&late)[2..],
        ["LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionTimedOut", "ExecutionFailed"]
    );
}

#[test]
fn advance_lets_so_much_time_pass_and_no_more() {
    let machine = machine(json!({"Wait": {"Type": "Wait", "Seconds": 100, "End": true}}));
    let mut execution = start(&machine, json!({}), &Mocks::new());
    assert_eq!(execution.advance(Duration::from_secs(99)).unwrap(), Status::Running);
    assert_eq!(execution.elapsed().as_secs(), 99);
    assert_eq!(execution.advance(Duration::from_secs(1)).unwrap(), Status::Succeeded);
    assert_eq!(execution.elapsed().as_secs(), 100);
}

#[test]
fn heartbeats_put_the_timeout_off() {
    let machine = machine(json!({"Ask": token_task(json!({"TimeoutSeconds": 100, "HeartbeatSeconds": 10}))}));
    let mut execution = start(&machine, json!({}), &Mocks::new().on("Ask", wait_for_token()));
    let token = execution.run_until_token().unwrap().unwrap();
    for _ in 0..5 {
        assert_eq!(execution.advance(Duration::from_secs(9)).unwrap(), Status::Running);
        execution.heartbeat(&token).unwrap();
    }
    assert_eq!(execution.advance(Duration::from_secs(10)).unwrap(), Status::Failed);
    assert_eq!((execution.error(), execution.elapsed().as_secs()), (Some("States.Timeout"), 55));
    assert!(execution.heartbeat(&token).is_err(), "it is too late for another");
}

#[test]
fn the_timeout_of_the_machine_ends_it_and_nothing_catches_that() {
    let machine = definition(&json!({"StartAt": "Work", "TimeoutSeconds": 10, "States": {
        "Work": task(json!({"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]})),
        "Caught": {"Type": "Succeed"}}}));
    let slow = Mocks::new().on("Work", succeeds(json!({})).takes(Duration::from_secs(11)));
    let execution = run(&machine, json!({}), &slow);
    assert_eq!((execution.status(), execution.elapsed().as_secs()), (Status::TimedOut, 10));
    assert_eq!(types(&execution).last(), Some(&"ExecutionTimedOut"));
}

#[test]
fn the_timeout_of_each_attempt_begins_anew() {
    let machine = machine(json!({"Work": task(json!({"TimeoutSeconds": 10,
        "Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 2, "BackoffRate": 1}]}))}));
    let execution = run(&machine, json!({}), &Mocks::new().on("Work", wait_for_token()));
    assert_eq!(execution.elapsed().as_secs(), 10 + 1 + 10 + 1 + 10);
}

fn of_type(workflow_type: WorkflowType, states: &Value) -> Valid<StateMachine> {
    let start = states.as_object().unwrap().keys().next().unwrap();
    let text = json!({"StartAt": start, "States": states}).to_string();
    asl_core::decode(&text).unwrap().validate_as(workflow_type).unwrap_or_else(|invalid| panic!("{invalid}"))
}

#[test]
fn an_express_execution_has_five_minutes() {
    let wait = |seconds| json!({"Wait": {"Type": "Wait", "Seconds": seconds, "End": true}});
    let express = |seconds| of_type(WorkflowType::Express, &wait(seconds));
    assert_eq!(run(&express(299), json!({}), &Mocks::new()).status(), Status::Succeeded);
    let late = run(&express(301), json!({}), &Mocks::new());
    assert_eq!((late.status(), late.elapsed().as_secs()), (Status::TimedOut, 300));
}

#[test]
fn a_standard_execution_has_a_year() {
    let wait = |days: u64| machine(json!({"Wait": {"Type": "Wait", "Seconds": days * DAY, "End": true}}));
    assert_eq!(run(&wait(366), json!({}), &Mocks::new()).status(), Status::Succeeded);
    let late = run(&wait(367), json!({}), &Mocks::new());
    assert_eq!((late.status(), late.elapsed().as_secs()), (Status::TimedOut, 366 * DAY));
}

#[test]
fn a_token_is_waited_for_a_year_at_most() {
    let machine = machine(json!({"Ask": token_task(json!({}))}));
    let mut execution = start(&machine, json!({}), &Mocks::new().on("Ask", wait_for_token()));
    // nothing happens by itself
    assert_eq!(execution.run().unwrap(), Status::Running);
    assert_eq!(execution.advance(Duration::from_secs(400 * DAY)).unwrap(), Status::TimedOut);
    assert_eq!(execution.elapsed().as_secs(), 366 * DAY);
    assert_eq!(execution.tokens().count(), 0);
}

#[test]
fn what_is_due_first_happens_first() {
    let wait = |seconds: u64| {
        json!({"StartAt": format!("W{seconds}"), "States": {
        format!("W{seconds}"): {"Type": "Wait", "Seconds": seconds, "Next": format!("P{seconds}")},
        format!("P{seconds}"): {"Type": "Pass", "End": true}}})
    };
    let machine =
        machine(json!({"All": {"Type": "Parallel", "End": true, "Branches": [wait(3), wait(1), wait(2)]}}));
    let execution = run(&machine, json!({}), &Mocks::new());
    let passes: Vec<&str> = execution.history().states().filter(|state| state.starts_with('P')).collect();
    assert_eq!(passes, ["P1", "P2", "P3"]);
}

#[test]
fn a_failure_at_the_moment_of_the_timeout_is_the_tasks_own() {
    let machine = machine(json!({"Work": task(json!({"TimeoutSeconds": 5}))}));
    let mocks = Mocks::new().on("Work", fails("Broken", "").takes(Duration::from_secs(5)));
    assert_eq!(run(&machine, json!({}), &mocks).error(), Some("Broken"));
}

/// A task of JSONata with this field.
fn jsonata_task(field: &str, code: &str) -> Value {
    let mut work = task(json!({}));
    work[field] = format!("{{% {code} %}}").into();
    json!({"QueryLanguage": "JSONata", "StartAt": "Work", "States": {"Work": work}})
}

#[test]
fn a_computed_time_is_in_the_range_of_a_written_one() {
    let mocks = Mocks::new().on("Work", succeeds(1));
    for field in ["TimeoutSeconds", "HeartbeatSeconds"] {
        for code in ["1", "99999999"] {
            let execution = run(&definition(&jsonata_task(field, code)), json!({}), &mocks);
            assert_eq!(execution.status(), Status::Succeeded, "{field} {code}");
        }
        for code in ["0", "-1", "100000000"] {
            let execution = run(&definition(&jsonata_task(field, code)), json!({}), &mocks);
            assert_eq!(execution.error(), Some("States.QueryEvaluationError"), "{field} {code}");
            let cause = execution.cause().unwrap();
            assert!(cause.ends_with(&format!("from 1 to 99999999, but was: {code}")), "{cause}");
            assert_eq!(types(&execution)[2..], ["EvaluationFailed", "ExecutionFailed"]);
        }
        let path = format!("{field}Path");
        let mut work = task(json!({}));
        work[&path] = "$.time".into();
        let machine = machine(json!({"Work": work}));
        for (time, error) in
            [(json!(1), None), (json!(0), Some("States.Runtime")), (json!(-1), Some("States.Runtime"))]
        {
            let execution = run(&machine, json!({"time": time}), &mocks);
            assert_eq!(execution.error(), error, "{path} {time}");
        }
    }
    for (code, status) in [("0", Status::Succeeded), ("-1", Status::Failed), ("100000000", Status::Failed)] {
        let wait = json!({"Type": "Wait", "Seconds": format!("{{% {code} %}}"), "End": true});
        let machine = json!({"QueryLanguage": "JSONata", "StartAt": "Wait", "States": {"Wait": wait}});
        assert_eq!(run(&definition(&machine), json!({}), &Mocks::new()).status(), status, "{code}");
    }
}

#[test]
fn a_time_to_wait_for_is_cut_to_seconds() {
    let until = "2025-01-01T00:00:10.9Z";
    let of_path = json!({"Type": "Wait", "TimestampPath": "$", "End": true});
    let written = json!({"Type": "Wait", "Timestamp": until, "End": true});
    let computed =
        json!({"Type": "Wait", "Timestamp": "{% $states.input %}", "End": true, "QueryLanguage": "JSONata"});
    for wait in [of_path, written, computed] {
        let execution = run(&machine(json!({"Wait": wait})), json!(until), &Mocks::new());
        assert_eq!(execution.elapsed(), Duration::from_secs(10));
    }
}

#[test]
fn an_http_task_has_a_minute() {
    let call = json!({"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "TimeoutSeconds": 300,
        "Parameters": {"ApiEndpoint": "https://example.com", "Method": "GET",
            "InvocationConfig": {"ConnectionArn": "arn:aws:events:us-east-1:123456789012:connection/c/1"}},
        "Catch": [{"ErrorEquals": ["States.Http.Socket"], "Next": "Caught"}]});
    let takes = |seconds| Mocks::new().on("Call", succeeds(json!({})).takes(Duration::from_secs(seconds)));
    let machine = machine(json!({"Call": call, "Caught": {"Type": "Pass", "Result": "caught", "End": true}}));
    assert_eq!(run(&machine, json!({}), &takes(60)).output(), Some(&json!({})));
    let late = run(&machine, json!({}), &takes(61));
    assert_eq!((late.output(), late.elapsed().as_secs()), (Some(&json!("caught")), 60));
    assert!(types(&late).contains(&"TaskFailed"));
}
