//! Integrations: scenarios 45 to 49.

use std::time::Duration;

use asl_core::ctx::{Ctx, Failure};
use asl_core::jsonata::{hours, minutes};
use asl_macros::{AslData, AslError, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Scenario, state, states};

#[derive(Serialize, Deserialize, AslData)]
struct Answer {
    approved: bool,
    by: String,
}

#[derive(Debug, AslError)]
enum AskError {
    #[asl(timeout)]
    Late,
    #[asl(other)]
    Other(Failure),
}

#[task(sqs = "${QueueUrl}", wait_for_task_token)]
async fn ask(ctx: &Ctx, question: &str) -> Result<Answer, AskError>;

#[state_machine]
async fn token(ctx: &Ctx, question: String) -> Result<String, Failure> {
    match ask(ctx, &question).timeout(hours(2)).heartbeat(minutes(10)).await {
        Ok(Answer { approved: true, by }) => Ok(by),
        Ok(_) => Ok("no".to_owned()),
        Err(AskError::Late) => Ok("late".to_owned()),
        Err(AskError::Other(failure)) => Err(failure),
    }
}

#[test]
fn s45_a_token_is_sent_and_answered() {
    let scenario = Scenario::new(token::definition())
        .inputs(Just(json!("may I?")))
        .gives("QueueUrl", json!({"approved": true, "by": "ann"}))
        .gives("QueueUrl", json!({"approved": false, "by": "bob"}))
        .fails("QueueUrl", "States.Timeout")
        .fails("QueueUrl", "Refused");
    let json = scenario.agrees(token);
    let ask = state(&json, "Ask");
    assert_eq!(ask["Arguments"]["MessageBody"]["token"], "{% $states.context.Task.Token %}");
    assert_eq!((&ask["TimeoutSeconds"], &ask["HeartbeatSeconds"]), (&json!(7_200), &json!(600)));
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, AslData)]
#[serde(rename_all = "PascalCase")]
struct Alarms {
    metric_alarms: Vec<Alarm>,
}

#[derive(Serialize, Deserialize, AslData)]
#[serde(rename_all = "PascalCase")]
struct Alarm {
    alarm_name: String,
}

#[task(
    aws_sdk::cloudwatch::describe_alarms,
    payload = { "AlarmNamePrefix": prefix, "Filter": { "Kinds": ["a", kind], "Most": 5 } }
)]
async fn describe_alarms(ctx: &Ctx, prefix: &str, kind: &str) -> Result<Alarms, Failure>;

#[state_machine]
async fn alarms(ctx: &Ctx, prefix: String) -> Result<Vec<String>, Failure> {
    let found = describe_alarms(ctx, &format!("{prefix}-"), "metric").await?;
    Ok(found.metric_alarms.iter().map(|alarm| alarm.alarm_name.clone()).collect())
}

#[test]
fn s46_a_call_with_constants_and_values() {
    let scenario = Scenario::new(alarms::definition())
        .inputs(Just(json!("prod")))
        .gives("describeAlarms", json!({"MetricAlarms": [{"AlarmName": "a"}], "Other": 1}))
        .gives("describeAlarms", json!({"MetricAlarms": []}));
    let json = scenario.agrees(alarms);
    assert_eq!(
        state(&json, "DescribeAlarms")["Arguments"]["Filter"],
        json!({"Kinds": ["a", "metric"], "Most": 5})
    );
    insta::assert_snapshot!(json);
}

#[derive(Debug, AslError)]
enum ChildError {
    Empty(String),
    #[asl(other)]
    Other(Failure),
}

#[task(lambda = "${InnerArn}")]
async fn inner(ctx: &Ctx, n: i64) -> Result<i64, Failure>;

#[state_machine(name = "child-of-parent")]
async fn child(ctx: &Ctx, n: i64) -> Result<i64, ChildError> {
    if n == 0 {
        return Err(ChildError::Empty("there is nothing".to_owned()));
    }
    Ok(inner(ctx, n).await? + 1)
}

#[task(state_machine = "${ForgetArn}")]
async fn forget(ctx: &Ctx, n: i64) -> Result<(), Failure>;

#[state_machine]
async fn parent(ctx: &Ctx, n: i64) -> Result<i64, ChildError> {
    forget(ctx, n).await?;
    let first = child(ctx, n).await?;
    match child(ctx, first - 6).await {
        Ok(second) => Ok(first + second),
        Err(ChildError::Empty(why)) => Err(ChildError::Empty(format!("second: {why}"))),
        Err(ChildError::Other(failure)) => Err(ChildError::Other(failure)),
    }
}

#[test]
fn s47_a_state_machine_calls_another() {
    assert_eq!((child::NAME, parent::NAME), ("child-of-parent", "parent"));
    let scenario = Scenario::new(parent::definition())
        .machine("${ChildArn}", child::definition())
        .inputs((-1_i64..3).prop_map(|n| json!(n)))
        .gives("ForgetArn", json!({"ExecutionArn": "e", "StartDate": 1}))
        .gives("InnerArn", json!(5))
        .gives("InnerArn", json!(8))
        .fails("InnerArn", "Broken");
    let json = scenario.agrees(parent);
    assert_eq!(state(&json, "Forget")["Resource"], "arn:aws:states:::states:startExecution");
    assert_eq!(state(&json, "Child")["Resource"], "arn:aws:states:::states:startExecution.sync:2");
    insta::assert_snapshot!(json);
}

#[task(lambda = "${LogArn}")]
async fn log(ctx: &Ctx, text: &str) -> Result<(), Failure>;

#[state_machine]
async fn context(ctx: &Ctx, n: i64) -> Result<String, Failure> {
    log(ctx, &format!("{} of {}", ctx.execution_name(), ctx.state_machine_name())).await?;
    let started = ctx.execution_start_time();
    log(ctx, &ctx.execution_id()).await?;
    Ok(format!("{n} {started}"))
}

#[test]
fn s48_the_context_object_is_read() {
    let scenario = Scenario::new(context::definition()).inputs(Just(json!(1))).gives("LogArn", json!(null));
    let json = scenario.agrees(context);
    assert_eq!(states(&json), ["Log", "Log (2)"]);
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Times {
    seconds: u64,
    minutes: u64,
    until: String,
}

#[state_machine]
async fn waiting(ctx: &Ctx, times: Times) -> Result<(), Failure> {
    ctx.sleep(Duration::from_secs(30)).await;
    ctx.sleep(Duration::from_secs(times.seconds)).await;
    log(ctx, "then").await?;
    ctx.sleep(minutes(times.minutes)).await;
    ctx.sleep_until(&times.until).await;
    Ok(())
}

#[test]
fn s49_pauses_are_constant_or_computed() {
    let times = (0_u64..99, 0_u64..9).prop_map(
        |(seconds, minutes)| json!({"seconds": seconds, "minutes": minutes, "until": "2025-03-01T00:00:00Z"}),
    );
    let scenario = Scenario::new(waiting::definition()).inputs(times).gives("LogArn", json!(null));
    let json = scenario.agrees(waiting);
    assert_eq!(states(&json).len(), 5);
    insta::assert_snapshot!(json);
}

#[task(aws_sdk::sfn::start_execution, payload = { "StateMachineArn": arn, "Input": input })]
async fn start(ctx: &Ctx, arn: &str, input: &str) -> Result<(), Failure>;

#[derive(Serialize, Deserialize, AslData)]
struct Reference {
    arn: String,
    note: String,
}

#[state_machine]
async fn by_reference(ctx: &Ctx, reference: Reference) -> Result<String, Failure> {
    start(ctx, &reference.arn, &reference.note).await?;
    Ok(reference.arn)
}

#[test]
fn s47_a_reference_to_a_state_machine_is_data() {
    let scenario = Scenario::new(by_reference::definition())
        .inputs(Just(json!({"arn": "arn:aws:states:eu-west-1:1:stateMachine:x", "note": "n"})))
        .gives("startExecution", json!({"ExecutionArn": "e"}));
    insta::assert_snapshot!(scenario.agrees(by_reference));
}
