//! Jumps out of the middle: of expressions, handlers, regions and iterations.

#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "the functions are written in ways that are to be proven, not to be copied"
)]

use asl_core::ctx::{Ctx, Retry, attempt, map_each, try_join};
use asl_macros::{AslData, state_machine};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::mixed::{MixedError, lists, maybe, rows, scenario, step, undo, word};

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Made {
    first: i64,
    text: String,
    rest: Vec<i64>,
}

#[state_machine]
async fn expressions(ctx: &Ctx, n: i64) -> Result<Made, MixedError> {
    let made = Made {
        first: match n {
            0 => return Ok(Made { first: 0, text: "zero".to_owned(), rest: vec![] }),
            1 | 2 => step(ctx, n).await?,
            _ if n < -1 => Err(MixedError::Empty)?,
            other => other * 2,
        },
        text: format!("{}-{}", step(ctx, 5).await?, word(ctx, "w").await.unwrap_or("none".to_owned())),
        rest: vec![step(ctx, 6).await?, n],
    };
    let sum = step(ctx, if made.first > 2 { step(ctx, made.first).await? } else { return Ok(made) }).await?
        + made.rest.iter().sum::<i64>();
    let mut rest = made.rest.clone();
    while let Some(m) = maybe(ctx, sum + rest.len() as i64).await? {
        if m == 0 {
            break;
        }
        let Some(more) = maybe(ctx, m).await? else {
            rest.push(-1);
            if rest.len() > 4 {
                return Err(MixedError::Odd("long".to_owned()));
            }
            continue;
        };
        let Ok(text) = word(ctx, &format!("{more}")).await else { break };
        rest.push(more);
        if text.is_empty() || rest.len() > 5 {
            break;
        }
    }
    Ok(Made { rest, ..made })
}

#[test]
fn expressions_are_left_in_the_middle() {
    let inputs = (-2_i64..4).prop_map(|n| json!(n));
    insta::assert_snapshot!(scenario(expressions::definition()).inputs(inputs).agrees(expressions));
}

#[state_machine]
async fn handlers(ctx: &Ctx, items: Vec<i64>) -> Result<(Vec<i64>, String), MixedError> {
    let mut seen = vec![];
    let mut last = String::new();
    let start = step(ctx, 0).compensate(|done| undo(ctx, *done)).await?;
    for (place, item) in items.iter().enumerate() {
        match async {
            if place == 2 {
                return Err(MixedError::Odd("third".to_owned()));
            }
            let n = match step(ctx, *item).await {
                Ok(7) => return Ok(70),
                Ok(n) => n,
                Err(MixedError::Other(failure)) => {
                    last = failure.error.clone();
                    match word(ctx, &failure.cause).await {
                        Ok(text) if text == "stop" => return Err(MixedError::Empty),
                        Ok(text) => text.chars().count() as i64,
                        Err(again) => return Err(MixedError::Other(again)),
                    }
                }
                Err(known) => {
                    last = "known".to_owned();
                    return Err(known);
                }
            };
            seen.push(n);
            Ok::<_, MixedError>(n + start)
        }
        .await
        {
            Ok(n) if n > 50 => break,
            Ok(n) => seen.push(n * 10),
            Err(MixedError::Empty) => continue,
            Err(MixedError::Odd(why)) if why == "third" => {
                seen.push(step(ctx, 3).await?);
                return Ok((seen, why));
            }
            Err(error) => {
                undo(ctx, 1).retry(Retry::all().max_attempts(1)).await.ok();
                if seen.len() > 2 {
                    return Ok((seen, last));
                }
                return Err(error);
            }
        }
    }
    Ok((seen, last))
}

#[test]
fn handlers_jump_out_of_loops() {
    insta::assert_snapshot!(scenario(handlers::definition()).inputs(lists()).agrees(handlers));
}

#[state_machine]
async fn iterations(ctx: &Ctx, rows: Vec<Vec<i64>>) -> Result<Vec<(i64, String)>, MixedError> {
    let limit = maybe(ctx, -1).await?.unwrap_or(1);
    let all = map_each(ctx, rows, async |row| {
        let mut total = 0;
        'cells: for cell in row.iter() {
            for turn in 0..*cell {
                match maybe(ctx, turn + total).await? {
                    None => continue 'cells,
                    Some(0) => break 'cells,
                    Some(n) if n > limit => return Ok((n, format!("early {cell}"))),
                    Some(n) => total += n,
                }
            }
            total += 1;
        }
        if total > 3 {
            return Err(MixedError::Odd(format!("{total}")));
        }
        let (a, b) = try_join!(maybe(ctx, total), async {
            if row.is_empty() {
                return Ok(None);
            }
            maybe(ctx, row[0]).await
        })?;
        Ok::<_, MixedError>((a.unwrap_or(0) + b.unwrap_or(0), "late".to_owned()))
    })
    .max_concurrency(1)
    .await;
    match all {
        Ok(all) if all.is_empty() => Err(MixedError::Empty),
        Ok(all) => Ok(all),
        Err(MixedError::Odd(total)) => Ok(vec![(-1, total)]),
        Err(error) => Err(error),
    }
}

#[test]
fn iterations_are_left_early() {
    insta::assert_snapshot!(
        scenario(iterations::definition()).in_any_order().inputs(rows()).agrees(iterations)
    );
}

#[state_machine]
async fn undone(ctx: &Ctx, (n, again): (i64, bool)) -> Result<i64, MixedError> {
    let first = step(ctx, n).compensate(|done| undo(ctx, done + 100)).await?;
    if first > 2 {
        let second = step(ctx, first).compensate(|done| undo(ctx, done + first + 200)).await?;
        if second < 0 {
            return Err(MixedError::Odd(format!("{second}")));
        }
        let third = attempt(ctx, async || {
            let n = step(ctx, second).await?;
            if n == 0 { Err(MixedError::Empty) } else { Ok(n) }
        })
        .retry(Retry::on(MixedError::Empty).max_attempts(1))
        .await?;
        return Ok(third);
    }
    let word = match word(ctx, "x").await {
        Ok(text) => text,
        Err(failure) if again => step(ctx, 9).await.map(|n| format!("{n}{}", failure.error))?,
        Err(failure) => return Err(MixedError::Other(failure)),
    };
    let last = step(ctx, 1).compensate(|_| undo(ctx, 300).retry(Retry::all().max_attempts(1))).await?;
    maybe(ctx, last).await?.filter(|m| *m > 0).ok_or_else(|| MixedError::Odd(word.clone()))?;
    if word == "stop" { Err(MixedError::Odd("stopped".to_owned())) } else { Ok(last + first) }
}

#[test]
fn steps_are_undone_from_wherever_it_fails() {
    let inputs = (-2_i64..4, any::<bool>()).prop_map(|(n, again)| json!([n, again]));
    insta::assert_snapshot!(scenario(undone::definition()).inputs(inputs).agrees(undone));
}
