//! Random numbers: those that the engine draws with the same seed.

use asl_core::ctx::{Ctx, Failure, Retry};
use asl_core::jsonata::{JitterStrategy, hours};
use asl_local::mocks::{outcomes, succeeds, wait_for_token};
use asl_local::native::Local;
use asl_local::{Execution, Mocks, Settings, TaskError, block_on};
use asl_macros::task;
use serde_json::{Value, json};

#[task(lambda = "arn:aws:lambda:us-east-1:123456789012:function:save")]
async fn save(ctx: &Ctx, id: &str, share: f64) -> Result<(), Failure>;

#[task(sqs = "https://sqs.us-east-1.amazonaws.com/123456789012/approvals", wait_for_task_token)]
async fn ask(ctx: &Ctx, share: f64) -> Result<(), Failure>;

async fn draws(ctx: &Ctx) -> Result<String, Failure> {
    let (id, share, other) = (ctx.uuid(), ctx.random(), ctx.random());
    let retry = Retry::on("Busy").interval(hours(1)).jitter(JitterStrategy::Full);
    save(ctx, &id, share).retry(retry).await?;
    let _ = ask(ctx, other).timeout(hours(2)).await;
    Ok(ctx.uuid())
}

fn machine() -> asl_core::Valid<asl_core::model::StateMachine> {
    let machine = json!({"QueryLanguage": "JSONata", "StartAt": "Draw", "States": {
        "Draw": {
            "Type": "Pass",
            "Assign": {"id": "{% $uuid() %}", "share": "{% $random() %}", "other": "{% $random() %}"},
            "Next": "Save",
        },
        "Save": {
            "Type": "Task",
            "Resource": "arn:aws:lambda:us-east-1:123456789012:function:save",
            "Arguments": {"id": "{% $id %}", "share": "{% $share %}"},
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 3_600, "JitterStrategy": "FULL"}],
            "Next": "Ask",
        },
        "Ask": {
            "Type": "Task",
            "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "TimeoutSeconds": 7_200,
            "Arguments": {
                "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/approvals",
                "MessageBody": {"token": "{% $states.context.Task.Token %}", "share": "{% $other %}"},
            },
            "Catch": [{"ErrorEquals": ["States.ALL"], "Output": "{% $uuid() %}", "Next": "Done"}],
            "Next": "Done",
        },
        "Done": {"Type": "Succeed"},
    }});
    asl_core::decode(&machine.to_string()).unwrap().validate().unwrap()
}

fn mocks() -> Mocks {
    let busy = || Err(TaskError::new("Busy", ""));
    Mocks::new()
        .on("Save", outcomes([busy(), Ok(Value::Null)]))
        .on("Ask", wait_for_token())
        .otherwise(succeeds(Value::Null))
}

#[test]
fn a_seed_gives_the_numbers_uuids_tokens_and_delays_of_the_engine() {
    let (here, there) = (mocks(), mocks());
    let local = Local::new(here.clone()).seed(7);
    let last = block_on(draws(&local.ctx())).unwrap();
    let settings = Settings::new().seed(7);
    let mut execution = Execution::with(settings, &machine(), json!({}), there.clone()).unwrap();
    execution.run().unwrap();
    let seen = |mocks: &Mocks| {
        mocks.calls().into_iter().map(|call| (call.time, call.input, call.token)).collect::<Vec<_>>()
    };
    assert_eq!(seen(&here), seen(&there));
    assert_eq!(Some(&json!(last)), execution.output());
    assert_eq!(local.elapsed(), execution.elapsed());
}
