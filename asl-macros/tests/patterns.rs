//! The usual patterns of workflows, as definitions in JSON and as tokens: both are the same machine.

use asl_core::model::StateMachine;
use asl_core::{Valid, decode};
use asl_macros::asl;

#[track_caller]
fn same(machine: &Valid<StateMachine>, text: &str) {
    let read = decode(text).unwrap().machine.validate().unwrap();
    assert_eq!(machine.to_json(), read.to_json());
}

#[test]
fn one_task() {
    same(
        &asl! {
            Comment: "first state machine",
            StartAt: SayHello,
            States: {
                SayHello: Task {
                    Resource: "arn:aws:lambda:ap-northeast-2:123456789012:function:hello-fn",
                    End: true,
                },
            },
        },
        include_str!("definitions/hello.asl.json"),
    );
}

#[test]
fn a_service_is_called_without_a_function() {
    same(
        &asl! {
            StartAt: SaveUser,
            States: {
                SaveUser: Task {
                    Resource: "arn:aws:states:::aws-sdk:dynamodb:putItem",
                    InputPath: $,
                    OutputPath: $,
                    ResultPath: $.user,
                    Parameters: {
                        TableName: "users",
                        Item: { id: { S: $.user.id }, name: { S: $.user.name } },
                    },
                    Next: RunTask,
                },
                RunTask: Task {
                    Resource: "arn:aws:states:::ecs:runTask.sync",
                    Parameters: { Cluster: "prod-cluster", TaskDefinition: "myapp:42", LaunchType: "FARGATE" },
                    End: true,
                },
            },
        },
        r#"{"StartAt": "SaveUser", "States": {
            "SaveUser": {
                "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:putItem",
                "InputPath": "$", "OutputPath": "$", "ResultPath": "$.user",
                "Parameters": {"TableName": "users", "Item": {"id": {"S.$": "$.user.id"}, "name": {"S.$": "$.user.name"}}},
                "Next": "RunTask"
            },
            "RunTask": {
                "Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync",
                "Parameters": {"Cluster": "prod-cluster", "TaskDefinition": "myapp:42", "LaunchType": "FARGATE"},
                "End": true
            }
        }}"#,
    );
}

#[test]
fn each_item_of_an_array() {
    same(
        &asl! {
            StartAt: ProcessOrders,
            States: {
                ProcessOrders: Map {
                    ItemsPath: $.orders,
                    MaxConcurrency: 10,
                    ItemProcessor: {
                        ProcessorConfig: { Mode: INLINE },
                        StartAt: ProcessOrder,
                        States: { ProcessOrder: Task { Resource: "${ProcessOrderArn}", End: true } },
                    },
                    End: true,
                },
            },
        },
        r#"{"StartAt": "ProcessOrders", "States": {"ProcessOrders": {
            "Type": "Map", "ItemsPath": "$.orders", "MaxConcurrency": 10,
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "ProcessOrder",
                "States": {"ProcessOrder": {"Type": "Task", "Resource": "${ProcessOrderArn}", "End": true}}
            },
            "End": true
        }}}"#,
    );
}

#[test]
fn retry_and_catch() {
    same(
        &asl! {
            StartAt: RunBilling,
            States: {
                RunBilling: Task {
                    Resource: "${RunBillingArn}",
                    Retry: [
                        {
                            ErrorEquals: [States.TaskFailed, BillingRateLimitError],
                            IntervalSeconds: 5,
                            MaxAttempts: 3,
                            BackoffRate: 2.0,
                        },
                        { ErrorEquals: [States.Timeout], IntervalSeconds: 30, MaxAttempts: 1 },
                    ],
                    Catch: [{ ErrorEquals: [States.ALL], ResultPath: $.error, Next: HandleFailure }],
                    Next: Done,
                },
                HandleFailure: Fail { ErrorPath: $.error.Error },
                Done: Succeed {},
            },
        },
        r#"{"StartAt": "RunBilling", "States": {
            "RunBilling": {
                "Type": "Task", "Resource": "${RunBillingArn}",
                "Retry": [
                    {"ErrorEquals": ["States.TaskFailed", "BillingRateLimitError"], "IntervalSeconds": 5, "MaxAttempts": 3, "BackoffRate": 2.0},
                    {"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 30, "MaxAttempts": 1}
                ],
                "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "HandleFailure"}],
                "Next": "Done"
            },
            "HandleFailure": {"Type": "Fail", "ErrorPath": "$.error.Error"},
            "Done": {"Type": "Succeed"}
        }}"#,
    );
}

#[test]
fn a_person_decides() {
    same(
        &asl! {
            StartAt: AskForApproval,
            States: {
                AskForApproval: Task {
                    Resource: "arn:aws:states:::sns:publish.waitForTaskToken",
                    Parameters: {
                        TopicArn: "${TopicArn}",
                        Message: { TaskToken: $$.Task.Token, OrderId: $.orderId },
                    },
                    TimeoutSeconds: 86_400,
                    End: true,
                },
            },
        },
        r#"{"StartAt": "AskForApproval", "States": {"AskForApproval": {
            "Type": "Task", "Resource": "arn:aws:states:::sns:publish.waitForTaskToken",
            "Parameters": {"TopicArn": "${TopicArn}", "Message": {"TaskToken.$": "$$.Task.Token", "OrderId.$": "$.orderId"}},
            "TimeoutSeconds": 86400, "End": true
        }}}"#,
    );
}

#[test]
fn a_job_is_polled() {
    same(
        &asl! {
            StartAt: StartJob,
            States: {
                StartJob: Task { Resource: "${StartJobArn}", ResultPath: $.job, Next: "Wait 30 s" },
                "Wait 30 s": Wait { Seconds: 30, Next: CheckJob },
                CheckJob: Task {
                    Resource: "${CheckJobArn}",
                    ResultPath: $.job.status,
                    Next: "Is it done?",
                },
                "Is it done?": Choice {
                    $.job.status == "done" => Done,
                    $.job.status == "failed" || $.job.checks >= 100 => JobFailed,
                    _ => "Wait 30 s",
                },
                JobFailed: Fail { Error: "JobFailed" },
                Done: Succeed {},
            },
        },
        r#"{"StartAt": "StartJob", "States": {
            "StartJob": {"Type": "Task", "Resource": "${StartJobArn}", "ResultPath": "$.job", "Next": "Wait 30 s"},
            "Wait 30 s": {"Type": "Wait", "Seconds": 30, "Next": "CheckJob"},
            "CheckJob": {"Type": "Task", "Resource": "${CheckJobArn}", "ResultPath": "$.job.status", "Next": "Is it done?"},
            "Is it done?": {
                "Type": "Choice",
                "Choices": [
                    {"Variable": "$.job.status", "StringEquals": "done", "Next": "Done"},
                    {
                        "Or": [
                            {"Variable": "$.job.status", "StringEquals": "failed"},
                            {"Variable": "$.job.checks", "NumericGreaterThanEquals": 100}
                        ],
                        "Next": "JobFailed"
                    }
                ],
                "Default": "Wait 30 s"
            },
            "JobFailed": {"Type": "Fail", "Error": "JobFailed"},
            "Done": {"Type": "Succeed"}
        }}"#,
    );
}
