//! State machines that a workflow function starts, and how long the workflow itself may take.

use asl_core::Valid;
use asl_core::ctx::{Ctx, Failure, join};
use asl_core::jsonata::{hours, secs};
use asl_core::model::StateMachine;
use asl_local::mocks::{fails, runs, succeeds, wait_for_token};
use asl_local::native::Local;
use asl_local::{Mocks, block_on, try_block_on};
use asl_macros::{AslData, AslError, task};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(AslData, Deserialize, Debug, PartialEq)]
struct Refunded {
    amount: u64,
}

#[task(state_machine = "arn:aws:states:us-east-1:123456789012:stateMachine:Refund", sync)]
async fn refund(ctx: &Ctx, amount: u64) -> Result<Refunded, Failure>;

#[task(
    resource = "arn:aws:states:::states:startExecution.sync",
    payload = {"StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:Refund", "Name": name}
)]
async fn refund_as_text(ctx: &Ctx, name: &str) -> Result<Value, Failure>;

#[task(state_machine = "arn:aws:states:us-east-1:123456789012:stateMachine:Refund")]
async fn begin_refund(ctx: &Ctx, amount: u64) -> Result<Value, Failure>;

#[task(lambda = "${Log}")]
async fn log(ctx: &Ctx) -> Result<(), Failure>;

/// Waits for ten seconds, then pays.
fn machine() -> Valid<StateMachine> {
    let machine = json!({"QueryLanguage": "JSONata", "StartAt": "Cool", "States": {
        "Cool": {"Type": "Wait", "Seconds": 10, "Next": "Pay"},
        "Pay": {"Type": "Task", "End": true, "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pay"}
    }});
    asl_core::decode(&machine.to_string()).unwrap().validate().unwrap()
}

fn mocks() -> Mocks {
    Mocks::new()
        .on("Refund", runs(&machine()))
        .on("Log", succeeds(Value::Null))
        .on("Pay", |input: &Value| Ok(json!({ "amount": input["amount"] })))
}

#[test]
fn a_started_machine_runs_on_the_same_clock_beside_other_branches() {
    let mocks = mocks();
    let local = Local::new(mocks.clone());
    let ctx = local.ctx();
    let logs = async {
        ctx.sleep(secs(5)).await;
        log(&ctx).await?;
        ctx.sleep(secs(10)).await;
        log(&ctx).await
    };
    let (refunded, logged) = block_on(async { join!(refund(&ctx, 7), logs) });
    assert_eq!((refunded, logged), (Ok(Refunded { amount: 7 }), Ok(())));
    assert_eq!(local.states(), ["Refund", "Log", "Pay", "Log"]);
    assert_eq!(local.elapsed(), secs(15));
    let [start, _, pay, _] = mocks.calls().try_into().unwrap();
    assert_eq!(pay.time - start.time, 10_000);
    assert_eq!(pay.execution, "arn:aws:states:us-east-1:123456789012:execution:Refund:execution-1");
}

#[test]
fn its_failure_is_that_of_the_task_with_the_description_as_cause() {
    let local = Local::new(mocks().on("Pay", fails("Bank", "closed")));
    let failure = block_on(refund_as_text(&local.ctx(), "r-1")).unwrap_err();
    assert_eq!(failure.error, "States.TaskFailed");
    let cause: Value = serde_json::from_str(&failure.cause).unwrap();
    assert_eq!(
        cause,
        json!({
            "ExecutionArn": "arn:aws:states:us-east-1:123456789012:execution:Refund:r-1",
            "Error": "Bank",
            "Cause": "closed",
            "Input": "{}",
            "InputDetails": {"Included": true},
            "Name": "r-1",
            "StartDate": 1_735_689_600_000_i64,
            "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:Refund",
            "Status": "FAILED",
            "StopDate": 1_735_689_610_000_i64,
        })
    );
}

#[test]
fn a_task_that_waits_no_longer_stops_it() {
    let local = Local::new(mocks());
    let late = block_on(refund(&local.ctx(), 7).timeout(secs(9)));
    assert_eq!(late, Err(Failure::new("States.Timeout", "")));
    assert_eq!((local.states(), local.elapsed()), (vec!["Refund".to_owned()], secs(9)));
    let in_time = block_on(refund(&local.ctx(), 7).timeout(secs(11)));
    assert_eq!(in_time, Ok(Refunded { amount: 7 }));
}

#[test]
fn a_machine_that_is_only_started_takes_no_time_of_the_workflow() {
    let local = Local::new(mocks());
    let started = block_on(begin_refund(&local.ctx(), 7)).unwrap();
    assert_eq!(
        started["ExecutionArn"],
        json!("arn:aws:states:us-east-1:123456789012:execution:Refund:execution-1")
    );
    assert_eq!(
        (local.states(), local.elapsed()),
        (vec!["BeginRefund".to_owned(), "Pay".to_owned()], secs(0))
    );
}

#[test]
fn what_a_started_machine_waits_for_is_said() {
    let waiting = json!({"StartAt": "Approve", "States": {"Approve": {"Type": "Task", "End": true,
        "Resource": "arn:aws:states:us-east-1:123456789012:activity:approve"}}});
    let waiting = asl_core::decode(&waiting.to_string()).unwrap().validate().unwrap();
    let local = Local::new(Mocks::new().on("Refund", runs(&waiting)).on("Approve", wait_for_token()));
    let stuck = try_block_on(refund(&local.ctx(), 7)).unwrap_err();
    let execution = "arn:aws:states:us-east-1:123456789012:execution:Refund:execution-1";
    assert_eq!(stuck.waiting(), [format!("the execution `{execution}` waits for a token")]);
}

#[derive(Debug, PartialEq, AslError)]
enum Ended {
    #[asl(timeout)]
    Late,
    #[asl(other)]
    Other(Failure),
}

async fn logs_every_hour(ctx: &Ctx, times: u32) -> Result<u32, Ended> {
    ctx.workflow_with(Some(hours(3)), async |ctx: &Ctx| {
        log(ctx).compensate(|()| log(ctx)).await?;
        for _ in 0..times {
            ctx.sleep(hours(1)).await;
            log(ctx).await?;
        }
        Ok(times)
    })
    .await
}

#[test]
fn a_workflow_ends_when_its_time_is_over_without_compensations() {
    let local = Local::new(mocks());
    assert_eq!(block_on(logs_every_hour(&local.ctx(), 2)), Ok(2));
    assert_eq!((local.elapsed(), local.states().len()), (hours(2), 3));
    let local = Local::new(mocks());
    assert_eq!(block_on(logs_every_hour(&local.ctx(), 3)), Err(Ended::Late));
    assert_eq!((local.elapsed(), local.states().len()), (hours(3), 3));
}

#[test]
fn an_activity_that_does_not_exist_ends_the_workflow() {
    struct Without(Mocks);
    impl asl_local::world::World for Without {
        fn call(&mut self, call: &asl_local::world::Call<'_>) -> asl_local::world::Reply {
            self.0.call(call)
        }
        fn has_activity(&self, _: &str) -> bool {
            false
        }
        fn objects(&self) -> std::rc::Rc<dyn asl_local::world::ObjectStore> {
            self.0.objects()
        }
    }
    #[task(activity = "arn:aws:states:us-east-1:123456789012:activity:pack")]
    async fn pack(ctx: &Ctx) -> Result<(), Failure>;

    let local = Local::new(Without(Mocks::new()));
    let failure = block_on(pack(&local.ctx())).unwrap_err();
    let cause = "The activity arn:aws:states:us-east-1:123456789012:activity:pack does not exist.";
    assert_eq!(failure, Failure::new("States.Runtime", cause));
    assert_eq!(local.calls(), []);
}
