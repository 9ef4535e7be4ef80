//! The states, patterns and pitfalls of an introduction to Step Functions, as workflow functions.
//!
//! | in the introduction | here |
//! | --- | --- |
//! | a first machine; the input as the payload | `hello` |
//! | five steps in one function; Choice by plan with a default; Retry of billing; two notifications at once | `five_steps` |
//! | `dynamodb:putItem` without a Lambda; `ecs:runTask.sync` | `direct` |
//! | a Map, ten at a time | `process_orders` |
//! | Pass, Wait, Succeed, Fail | `auxiliary` |
//! | Catch of all that is left after the attempts; it fires once, so its task has a Retry of its own | `caught` |
//! | saga | `saga` |
//! | human in the loop | `approval` |
//! | polling | `polling` |
//! | an event to a row, Express | `event` |
//! | a large payload is a key in S3 | `large` |
//! | a retry whose waits do not explode | `patient` |
//!
//! A misspelt path (pitfall 1) is a misspelt field here, which does not compile (`tests/ui`). What a transition costs
//! (3) is counted in `cost`. Cold starts (4) are no matter of a definition, and a call that a function hides (7) is a
//! task here.

use std::time::Duration;

use asl_core::ctx::{Ctx, Failure, Retry, map_each, try_join};
use asl_core::jsonata::{days, minutes, secs};
use asl_macros::{AslData, AslError, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Scenario, count, state, states};

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Greeting {
    name: String,
}

#[task(lambda = "arn:aws:lambda:ap-northeast-2:123456789012:function:hello-fn")]
async fn say_hello(ctx: &Ctx, #[payload] greeting: &Greeting) -> Result<Value, Failure>;

#[state_machine(comment = "first state machine")]
async fn hello(ctx: &Ctx, greeting: Greeting) -> Result<Value, Failure> {
    say_hello(ctx, &greeting).await
}

#[test]
fn a_first_machine() {
    let scenario = Scenario::new(hello::definition())
        .inputs(Just(json!({"name": "world"})))
        .gives("hello-fn", json!({"hello": ["world"]}))
        .gives("hello-fn", json!(null))
        .fails("hello-fn", "Boom");
    let json = scenario.agrees(hello);
    assert_eq!(states(&json), ["SayHello"]);
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
struct Signup {
    user_id: String,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct User {
    id: String,
    plan: String,
}

#[derive(Debug, AslError)]
enum BillingError {
    #[asl(name = "BillingRateLimitError")]
    RateLimit,
    #[asl(other)]
    Other(Failure),
}

#[task(lambda = "${FetchUserArn}")]
async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<User, Failure>;
#[task(lambda = "${SendProEmailArn}")]
async fn send_pro_email(ctx: &Ctx, user: &User) -> Result<(), Failure>;
#[task(lambda = "${SendBasicEmailArn}")]
async fn send_basic_email(ctx: &Ctx, user: &User) -> Result<(), Failure>;
#[task(lambda = "${SendDefaultEmailArn}")]
async fn send_default_email(ctx: &Ctx, user: &User) -> Result<(), Failure>;
#[task(lambda = "${RunBillingArn}")]
async fn run_billing(ctx: &Ctx, user: &User) -> Result<String, BillingError>;
#[task(lambda = "${NotifySlackArn}")]
async fn notify_slack(ctx: &Ctx, user: &User) -> Result<(), Failure>;
#[task(lambda = "${UpdateDashboardArn}")]
async fn update_dashboard(ctx: &Ctx, user: &User) -> Result<(), Failure>;

#[state_machine]
async fn five_steps(ctx: &Ctx, signup: Signup) -> Result<String, BillingError> {
    let user = fetch_user(ctx, &signup.user_id).await?;
    match user.plan.as_str() {
        "pro" => send_pro_email(ctx, &user).await?,
        "basic" => send_basic_email(ctx, &user).await?,
        _ => send_default_email(ctx, &user).await?,
    }
    let receipt = run_billing(ctx, &user)
        .retry(Retry::on(["States.TaskFailed", "BillingRateLimitError"]).interval(secs(5)).backoff_rate(2.0))
        .retry(Retry::on("States.Timeout").interval(secs(30)).max_attempts(1))
        .timeout(minutes(5))
        .await?;
    try_join!(notify_slack(ctx, &user), async {
        update_dashboard(ctx, &user).retry(Retry::all().max_attempts(1)).await?;
        Ok(())
    })?;
    Ok(receipt)
}

#[test]
fn five_steps_of_one_function() {
    let user = |plan: &str| json!({"id": "u-1", "plan": plan});
    let scenario = Scenario::new(five_steps::definition())
        .in_any_order()
        .inputs(Just(json!({"userId": "u-1"})))
        .gives("FetchUserArn", user("pro"))
        .gives("FetchUserArn", user("basic"))
        .gives("FetchUserArn", user("other"))
        .gives("SendProEmailArn", json!({"sent": true}))
        .fails("SendBasicEmailArn", "Bounced")
        .gives("SendBasicEmailArn", json!({"sent": true}))
        .gives("RunBillingArn", json!("r-1"))
        .fails("RunBillingArn", "BillingRateLimitError")
        .fails("RunBillingArn", "States.Timeout")
        .fails("RunBillingArn", super::NEVER)
        .gives("NotifySlackArn", json!({"ok": true}))
        .gives("UpdateDashboardArn", json!("done"));
    let json = scenario.agrees(five_steps);
    assert_eq!(
        states(&json),
        [
            "FetchUser",
            "user.plan.as_str()?",
            "SendProEmail",
            "SendBasicEmail",
            "SendDefaultEmail",
            "RunBilling",
            "Parallel",
            "NotifySlack",
            "UpdateDashboard",
        ]
    );
    assert_eq!(state(&json, "user.plan.as_str()?")["Default"], "SendDefaultEmail");
    // nobody reads what the branches give
    assert_eq!(state(&json, "NotifySlack")["Output"], Value::Null);
    assert_eq!(state(&json, "UpdateDashboard")["Output"], Value::Null);
    insta::assert_snapshot!(json);
}

#[task(
    aws_sdk::dynamodb::put_item,
    payload = { "TableName": "users", "Item": { "id": { "S": id }, "name": { "S": name } } }
)]
async fn put_user(ctx: &Ctx, id: &str, name: &str) -> Result<(), Failure>;
#[task(
    ecs::run_task,
    sync,
    payload = { "Cluster": "prod-cluster", "TaskDefinition": "myapp:42", "LaunchType": "FARGATE" }
)]
async fn run_container(ctx: &Ctx) -> Result<Value, Failure>;

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Person {
    id: String,
    name: String,
}

#[state_machine]
async fn direct(ctx: &Ctx, person: Person) -> Result<(), Failure> {
    put_user(ctx, &person.id, &person.name).await?;
    run_container(ctx).await?;
    Ok(())
}

#[test]
fn services_are_called_without_a_function_between() {
    let scenario = Scenario::new(direct::definition())
        .inputs(Just(json!({"id": "u-1", "name": "Ann"})))
        .gives("putItem", json!({"SdkHttpMetadata": {}}))
        .fails("putItem", "DynamoDb.ConditionalCheckFailedException")
        .gives("runTask", json!({"Tasks": []}))
        .fails("runTask", "States.TaskFailed");
    let json = scenario.agrees(direct);
    assert_eq!(states(&json), ["PutUser", "RunContainer"]);
    assert_eq!(state(&json, "RunContainer")["Resource"], "arn:aws:states:::ecs:runTask.sync");
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Order {
    id: String,
    items: u32,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Orders {
    orders: Vec<Order>,
}

#[task(lambda = "${ProcessOrderArn}")]
async fn process_order(ctx: &Ctx, order: &Order) -> Result<u32, Failure>;

#[state_machine]
async fn process_orders(ctx: &Ctx, input: Orders) -> Result<Vec<u32>, Failure> {
    map_each(ctx, &input.orders, async |order| process_order(ctx, order).await).max_concurrency(10).await
}

#[test]
fn orders_are_processed_ten_at_a_time() {
    let orders = prop::collection::vec(0_u32..4, 0..13).prop_map(|items| {
        let orders: Vec<Value> = (0..)
            .zip(items)
            .map(|(id, items): (u32, _)| json!({"id": format!("o-{id}"), "items": items}))
            .collect();
        json!({"orders": orders})
    });
    let scenario = Scenario::new(process_orders::definition())
        .in_any_order()
        .inputs(orders)
        .gives("ProcessOrderArn", json!(7))
        .gives("ProcessOrderArn", json!(0))
        .gives("ProcessOrderArn", json!(3));
    let json = scenario.agrees(process_orders);
    assert_eq!(states(&json).len(), 2);
    let map = state(&json, "ForEachOrder");
    assert_eq!((&map["Items"], &map["MaxConcurrency"]), (&json!("{% $states.input.orders %}"), &json!(10)));
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Shaped {
    label: String,
    count: usize,
}

#[state_machine]
async fn auxiliary(ctx: &Ctx, input: Orders) -> Result<Shaped, Failure> {
    let shaped = Shaped { label: format!("{} orders", input.orders.len()), count: input.orders.len() };
    if shaped.count == 0 {
        return Err(Failure::new("NoOrders", "there is nothing to do"));
    }
    ctx.sleep(Duration::from_secs(30)).await;
    ctx.sleep_until("2025-03-01T00:00:00Z").await;
    Ok(shaped)
}

#[test]
fn shaping_needs_no_state() {
    let orders = prop_oneof![
        Just(json!({"orders": []})),
        Just(json!({"orders": [{"id": "a", "items": 1}]})),
        Just(json!({"orders": [{"id": "a", "items": 1}, {"id": "b", "items": 2}]})),
    ];
    let json = Scenario::new(auxiliary::definition()).inputs(orders).agrees(auxiliary);
    assert_eq!((count(&json, "Pass"), count(&json, "Wait"), count(&json, "Fail")), (0, 2, 1));
    insta::assert_snapshot!(json);
}

#[task(lambda = "${WorkArn}")]
async fn work(ctx: &Ctx, job: &str) -> Result<String, Failure>;
#[task(lambda = "${HandleFailureArn}")]
async fn handle_failure(ctx: &Ctx, job: &str, error: &Failure) -> Result<String, Failure>;

#[state_machine]
async fn caught(ctx: &Ctx, job: String) -> Result<String, Failure> {
    match work(ctx, &job).retry(Retry::on("Busy").interval(secs(2)).max_attempts(2)).await {
        Ok(done) => Ok(done),
        Err(failure) => handle_failure(ctx, &job, &failure).retry(Retry::all().max_attempts(2)).await,
    }
}

#[test]
fn what_is_left_after_all_attempts_is_caught_once() {
    let scenario = Scenario::new(caught::definition())
        .inputs(Just(json!("j-1")))
        .gives("WorkArn", json!("done"))
        .fails("WorkArn", "Busy")
        .fails("WorkArn", "Busy")
        .fails("WorkArn", "Broken")
        .gives("HandleFailureArn", json!("handled"))
        .fails("HandleFailureArn", "Broken");
    let json = scenario.agrees(caught);
    assert_eq!(states(&json), ["Work", "HandleFailure"]);
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Step {
    id: String,
}

#[task(lambda = "${CreateOrderArn}")]
async fn create_order(ctx: &Ctx, order: &Order) -> Result<Step, Failure>;
#[task(lambda = "${CancelOrderArn}")]
async fn cancel_order(ctx: &Ctx, id: &str) -> Result<(), Failure>;
#[task(lambda = "${ChargeArn}")]
async fn charge(ctx: &Ctx, order: &Order) -> Result<Step, Failure>;
#[task(lambda = "${RefundArn}")]
async fn refund(ctx: &Ctx, id: &str) -> Result<(), Failure>;
#[task(lambda = "${DeductInventoryArn}")]
async fn deduct_inventory(ctx: &Ctx, order: &Order) -> Result<Step, Failure>;
#[task(lambda = "${RestoreInventoryArn}")]
async fn restore_inventory(ctx: &Ctx, id: &str, count: u32) -> Result<(), Failure>;
#[task(lambda = "${ScheduleShipArn}")]
async fn schedule_ship(ctx: &Ctx, order: &Order) -> Result<String, Failure>;

#[state_machine]
async fn saga(ctx: &Ctx, order: Order) -> Result<String, Failure> {
    create_order(ctx, &order).compensate(|created| cancel_order(ctx, &created.id)).await?;
    charge(ctx, &order).compensate(|paid| refund(ctx, &paid.id).retry(Retry::all().max_attempts(1))).await?;
    deduct_inventory(ctx, &order).compensate(|taken| restore_inventory(ctx, &taken.id, order.items)).await?;
    schedule_ship(ctx, &order).await
}

#[test]
fn what_was_done_is_undone_in_reverse() {
    let mut scenario = Scenario::new(saga::definition())
        .inputs((0_u32..3).prop_map(|items| json!({"id": "o-1", "items": items})));
    for task in ["CreateOrderArn", "ChargeArn", "DeductInventoryArn"] {
        let step = json!({"id": format!("of {task}")});
        scenario = scenario.gives(task, step.clone()).gives(task, step).fails(task, "Refused");
    }
    let scenario = scenario
        .gives("ScheduleShipArn", json!("tomorrow"))
        .fails("ScheduleShipArn", "NoTruck")
        .gives("RefundArn", json!(null))
        .fails("RefundArn", "BankClosed")
        .fails("RestoreInventoryArn", "Lost")
        .gives("RestoreInventoryArn", json!(null));
    let json = scenario.agrees(saga);
    // four steps forward, three back, and the failure
    assert_eq!(states(&json).len(), 8);
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
#[serde(tag = "verdict", rename_all = "lowercase")]
enum Verdict {
    Approved { by: String },
    Rejected { reason: Option<String> },
}

#[derive(Debug, AslError)]
enum AskError {
    #[asl(timeout)]
    Late,
    #[asl(other)]
    Other(Failure),
}

#[task(sns = "${ApprovalTopicArn}", wait_for_task_token)]
async fn ask(ctx: &Ctx, order_id: &str) -> Result<Verdict, AskError>;

#[state_machine]
async fn approval(ctx: &Ctx, order: Order) -> Result<String, Failure> {
    match ask(ctx, &order.id).timeout(days(7)).heartbeat(days(1)).await {
        Ok(Verdict::Approved { by }) => Ok(format!("{} approved by {by}", order.id)),
        Ok(Verdict::Rejected { reason: Some(reason) }) => Err(Failure::new("Rejected", reason)),
        Ok(Verdict::Rejected { reason: None }) => Err(Failure::new("Rejected", "")),
        Err(AskError::Late) => Ok("nobody answered".to_owned()),
        Err(AskError::Other(failure)) => Err(failure),
    }
}

#[test]
fn a_person_decides() {
    let scenario = Scenario::new(approval::definition())
        .inputs(Just(json!({"id": "o-1", "items": 1})))
        .gives("ApprovalTopicArn", json!({"verdict": "approved", "by": "ann"}))
        .gives("ApprovalTopicArn", json!({"verdict": "rejected", "reason": "too dear"}))
        .gives("ApprovalTopicArn", json!({"verdict": "rejected", "reason": null}))
        .gives("ApprovalTopicArn", json!({"verdict": "rejected"}))
        .fails("ApprovalTopicArn", super::NEVER)
        .fails("ApprovalTopicArn", "Gone");
    let json = scenario.agrees(approval);
    let ask = state(&json, "Ask");
    assert_eq!(ask["Resource"], "arn:aws:states:::sns:publish.waitForTaskToken");
    assert_eq!((&ask["TimeoutSeconds"], &ask["HeartbeatSeconds"]), (&json!(604_800), &json!(86_400)));
    insta::assert_snapshot!(json);
}

#[task(lambda = "${StartJobArn}")]
async fn start_job(ctx: &Ctx, name: &str) -> Result<Step, Failure>;
#[task(lambda = "${CheckJobArn}")]
async fn check_job(ctx: &Ctx, id: &str) -> Result<Option<String>, Failure>;

#[state_machine]
async fn polling(ctx: &Ctx, name: String) -> Result<String, Failure> {
    let job = start_job(ctx, &name).await?;
    loop {
        ctx.sleep(secs(30)).await;
        if let Some(result) = check_job(ctx, &job.id).await? {
            return Ok(result);
        }
    }
}

#[test]
fn a_job_is_polled() {
    let scenario = Scenario::new(polling::definition())
        .inputs(Just(json!("j")))
        .gives("StartJobArn", json!({"id": "j-1"}))
        .fails("StartJobArn", "Full")
        .gives("CheckJobArn", json!(null))
        .gives("CheckJobArn", json!("done"))
        .gives("CheckJobArn", json!(""))
        .fails("CheckJobArn", "Lost");
    let json = scenario.agrees(polling);
    assert_eq!(
        states(&json),
        ["StartJob", "WaitFor30Seconds", "CheckJob", "let Some(result) = check_job?", "Return"]
    );
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Event {
    id: String,
    detail: Value,
}

#[task(lambda = "${EnrichArn}")]
async fn enrich(ctx: &Ctx, detail: &Value) -> Result<String, Failure>;
#[task(dynamodb::put_item(table = "${EventsTable}"))]
async fn save(ctx: &Ctx, id: &str, text: &str) -> Result<(), Failure>;

#[state_machine(type = express)]
async fn event(ctx: &Ctx, event: Event) -> Result<(), Failure> {
    let text = enrich(ctx, &event.detail).await?;
    save(ctx, &event.id, &text).await
}

#[test]
fn an_event_becomes_a_row() {
    let events = prop_oneof![
        Just(json!({"id": "e-1", "detail": null})),
        Just(json!({"id": "e-1", "detail": {"a": [1, [2], null]}})),
    ];
    let scenario = Scenario::new(event::definition())
        .inputs(events)
        .gives("EnrichArn", json!("rich"))
        .fails("EnrichArn", "Poor")
        .gives("putItem", json!({}));
    let json = scenario.agrees(event);
    assert_eq!(states(&json), ["Enrich", "Save"]);
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
struct Stored {
    s3_bucket: String,
    s3_key: String,
}

#[task(lambda = "${ProduceArn}")]
async fn produce(ctx: &Ctx, job: &str) -> Result<Stored, Failure>;
#[task(lambda = "${ConsumeArn}")]
async fn consume(ctx: &Ctx, input: &Stored) -> Result<Stored, Failure>;

#[state_machine]
async fn large(ctx: &Ctx, job: String) -> Result<Stored, Failure> {
    let produced = produce(ctx, &job).await?;
    consume(ctx, &produced).await
}

#[test]
fn what_is_large_is_handed_on_by_its_key() {
    let scenario = Scenario::new(large::definition())
        .inputs(Just(json!("abc123")))
        .gives("ProduceArn", json!({"s3Bucket": "pipeline", "s3Key": "jobs/abc123/input.json"}))
        .gives("ConsumeArn", json!({"s3Bucket": "pipeline", "s3Key": "jobs/abc123/output.json"}))
        .fails("ConsumeArn", "NoSuchKey");
    let json = scenario.agrees(large);
    assert_eq!(states(&json), ["Produce", "Consume"]);
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn patient(ctx: &Ctx, job: String) -> Result<String, Failure> {
    work(ctx, &job)
        .retry(Retry::on("Busy").interval(secs(1)).max_attempts(10).backoff_rate(3.0).max_delay(minutes(1)))
        .await
}

#[test]
fn waits_between_attempts_have_a_limit() {
    let scenario =
        (0..9).fold(Scenario::new(patient::definition()), |scenario, _| scenario.fails("WorkArn", "Busy"));
    let json = scenario.inputs(Just(json!("j"))).gives("WorkArn", json!("done")).agrees(patient);
    assert_eq!(states(&json), ["Work"]);
    insta::assert_snapshot!(json);
}
