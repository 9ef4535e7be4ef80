//! What ends a workflow past its handlers, and what is told of wrong data.

use asl_core::ctx::{Ctx, Failure, try_join};
use asl_core::jsonata::secs;
use asl_local::mocks::{fails, succeeds};
use asl_local::native::Local;
use asl_local::{Mocks, block_on};
use asl_macros::{AslData, task};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(AslData, Deserialize, Debug)]
struct User {
    name: String,
}

#[task(lambda_invoke = "${FetchUser}")]
async fn fetch_user(ctx: &Ctx, user_id: u64) -> Result<User, Failure>;

#[task(lambda = "${Undo}")]
async fn undo(ctx: &Ctx) -> Result<(), Failure>;

async fn never_fails(ctx: &Ctx) -> Result<&'static str, Failure> {
    ctx.workflow(async |ctx: &Ctx| {
        undo(ctx).compensate(|()| undo(ctx)).await?;
        match fetch_user(ctx, 1).await {
            Ok(_) => Ok("found"),
            Err(_) => Ok("caught"),
        }
    })
    .await
}

fn local(mocks: Mocks) -> Local {
    Local::new(mocks.on("Undo", succeeds(Value::Null)))
}

#[test]
fn a_handler_catches_what_a_catcher_would() {
    let local = local(Mocks::new().on("FetchUser", fails("NotFound", "")));
    assert_eq!(block_on(never_fails(&local.ctx())), Ok("caught"));
    assert_eq!(local.states(), ["Undo", "FetchUser"]);
}

#[test]
fn what_no_catcher_gets_ends_the_workflow_without_compensation() {
    let local = local(Mocks::new());
    assert_eq!(block_on(never_fails(&local.ctx())).unwrap_err().error, "States.Runtime");
    assert_eq!(local.states(), ["Undo", "FetchUser"]);
}

#[test]
fn a_result_of_another_shape_says_what_was_wanted() {
    let local = local(Mocks::new().on("FetchUser", succeeds(json!({"Payload": {"nmae": "Ann"}}))));
    let failure = block_on(never_fails(&local.ctx())).unwrap_err();
    let expected = "the result of `fetch_user` is no `native::endings::User`: missing field `name`; it is \
                    {\"Payload\":{\"nmae\":\"Ann\"}}";
    assert_eq!((failure.error.as_str(), failure.cause.as_str()), ("States.Runtime", expected));
}

#[test]
fn a_wait_for_no_time_ends_the_workflow() {
    let local = local(Mocks::new());
    let ctx = local.ctx();
    let waited: Result<(), Failure> = block_on(ctx.workflow(async |ctx: &Ctx| {
        ctx.sleep_until("tomorrow").await;
        Ok(())
    }));
    assert_eq!(waited.unwrap_err().error, "States.QueryEvaluationError");
}

#[tokio::test]
async fn workflows_run_under_tokio_as_they_are() {
    let local = local(Mocks::new());
    let ctx = local.ctx();
    let sleep = async |seconds| {
        ctx.sleep(secs(seconds)).await;
        Ok::<_, Failure>(local.elapsed())
    };
    assert_eq!(try_join!(sleep(1), sleep(60)), Ok((secs(1), secs(60))));
    let (one, two) = tokio::join!(sleep(5), sleep(2));
    assert_eq!((one, two), (Ok(secs(65)), Ok(secs(62))));
}
