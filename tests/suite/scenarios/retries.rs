//! Retries: scenario 37.

use std::time::Duration;

use asl_core::ctx::{Ctx, Failure, Retry, attempt, map_each, try_join};
use asl_core::jsonata::secs;
use asl_macros::{AslData, AslError, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Scenario;
use super::mixed;

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

#[state_machine]
async fn attempts(ctx: &Ctx, items: Vec<i64>) -> Result<(Vec<i64>, i64), mixed::MixedError> {
    let mut total = 0;
    let mut all = vec![];
    for item in &items {
        match attempt(ctx, async || {
            let (a, b) = try_join!(mixed::maybe(ctx, item + total), mixed::maybe(ctx, *item))?;
            let (a, b) = (a.unwrap_or(total), b.ok_or(mixed::MixedError::Empty)?);
            let seen =
                map_each(ctx, vec![a, b], async |n| mixed::step(ctx, n).await).max_concurrency(1).await?;
            if seen.contains(&7) {
                return Err(mixed::MixedError::Odd("seven".to_owned()));
            }
            ctx.sleep(Duration::from_secs(1)).await;
            Ok::<_, mixed::MixedError>(seen.iter().sum::<i64>() + total)
        })
        .retry(Retry::on(mixed::MixedError::Empty).interval(secs(3)).max_attempts(1))
        .retry(Retry::on(["Mixed.Odd", "Boom"]).max_attempts(1).backoff_rate(1.0))
        .await
        {
            Ok(sum) => total = sum,
            Err(mixed::MixedError::Odd(_)) => continue,
            Err(error) => return Err(error),
        }
        all.push(total);
    }
    Ok((all, total))
}

#[test]
fn attempts_of_branches_and_maps() {
    let lists = prop::collection::vec(-4_i64..6, 0..3).prop_map(|items| json!(items));
    let scenario = mixed::scenario(attempts::definition()).in_any_order().inputs(lists);
    insta::assert_snapshot!(scenario.agrees(attempts));
}

#[derive(Debug, AslError)]
enum StrictError {
    #[asl(name = "Strict.Known")]
    Known,
}

impl From<StrictError> for mixed::MixedError {
    fn from(error: StrictError) -> Self {
        Self::Other(error.into_failure())
    }
}

#[task(lambda = "${StrictArn}")]
async fn strict(ctx: &Ctx, n: i64) -> Result<i64, StrictError>;

#[state_machine]
async fn strict_saga(ctx: &Ctx, n: i64) -> Result<i64, mixed::MixedError> {
    let done = mixed::step(ctx, n).compensate(|done| mixed::undo(ctx, *done)).await?;
    let first = match strict(ctx, done).await {
        Ok(m) => m + 1,
        Err(StrictError::Known) => -1,
    };
    let second = attempt(ctx, async || Ok::<_, mixed::MixedError>(strict(ctx, first).await?))
        .retry(Retry::on("Boom").max_attempts(1))
        .await
        .unwrap_or(-2);
    Ok(strict(ctx, first).await? + second)
}

#[test]
fn an_error_that_a_task_has_no_variant_for_passes_the_handlers() {
    let scenario = mixed::scenario(strict_saga::definition())
        .inputs((-1_i64..2).prop_map(|n| json!(n)))
        .gives("StrictArn", json!(2))
        .gives("StrictArn", json!(5))
        .gives("StrictArn", json!(6))
        .fails("StrictArn", "Strict.Known")
        .fails("StrictArn", "Boom");
    insta::assert_snapshot!(scenario.agrees(strict_saga));
}
