//! Retries: scenario 37.

use std::time::Duration;

use asl_core::ctx::{Ctx, Failure, Retry, attempt};
use asl_core::jsonata::secs;
use asl_macros::{AslData, AslError, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Scenario;

#[derive(Debug, AslError)]
enum BookError {
    #[asl(name = "Book.Taken")]
    Taken,
    NotFound(String),
    #[asl(other)]
    Other(Failure),
}

/// Its other errors are no business of this type.
#[derive(Debug, AslError)]
enum FindError {
    NotFound(String),
}

impl From<FindError> for BookError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound(cause) => Self::NotFound(cause),
        }
    }
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Slot {
    id: String,
    price: i64,
}

#[task(lambda = "${FindArn}")]
async fn find(ctx: &Ctx, day: &str) -> Result<Slot, FindError>;
#[task(lambda = "${BookArn}")]
async fn book(ctx: &Ctx, id: &str) -> Result<String, BookError>;
#[task(lambda = "${TellArn}")]
async fn tell(ctx: &Ctx, text: &str) -> Result<(), Failure>;

fn scenario(machine: asl_core::Valid<asl_core::model::StateMachine>) -> Scenario {
    Scenario::new(machine)
        .inputs(prop_oneof![Just(json!("mon")), Just(json!(""))])
        .gives("FindArn", json!({"id": "s-1", "price": 5}))
        .gives("FindArn", json!({"id": "s-2", "price": 0}))
        .fails("FindArn", "NotFound")
        .fails("FindArn", "Boom")
        .gives("BookArn", json!("b-1"))
        .fails("BookArn", "Book.Taken")
        .fails("BookArn", "Book.Taken")
        .fails("BookArn", "States.Timeout")
        .fails("BookArn", "Broken")
        .gives("TellArn", json!(null))
        .fails("TellArn", "Mute")
}

#[state_machine]
async fn one_task(ctx: &Ctx, id: String) -> Result<String, BookError> {
    book(ctx, &id)
        .retry(Retry::on(BookError::Taken).interval(secs(7)).max_attempts(2).backoff_rate(1.5))
        .retry(Retry::on("States.Timeout").interval(secs(30)).max_attempts(1))
        .retry(Retry::on("States.TaskFailed").max_attempts(1))
        .await
}

#[test]
fn s37_a_task_is_tried_again() {
    let json = scenario(one_task::definition()).agrees(one_task);
    assert_eq!(super::states(&json), ["Book"]);
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn block(ctx: &Ctx, day: String) -> Result<String, BookError> {
    let mut tries = 0;
    tell(ctx, "start").await?;
    tries += 1;
    let (booked, price) = attempt(ctx, async || {
        let slot = find(ctx, &day).await?;
        if slot.price == 0 {
            ctx.sleep(Duration::from_secs(tries)).await;
            return Err(BookError::Taken);
        }
        let booked = book(ctx, &slot.id).await?;
        Ok::<_, BookError>((booked, slot.price))
    })
    .retry(Retry::on(BookError::Taken).interval(secs(10)).max_attempts(2))
    .retry(Retry::all().max_attempts(1))
    .await?;
    tell(ctx, &format!("{booked} for {price}")).await?;
    Ok(booked)
}

#[test]
fn s37_several_steps_are_tried_again_as_a_whole() {
    let json = scenario(block::definition()).agrees(block);
    assert_eq!(
        super::states(&json),
        ["Tell", "Attempt", "Find", "slot.price == 0?", "WaitForTries", "Book.Taken", "Book", "Tell (2)"]
    );
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn handled(ctx: &Ctx, day: String) -> Result<String, BookError> {
    let result = match attempt(ctx, async || book(ctx, &day).await)
        .retry(Retry::on("Book.Taken").max_attempts(1))
        .named("Book it")
        .await
    {
        Ok(booked) => booked,
        Err(BookError::Taken) => "taken".to_owned(),
        Err(error) => return Err(error),
    };
    // not tried again: no state
    let told = attempt(ctx, async || tell(ctx, &result).await).await.is_ok();
    Ok(format!("{result} {told}"))
}

#[test]
fn s37_what_is_left_after_all_attempts_is_handled() {
    let json = scenario(handled::definition()).agrees(handled);
    assert_eq!(super::states(&json), ["Book it", "Book", "Tell", "Return"]);
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn refused(ctx: &Ctx, name: String) -> Result<String, Failure> {
    if name.is_empty() {
        return Err(Failure::new("NoName", "a name is needed"));
    }
    match tell(ctx, &name).await {
        Ok(()) => Ok(name),
        Err(failure) if failure.error == "Mute" => Err(Failure::new(format!("Cannot.{name}"), failure.cause)),
        Err(failure) => Err(failure),
    }
}

#[test]
fn s32_a_failure_is_made_of_a_name_and_a_cause() {
    insta::assert_snapshot!(scenario(refused::definition()).agrees(refused));
}
