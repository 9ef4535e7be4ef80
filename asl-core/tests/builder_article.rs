//! The states and workflows that introductions to Step Functions show, in builder calls: each gives the JSON that is
//! written there.

use asl_core::jsonpath::{
    Branch, Catcher, Choice, Fail, ItemProcessor, Map, Parallel, PredefinedErrorName, Retrier, StateMachine,
    Succeed, Task, Wait, end, next, path, secs, task_token, template, var,
};
use serde::Serialize;
use serde_json::{Value, json};

#[track_caller]
fn check(built: impl Serialize, written: &Value) {
    assert_eq!(&json!(built), written);
}

#[test]
fn a_first_machine() {
    let hello = "arn:aws:lambda:ap-northeast-2:123456789012:function:hello-fn";
    check(
        StateMachine::builder("SayHello")
            .comment("first state machine")
            .state("SayHello", Task::lambda(hello, end()))
            .build(),
        &json!({
            "Comment": "first state machine",
            "StartAt": "SayHello",
            "States": {"SayHello": {"Type": "Task", "Resource": hello, "End": true}},
        }),
    );
}

#[test]
fn a_lambda_task_that_adds_to_its_input() {
    check(
        Task::lambda("${FetchUserArn}", next("BranchByPlan"))
            .input_path("$")
            .output_path("$")
            .result_path("$.user"),
        &json!({
            "Type": "Task",
            "Resource": "${FetchUserArn}",
            "InputPath": "$",
            "OutputPath": "$",
            "ResultPath": "$.user",
            "Next": "BranchByPlan",
        }),
    );
}

#[test]
fn a_row_put_into_a_table_by_the_sdk() {
    let item = template()
        .set("id", template().set("S", path("$.user.id")))
        .set("name", template().set("S", path("$.user.name")));
    check(
        Task::aws_sdk("dynamodb", "putItem", next("Done"))
            .parameter("TableName", "users")
            .parameter("Item", item),
        &json!({
            "Type": "Task",
            "Resource": "arn:aws:states:::aws-sdk:dynamodb:putItem",
            "Parameters": {
                "TableName": "users",
                "Item": {"id": {"S.$": "$.user.id"}, "name": {"S.$": "$.user.name"}},
            },
            "Next": "Done",
        }),
    );
}

#[test]
fn a_container_that_is_waited_for() {
    check(
        Task::ecs_run_task("myapp:42", next("AfterEcs"))
            .cluster("prod-cluster")
            .launch_type("FARGATE")
            .sync(),
        &json!({
            "Type": "Task",
            "Resource": "arn:aws:states:::ecs:runTask.sync",
            "Parameters": {"TaskDefinition": "myapp:42", "Cluster": "prod-cluster", "LaunchType": "FARGATE"},
            "Next": "AfterEcs",
        }),
    );
}

#[test]
fn a_choice_by_a_word_of_the_data() {
    check(
        Choice::new()
            .when(var("$.user.plan").eq("pro"), "SendProEmail")
            .when(var("$.user.plan").eq("basic"), "SendBasicEmail")
            .otherwise("SendDefaultEmail"),
        &json!({
            "Type": "Choice",
            "Choices": [
                {"Variable": "$.user.plan", "StringEquals": "pro", "Next": "SendProEmail"},
                {"Variable": "$.user.plan", "StringEquals": "basic", "Next": "SendBasicEmail"},
            ],
            "Default": "SendDefaultEmail",
        }),
    );
}

#[test]
fn two_branches_of_one_task() {
    check(
        Parallel::new(next("Done"))
            .branch(Branch::single("NotifySlack", Task::lambda("${NotifyArn}", end())))
            .branch(Branch::single("UpdateDashboard", Task::lambda("${UpdateArn}", end()))),
        &json!({
            "Type": "Parallel",
            "Branches": [
                {
                    "StartAt": "NotifySlack",
                    "States": {"NotifySlack": {"Type": "Task", "Resource": "${NotifyArn}", "End": true}},
                },
                {
                    "StartAt": "UpdateDashboard",
                    "States": {"UpdateDashboard": {"Type": "Task", "Resource": "${UpdateArn}", "End": true}},
                },
            ],
            "Next": "Done",
        }),
    );
}

#[test]
fn ten_orders_at_a_time() {
    let each = ItemProcessor::single("ProcessOrder", Task::lambda("${ProcessOrderArn}", end())).inline();
    check(
        Map::new(each, end()).items_path("$.orders").max_concurrency(10),
        &json!({
            "Type": "Map",
            "ItemsPath": "$.orders",
            "MaxConcurrency": 10,
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "INLINE"},
                "StartAt": "ProcessOrder",
                "States": {"ProcessOrder": {"Type": "Task", "Resource": "${ProcessOrderArn}", "End": true}},
            },
            "End": true,
        }),
    );
}

#[test]
fn retries_by_error_and_a_way_out() {
    check(
        Task::lambda("${RunBillingArn}", next("AfterBilling"))
            .retry(
                Retrier::on(["States.TaskFailed", "BillingRateLimitError"])
                    .interval(secs(5))
                    .max_attempts(3)
                    .backoff_rate(2.0),
            )
            .retry(Retrier::on([PredefinedErrorName::Timeout]).interval(secs(30)).max_attempts(1))
            .catch(Catcher::all("HandleFailure").result_path("$.error")),
        &json!({
            "Type": "Task",
            "Resource": "${RunBillingArn}",
            "Retry": [
                {
                    "ErrorEquals": ["States.TaskFailed", "BillingRateLimitError"],
                    "IntervalSeconds": 5,
                    "MaxAttempts": 3,
                    "BackoffRate": 2.0,
                },
                {"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 30, "MaxAttempts": 1},
            ],
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "HandleFailure"}],
            "Next": "AfterBilling",
        }),
    );
}

#[test]
fn a_human_who_approves() {
    let message = template().set("TaskToken", task_token()).set("OrderId", path("$.orderId"));
    check(
        Task::sns_publish("${TopicArn}", message, next("AfterApproval")).wait_for_task_token(),
        &json!({
            "Type": "Task",
            "Resource": "arn:aws:states:::sns:publish.waitForTaskToken",
            "Parameters": {
                "TopicArn": "${TopicArn}",
                "Message": {"TaskToken.$": "$$.Task.Token", "OrderId.$": "$.orderId"},
            },
            "Next": "AfterApproval",
        }),
    );
}

#[test]
fn a_job_that_is_polled() {
    let machine = StateMachine::builder("StartJob")
        .state("StartJob", Task::lambda("${StartJobArn}", next("Wait")))
        .state("Wait", Wait::seconds(30, next("CheckJob")))
        .state("CheckJob", Task::lambda("${CheckJobArn}", next("Done?")))
        .state("Done?", Choice::new().when(var("$.status").eq("RUNNING"), "Wait").otherwise("Done"))
        .state("Done", Succeed::new())
        .validate()
        .unwrap();
    insta::assert_snapshot!(machine.to_json_pretty(), @r#"
    {
      "StartAt": "StartJob",
      "States": {
        "StartJob": {
          "Type": "Task",
          "Resource": "${StartJobArn}",
          "Next": "Wait"
        },
        "Wait": {
          "Type": "Wait",
          "Seconds": 30,
          "Next": "CheckJob"
        },
        "CheckJob": {
          "Type": "Task",
          "Resource": "${CheckJobArn}",
          "Next": "Done?"
        },
        "Done?": {
          "Type": "Choice",
          "Choices": [
            {
              "Variable": "$.status",
              "StringEquals": "RUNNING",
              "Next": "Wait"
            }
          ],
          "Default": "Done"
        },
        "Done": {
          "Type": "Succeed"
        }
      }
    }
    "#);
}

#[test]
fn a_saga_that_undoes_what_was_done() {
    let step = |arn: &str, then: &str, undo: &str| {
        Task::lambda(arn, next(then)).catch(Catcher::all(undo).result_path("$.error")).discard_result()
    };
    let undo = |arn: &str, then: &str| {
        Task::lambda(arn, next(then)).retry(Retrier::all().max_attempts(5)).discard_result()
    };
    let machine = StateMachine::builder("CreateOrder")
        .state("CreateOrder", step("${CreateOrderArn}", "Charge", "Failed"))
        .state("Charge", step("${ChargeArn}", "Ship", "CancelOrder"))
        .state("Ship", step("${ShipArn}", "Done", "Refund"))
        .state("Done", Succeed::new())
        .state("Refund", undo("${RefundArn}", "CancelOrder"))
        .state("CancelOrder", undo("${CancelOrderArn}", "Failed"))
        .state("Failed", Fail::new().error_path("$.error.Error").cause_path("$.error.Cause"))
        .validate()
        .unwrap();
    assert!(machine.warnings().is_empty(), "{:?}", machine.warnings());
    assert_eq!(json!(machine)["States"]["Ship"]["Catch"][0]["Next"], "Refund");
}
