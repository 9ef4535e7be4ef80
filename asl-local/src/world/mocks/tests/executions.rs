use serde_json::{Value, json};
use std::time::Duration;

use asl_core::Valid;
use asl_core::model::StateMachine;

use super::super::*;
use crate::{Execution, Status};

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

fn machine(definition: &Value) -> Valid<StateMachine> {
    asl_core::decode(&definition.to_string()).unwrap().validate().unwrap()
}

/// A machine of one task, with more fields.
fn one(more: &Value) -> Valid<StateMachine> {
    let mut task = json!({"Type": "Task", "Resource": FUNCTION, "End": true});
    for (name, value) in more.as_object().unwrap() {
        task[name] = value.clone();
    }
    let states = json!({"Ship": task, "Caught": {"Type": "Succeed"}});
    let states = if more.get("Catch").is_some() { states } else { json!({"Ship": task}) };
    machine(&json!({"StartAt": "Ship", "States": states}))
}

#[test]
fn no_catcher_and_no_retrier_hides_a_missing_mock() {
    let machine = one(&json!({
        "Retry": [{"ErrorEquals": ["States.ALL"]}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]
    }));
    let mut mocks = Mocks::new().on("Charge", succeeds(1));
    // lent, not given away
    let mut execution = Execution::start(&machine, json!({}), &mut mocks).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Failed);
    assert_eq!(execution.error(), Some("States.Runtime"));
    assert!(
        execution.cause().unwrap().contains("there is no mock for the state `Ship`"),
        "{:?}",
        execution.cause()
    );
    mocks.assert_called("Ship", 1);
    assert_eq!(mocks.unused(), ["Charge"]);
}

#[test]
fn a_workflow_with_retriers_survives_faults_at_every_first_attempt() {
    let map = json!({"StartAt": "Each", "States": {"Each": {
        "Type": "Map", "End": true,
        "ItemProcessor": {"StartAt": "Ship", "States": {"Ship": {
            "Type": "Task", "Resource": FUNCTION, "End": true,
            "Retry": [{"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 5}]
        }}}
    }}});
    let mocks =
        Mocks::new().on("f", |item: &Value| Ok(json!({"shipped": item}))).fault(Fault::first_attempts());
    let mut execution = Execution::start(&machine(&map), json!([1, 2, 3]), mocks.clone()).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    assert_eq!(execution.output(), Some(&json!([{"shipped": 1}, {"shipped": 2}, {"shipped": 3}])));
    mocks.assert_called("Ship", 6);
    assert_eq!(execution.elapsed(), Duration::from_secs(5));
}

#[test]
fn a_task_that_takes_longer_than_it_may_times_out() {
    let machine = one(&json!({"TimeoutSeconds": 60}));
    for (seconds, status) in [(59, Status::Succeeded), (61, Status::Failed)] {
        let mocks = Mocks::new().on("Ship", succeeds(1).takes(Duration::from_secs(seconds)));
        let mut execution = Execution::start(&machine, json!({}), mocks).unwrap();
        assert_eq!(execution.run().unwrap(), status, "{seconds} seconds");
    }
}

#[test]
fn the_token_of_a_task_is_found_in_the_record_of_its_call() {
    let machine = one(&json!({
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": "https://q", "MessageBody": {"token.$": "$$.Task.Token"}}
    }));
    let mocks = Mocks::new().on("sqs:sendMessage", submitted(json!({"MessageId": "m-1"})));
    let mut execution = Execution::start(&machine, json!({}), mocks.clone()).unwrap();
    assert!(execution.run_until_token().unwrap().is_some());
    let [call] = &mocks.calls()[..] else { panic!("one call") };
    let token = call.token.clone().unwrap();
    assert_eq!(call.input["MessageBody"]["token"], token.as_str());
    execution.task_failure(&token, TaskError::new("Refused", "no")).unwrap();
    assert_eq!((execution.run().unwrap(), execution.error()), (Status::Failed, Some("Refused")));
}

#[test]
fn the_tasks_of_a_nested_execution_are_mocked_too() {
    let inner = one(&json!({}));
    let outer = machine(&json!({"StartAt": "Refund", "States": {"Refund": {
        "Type": "Task", "End": true, "OutputPath": "$.Output",
        "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:PayBack", "Input": "[1]"}
    }}}));
    let mocks = Mocks::new().on("PayBack", runs(&inner)).on("Ship", |input: &Value| Ok(input.clone()));
    let mut execution = Execution::start(&outer, json!({}), mocks.clone()).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    assert_eq!(execution.output(), Some(&json!([1])));
    assert_eq!(mocks.states(), ["Refund", "Ship"]);
}

#[test]
fn the_worker_of_an_activity_is_named() {
    let machine = one(&json!({"Resource": "arn:aws:states:us-east-1:123456789012:activity:pack"}));
    let mocks = Mocks::new().on("pack", succeeds("packed").worker("Ann"));
    let mut execution = Execution::start(&machine, json!({}), mocks).unwrap();
    execution.run().unwrap();
    let history = serde_json::to_value(execution.history()).unwrap();
    let started =
        history["events"].as_array().unwrap().iter().find(|event| event["type"] == "ActivityStarted");
    assert_eq!(started.unwrap()["activityStartedEventDetails"], json!({"workerName": "Ann"}));
}

#[test]
fn a_distributed_map_reads_and_writes_the_objects_of_the_mocks() {
    let machine = machine(&json!({"StartAt": "Each", "States": {"Each": {
        "Type": "Map", "End": true, "Label": "Each",
        "ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON"},
            "Parameters": {"Bucket": "in", "Key": "items.json"}
        },
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Ship", "States": {"Ship": {"Type": "Task", "Resource": FUNCTION, "End": true}}
        },
        "ResultWriter": {
            "Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out", "Prefix": "run"}
        }
    }}}));
    let mocks = Mocks::new().object("in", "items.json", "[1, 2]").bucket("out").on("Ship", succeeds("done"));
    let mut execution = Execution::start(&machine, json!({}), mocks.clone()).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded, "{:?}", execution.cause());
    mocks.assert_called("Ship", 2);
    let key = execution.output().unwrap()["ResultWriterDetails"]["Key"].as_str().unwrap();
    assert!(mocks.body("out", key).is_some(), "{key}");
}
