//! Errors: scenarios 29 to 36, 38.

use asl_core::ctx::{Ctx, Failure, Retry, map_each, try_join};
use asl_core::jsonata::secs;
use asl_macros::{AslData, AslError, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Scenario, count, state, states};

#[derive(Debug, PartialEq, AslError)]
enum StoreError {
    Exists(String),
    #[asl(name = "Store.Full")]
    Full,
    #[asl(timeout)]
    Slow,
    #[asl(other)]
    Other(Failure),
}

#[derive(Debug, AslError)]
enum FlowError {
    Refused(String),
    #[asl(name = "Flow.Empty")]
    Empty,
    #[asl(transparent)]
    Store(StoreError),
}

impl From<StoreError> for FlowError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Failure> for FlowError {
    fn from(failure: Failure) -> Self {
        Self::Store(StoreError::from(failure))
    }
}

#[task(lambda = "${StoreArn}")]
async fn store(ctx: &Ctx, key: &str) -> Result<String, StoreError>;
#[task(lambda = "${MendArn}")]
async fn mend(ctx: &Ctx, why: &str) -> Result<String, Failure>;
#[task(lambda = "${TidyArn}")]
async fn tidy(ctx: &Ctx, key: &str) -> Result<(), Failure>;

fn scenario(machine: asl_core::Valid<asl_core::model::StateMachine>) -> Scenario {
    let keys = prop_oneof![Just(""), Just("k"), Just("bad")].prop_map(|key| json!(key));
    Scenario::new(machine)
        .inputs(keys)
        .gives("StoreArn", json!("stored"))
        .fails("StoreArn", "Exists")
        .fails("StoreArn", "Store.Full")
        .fails("StoreArn", "States.Timeout")
        .fails("StoreArn", "Boom")
        .gives("MendArn", json!("mended"))
        .fails("MendArn", "Hopeless")
        .gives("TidyArn", json!(null))
        .fails("TidyArn", "Untidy")
}

#[state_machine]
async fn unhandled(ctx: &Ctx, key: String) -> Result<String, FlowError> {
    let stored = store(ctx, &key).await?;
    let mended = mend(ctx, &stored).await?;
    Ok(mended)
}

#[test]
fn s29_an_error_without_handler_ends_the_execution_as_it_is() {
    let json = scenario(unhandled::definition()).agrees(unhandled);
    assert!(!json.contains("Catch"));
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn bound(ctx: &Ctx, key: String) -> Result<String, Failure> {
    let stored = match store(ctx, &key).await {
        Ok(stored) => stored,
        Err(StoreError::Other(failure)) => {
            mend(ctx, &format!("{}: {}", failure.error, failure.cause)).await?
        }
        Err(_) => "known".to_owned(),
    };
    if let Err(failure) = tidy(ctx, &key).await {
        return Ok(format!("{stored}, but {}", failure.error));
    }
    let is_mended = mend(ctx, &stored).await.is_ok();
    let or_else = mend(ctx, "again").await.unwrap_or("nothing".to_owned());
    let maybe = mend(ctx, "last").await.ok();
    let _ = tidy(ctx, "ignored").await;
    Ok(format!("{stored} {is_mended} {or_else} {}", maybe.unwrap_or_default()))
}

#[test]
fn s30_errors_are_values_of_their_handlers() {
    let json = scenario(bound::definition()).fails("StoreArn", "States.Runtime").agrees(bound);
    assert_eq!((count(&json, "Pass"), count(&json, "Choice")), (0, 0));
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn typed(ctx: &Ctx, key: String) -> Result<String, FlowError> {
    match store(ctx, &key).await {
        Ok(stored) if stored == key => Ok("same".to_owned()),
        Ok(stored) => Ok(stored),
        Err(StoreError::Exists(cause)) => Ok(cause),
        Err(StoreError::Full | StoreError::Slow) => {
            tidy(ctx, &key).await?;
            Err(FlowError::Empty)
        }
        Err(error) => Err(error.into()),
    }
}

#[test]
fn s31_s38_named_errors_have_handlers_and_the_rest_goes_on() {
    let json = scenario(typed::definition()).agrees(typed);
    let catchers = state(&json, "Store")["Catch"].clone();
    let names: Vec<_> = catchers.as_array().unwrap().iter().map(|catcher| &catcher["ErrorEquals"]).collect();
    assert_eq!(names, [&json!(["Exists"]), &json!(["Store.Full", "States.Timeout"])]);
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn computed(ctx: &Ctx, key: String) -> Result<String, FlowError> {
    if key.is_empty() {
        return Err(FlowError::Refused(format!("the key `{key}` is empty")));
    }
    let first = key.chars().count();
    if first > 1 {
        Err(FlowError::Empty)?;
    }
    let stored = store(ctx, &key).await.map_err(|error| match error {
        StoreError::Exists(cause) => FlowError::Refused(cause),
        other => FlowError::Store(other),
    })?;
    let found = Some(stored).filter(|stored| stored != "x").ok_or(FlowError::Empty)?;
    mend(ctx, &found).await.map_err(|failure| FlowError::Refused(failure.error))
}

#[test]
fn s32_an_error_may_be_computed() {
    let json = scenario(computed::definition()).agrees(computed);
    assert_eq!(state(&json, "Refused")["Cause"], "{% 'the key `' & $key & '` is empty' %}");
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn raising(ctx: &Ctx, key: String) -> Result<String, FlowError> {
    let result = match async {
        let stored = store(ctx, &key).await?;
        if key == "bad" {
            return Err(FlowError::Refused(stored));
        }
        let mended = mend(ctx, &stored).await?;
        Ok::<_, FlowError>(mended)
    }
    .await
    {
        Ok(done) => done,
        Err(FlowError::Refused(why)) => format!("refused {why}"),
        Err(FlowError::Store(error)) => {
            mend(ctx, "store").await?;
            return Err(FlowError::Store(error));
        }
        Err(FlowError::Empty) => "empty".to_owned(),
    };
    tidy(ctx, &result).await?;
    Ok(result)
}

#[test]
fn s33_an_error_that_is_raised_goes_to_the_handler() {
    let json = scenario(raising::definition()).agrees(raising);
    assert_eq!((count(&json, "Pass"), count(&json, "Parallel")), (0, 0));
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn failing_handler(ctx: &Ctx, key: String) -> Result<String, FlowError> {
    match store(ctx, &key).retry(Retry::on(StoreError::Full).interval(secs(5)).max_attempts(2)).await {
        Ok(stored) => Ok(stored),
        Err(error @ StoreError::Exists(_)) => {
            tidy(ctx, &key).await?;
            Err(error)?
        }
        Err(other) => Err(FlowError::Store(other)),
    }
}

#[test]
fn s34_a_handler_may_fail_itself() {
    let json = scenario(failing_handler::definition()).agrees(failing_handler);
    assert_eq!(states(&json), ["Store", "Tidy", "Fail"]);
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, AslData)]
struct Step {
    id: String,
}

#[task(lambda = "${BeginArn}")]
async fn begin(ctx: &Ctx, key: &str) -> Result<Step, Failure>;
#[task(lambda = "${UndoArn}")]
async fn undo(ctx: &Ctx, id: &str) -> Result<(), Failure>;

#[state_machine]
async fn compensated(ctx: &Ctx, key: String) -> Result<String, FlowError> {
    let first = begin(ctx, "first").compensate(|step| undo(ctx, &step.id).retry(Retry::all())).await?;
    if key.is_empty() {
        return Err(FlowError::Empty);
    }
    let second = begin(ctx, &first.id).compensate(|_| tidy(ctx, &key)).await?;
    if key == "bad" {
        return Ok("early".to_owned());
    }
    store(ctx, &second.id).await?;
    match mend(ctx, "x").await {
        Ok(mended) => Ok(mended),
        Err(failure) => Err(FlowError::Refused(failure.cause)),
    }
}

#[test]
fn s35_steps_are_undone_on_each_way_out_that_fails() {
    let scenario = scenario(compensated::definition())
        .gives("BeginArn", json!({"id": "s-1"}))
        .gives("BeginArn", json!({"id": "s-2"}))
        .fails("BeginArn", "NoStep")
        .gives("UndoArn", json!(null));
    insta::assert_snapshot!(scenario.agrees(compensated));
}

#[state_machine]
async fn inside_out(ctx: &Ctx, key: String) -> Result<String, FlowError> {
    let keys = vec![key.clone(), "other".to_owned()];
    let outcome = match map_each(ctx, keys, async |key| {
        if key.is_empty() {
            return Err(FlowError::Refused("empty".to_owned()));
        }
        Ok(store(ctx, &key).await?)
    })
    .max_concurrency(1)
    .await
    {
        Ok(all) => all.join(" "),
        Err(FlowError::Refused(why)) => why,
        Err(FlowError::Store(StoreError::Full)) => "full".to_owned(),
        Err(error) => return Err(error),
    };
    match try_join!(mend(ctx, &outcome), async {
        tidy(ctx, "b").await?;
        mend(ctx, "c").await
    }) {
        Ok((mended, stored)) => Ok(format!("{mended} {stored}")),
        Err(failure) => Ok(failure.error),
    }
}

#[test]
fn s36_an_error_inside_is_caught_outside() {
    let json = scenario(inside_out::definition()).in_any_order().agrees(inside_out);
    assert!(state(&json, "ForEachKey")["Catch"].is_array() && state(&json, "Parallel")["Catch"].is_array());
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn always_tidied(ctx: &Ctx, key: String) -> Result<String, FlowError> {
    match async {
        let stored = match store(ctx, &key).await {
            Ok(stored) => stored,
            // an error of the handler is cleaned up behind too
            Err(StoreError::Full) => mend(ctx, "full").await?,
            Err(error) => return Err(error.into()),
        };
        if key == "bad" {
            return Ok("early".to_owned());
        }
        let mended = mend(ctx, &stored).await?;
        Ok::<_, FlowError>(format!("{stored} {mended}"))
    }
    .await
    {
        Ok(done) => {
            tidy(ctx, "done").await?;
            Ok(done)
        }
        Err(error) => {
            let _ = tidy(ctx, "failed").await;
            Err(error)
        }
    }
}

#[test]
fn s35_a_cleanup_is_done_on_every_way_out() {
    insta::assert_snapshot!(scenario(always_tidied::definition()).agrees(always_tidied));
}

#[state_machine]
async fn patient(ctx: &Ctx, key: String) -> Result<String, FlowError> {
    let first = match store(ctx, &key).timeout(secs(50)).heartbeat(secs(20)).await {
        Ok(stored) => stored,
        Err(StoreError::Other(failure)) => failure.error,
        Err(StoreError::Slow) => "slow".to_owned(),
        Err(StoreError::Exists(_) | StoreError::Full) => "known".to_owned(),
    };
    store(ctx, &first).timeout(secs(30)).await?;
    Ok(first)
}

#[test]
fn s38_a_timeout_is_a_missed_heartbeat_too_and_the_rest_stands_last() {
    let json = scenario(patient::definition())
        .fails("StoreArn", "States.Runtime")
        .fails("StoreArn", super::NEVER)
        .fails("StoreArn", super::NEVER)
        .agrees(patient);
    let catchers = state(&json, "Store")["Catch"].clone();
    let names: Vec<_> = catchers.as_array().unwrap().iter().map(|catcher| &catcher["ErrorEquals"]).collect();
    let timeouts = json!(["States.Timeout", "States.HeartbeatTimeout"]);
    assert_eq!(names, [&timeouts, &json!(["Exists", "Store.Full"]), &json!(["States.ALL"])]);
    insta::assert_snapshot!(json);
}
