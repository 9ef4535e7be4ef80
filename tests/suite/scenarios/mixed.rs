//! Programs that mix what the scenarios ask one by one: control flow.

#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "the functions are written in ways that are to be proven, not to be copied"
)]

use asl_core::ctx::{Ctx, Failure, Retry, join, map_each, try_join};
use asl_macros::{AslData, AslError, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Scenario;

#[derive(Debug, AslError)]
pub(super) enum MixedError {
    #[asl(name = "Mixed.Odd")]
    Odd(String),
    #[asl(name = "Mixed.Empty")]
    Empty,
    #[asl(other)]
    Other(Failure),
}

#[task(lambda = "${StepArn}")]
pub(super) async fn step(ctx: &Ctx, n: i64) -> Result<i64, MixedError>;
#[task(lambda = "${UndoArn}")]
pub(super) async fn undo(ctx: &Ctx, n: i64) -> Result<(), Failure>;
#[task(lambda = "${WordArn}")]
pub(super) async fn word(ctx: &Ctx, text: &str) -> Result<String, Failure>;
#[task(lambda = "${SpellArn}")]
pub(super) async fn spell(ctx: &Ctx, text: &str) -> Result<String, Failure>;
#[task(lambda = "${MaybeArn}")]
pub(super) async fn maybe(ctx: &Ctx, n: i64) -> Result<Option<i64>, Failure>;
#[task(lambda = "${NoteArn}")]
pub(super) async fn note(ctx: &Ctx, value: &Value) -> Result<(), Failure>;

pub(super) fn scenario(machine: asl_core::Valid<asl_core::model::StateMachine>) -> Scenario {
    let scenario = Scenario::new(machine).gives("UndoArn", json!(null)).fails("UndoArn", "Stuck");
    let scenario =
        [0, 1, -2, 3, 7].into_iter().fold(scenario, |scenario, n| scenario.gives("StepArn", json!(n)));
    let scenario = scenario.fails("StepArn", "Mixed.Odd").fails("StepArn", "Boom");
    let scenario = ["", "next", "stop", "skip", "é\"\\"]
        .into_iter()
        .fold(scenario, |scenario, text| scenario.gives("WordArn", json!(text)));
    let scenario = ["", "next", "stop", "skip", "é"]
        .into_iter()
        .fold(scenario, |scenario, text| scenario.gives("SpellArn", json!(text)));
    scenario
        .fails("WordArn", "Mute")
        .gives("MaybeArn", json!(null))
        .gives("MaybeArn", json!(0))
        .gives("MaybeArn", json!(4))
        .gives("NoteArn", json!({"ignored": true}))
}

pub(super) fn lists() -> impl Strategy<Value = Value> {
    prop::collection::vec(-4_i64..6, 0..4).prop_map(|items| json!(items))
}

pub(super) fn rows() -> impl Strategy<Value = Value> {
    prop::collection::vec(prop::collection::vec(-3_i64..4, 0..3), 0..3).prop_map(|rows| json!(rows))
}

#[state_machine]
async fn shadowed_in_arms(ctx: &Ctx, items: Vec<i64>) -> Result<(i64, Vec<i64>), MixedError> {
    let first = step(ctx, 0).compensate(|done| undo(ctx, *done)).await?;
    let mut seen = vec![first];
    let mut n = 10;
    for n in items.iter() {
        let n = match step(ctx, *n).await {
            Ok(n) if n < 0 => {
                let n = step(ctx, -n).await?;
                n * 100
            }
            Ok(0) => continue,
            Ok(n) => {
                let n = n + first;
                n
            }
            Err(MixedError::Odd(n)) => {
                if n.is_empty() {
                    break;
                }
                -1
            }
            Err(n) => return Err(n),
        };
        seen.push(n);
    }
    n += 1;
    let n = n + seen.len() as i64;
    Ok((n, seen))
}

#[test]
fn shadowing_in_arms_within_a_loop() {
    insta::assert_snapshot!(
        scenario(shadowed_in_arms::definition()).inputs(lists()).agrees(shadowed_in_arms)
    );
}

#[state_machine]
async fn labels_in_a_branch(ctx: &Ctx, rows: Vec<Vec<i64>>) -> Result<(Vec<String>, i64), Failure> {
    let (words, count) = try_join!(
        async {
            let mut words = vec![];
            'rows: for (index, row) in rows.iter().enumerate() {
                let mut cells = 0;
                for cell in row {
                    match spell(ctx, &format!("{index}/{cell}")).await?.as_str() {
                        "next" => continue 'rows,
                        "stop" => break 'rows,
                        "skip" => continue,
                        other if *cell < 0 => words.push(format!("<{other}>")),
                        other => words.push(other.to_owned()),
                    }
                    cells += 1;
                }
                words.push(format!("{cells}"));
            }
            Ok(words)
        },
        async {
            let mut total = 0;
            let count = 'outer: loop {
                for row in &rows {
                    if row.is_empty() {
                        break 'outer total;
                    }
                    total += row.len() as i64;
                }
                break total + 100;
            };
            maybe(ctx, count).await?;
            Ok(count)
        }
    )?;
    Ok((words, count))
}

#[test]
fn labels_leave_matches_in_a_branch() {
    let scenario = scenario(labels_in_a_branch::definition()).in_any_order().inputs(rows());
    insta::assert_snapshot!(scenario.agrees(labels_in_a_branch));
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Page {
    items: Vec<i64>,
    next: Option<i64>,
}

#[task(lambda = "${PageArn}")]
async fn page_of(ctx: &Ctx, n: Option<i64>) -> Result<Page, Failure>;

#[state_machine]
async fn pages(ctx: &Ctx, limit: usize) -> Result<(Vec<i64>, usize), Failure> {
    let mut page = page_of(ctx, None).await?;
    let mut all = page.items.clone();
    let mut turns = 0;
    while let Some(next) = page.next {
        turns += 1;
        if turns > limit {
            return Ok((all, turns));
        }
        page = page_of(ctx, Some(next)).await?;
        all.extend(page.items.iter().map(|item| item * 2));
        if page.items.is_empty() {
            continue;
        }
        let Some(last) = maybe(ctx, all[0]).await? else {
            break;
        };
        all.push(last);
    }
    let Ok(end) = word(ctx, "end").await else {
        return Err(Failure::new("NoEnd", format!("{turns}")));
    };
    if let (Some(next), false) = (page.next, end.is_empty()) {
        all.push(next);
    }
    Ok((all, turns))
}

#[test]
fn pages_with_a_marker_that_is_absent() {
    let scenario = scenario(pages::definition())
        .inputs((0_usize..4).prop_map(|n| json!(n)))
        .gives("PageArn", json!({"items": [1, 2], "next": 5}))
        .gives("PageArn", json!({"items": [], "next": 0}))
        .gives("PageArn", json!({"items": [3]}))
        .gives("PageArn", json!({"items": [3], "next": null}))
        .gives("PageArn", json!({"items": [9], "next": 9}))
        .fails("PageArn", "NoPage");
    insta::assert_snapshot!(scenario.agrees(pages));
}

#[state_machine]
async fn nested_maps(ctx: &Ctx, rows: Vec<Vec<i64>>) -> Result<(Vec<Vec<i64>>, i64, usize), MixedError> {
    let offset = maybe(ctx, 1).await?.unwrap_or(0);
    let grid = map_each(ctx, rows.clone(), async |row| {
        let cells = map_each(ctx, row.iter().enumerate(), async |(place, cell)| {
            let seen = maybe(ctx, cell + offset).await?;
            Ok::<_, MixedError>((place as i64) * 10 + seen.unwrap_or(*cell))
        })
        .max_concurrency(2)
        .await?;
        if cells.is_empty() {
            return Ok(vec![offset]);
        }
        Ok::<_, MixedError>(cells)
    })
    .await?;
    let flat: Vec<i64> = grid.iter().flatten().copied().collect();
    let total: i64 = flat.iter().sum();
    let firsts = map_each(ctx, grid.iter().map(|row| row[0]), async |n| {
        undo(ctx, n).await?;
        Ok::<_, MixedError>(())
    })
    .await?;
    Ok((grid, total, firsts.len()))
}

#[test]
fn maps_within_maps_whose_results_are_used_twice() {
    let scenario = Scenario::new(nested_maps::definition())
        .in_any_order()
        .inputs(rows())
        .gives("MaybeArn", json!(null))
        .gives("MaybeArn", json!(0))
        .gives("MaybeArn", json!(4))
        .gives("UndoArn", json!({"large": "result"}));
    insta::assert_snapshot!(scenario.agrees(nested_maps));
}

#[state_machine]
async fn regions(ctx: &Ctx, rows: Vec<Vec<i64>>) -> Result<(String, i64), MixedError> {
    let mut count = 0;
    let found = match async {
        for row in &rows {
            for cell in row {
                count += 1;
                let n = step(ctx, *cell).await?;
                if n == 7 {
                    return Ok(format!("seven at {cell}"));
                }
                if n < 0 {
                    Err(MixedError::Empty)?;
                }
                match async {
                    count += 10;
                    if *cell > 2 {
                        return Err(Failure::new("Large", format!("{cell}")));
                    }
                    word(ctx, "in").await
                }
                .await
                {
                    Ok(text) if text == "stop" => break,
                    Ok(_) => {}
                    Err(failure) if failure.error == "Large" => count += 100,
                    Err(failure) => return Err(MixedError::Odd(failure.cause)),
                }
            }
        }
        Ok::<_, MixedError>("not found".to_owned())
    }
    .await
    {
        Ok(text) => text,
        Err(MixedError::Empty) => "empty".to_owned(),
        Err(MixedError::Odd(why)) => format!("odd: {why}"),
        Err(MixedError::Other(failure)) => {
            count = -count;
            undo(ctx, count)
                .retry(Retry::all().max_attempts(1))
                .await
                .map_err(|_| MixedError::Other(failure))?;
            "undone".to_owned()
        }
    };
    Ok((found, count))
}

#[test]
fn early_return_inside_loops_inside_a_region() {
    insta::assert_snapshot!(scenario(regions::definition()).inputs(rows()).agrees(regions));
}

#[state_machine]
async fn captured(ctx: &Ctx, items: Vec<i64>) -> Result<(Vec<i64>, i64, Vec<bool>), MixedError> {
    let mut base = 1;
    let first = map_each(ctx, items.clone(), async |n| {
        Ok::<_, MixedError>(maybe(ctx, n + base).await?.unwrap_or(base))
    })
    .await?;
    base = first.iter().copied().max().unwrap_or(0);
    let (sums, flags) = join!(
        async {
            let mut sums = vec![];
            for (i, n) in first.iter().enumerate() {
                let base = base + i as i64;
                sums.push(n + base);
                if let Ok(Some(more)) = maybe(ctx, *n).await {
                    sums.push(more);
                }
            }
            sums
        },
        async {
            let mut flags = vec![];
            let mut left = items.clone();
            while let Some(n) = left.first().copied() {
                left = left.into_iter().skip(1).collect();
                let base = n;
                flags.push(n > 0 && maybe(ctx, base).await.unwrap_or(None) == Some(4));
            }
            flags
        },
    );
    Ok((sums, base, flags))
}

#[test]
fn what_is_captured_is_what_it_was() {
    let scenario = Scenario::new(captured::definition())
        .in_any_order()
        .inputs(lists())
        .gives("MaybeArn", json!(null))
        .gives("MaybeArn", json!(0))
        .gives("MaybeArn", json!(4));
    insta::assert_snapshot!(scenario.agrees(captured));
}

#[state_machine]
async fn conditions(ctx: &Ctx, (n, text): (i64, Option<String>)) -> Result<Vec<String>, MixedError> {
    let mut out = Vec::new();
    if let Some(text) = &text
        && !text.is_empty()
        && let Ok(answer) = word(ctx, text).await
        && answer != "skip"
    {
        out.push(answer);
    } else if let Some(m) = maybe(ctx, n).await?
        && (m > 0 || step(ctx, m).await? > 2)
    {
        out.push(format!("{m}"));
    } else if n > 0 {
        out.push("positive".to_owned());
    }
    let chosen = match (maybe(ctx, n).await?, text.as_deref()) {
        (Some(0), _) => "zero".to_owned(),
        (Some(m), Some("a")) => format!("a{m}"),
        (None, Some(text)) if n < 0 => text.to_owned(),
        (Some(_), None) | (None, None) => match step(ctx, n).await {
            Ok(n @ 1..=6) => format!("small {n}"),
            Ok(n) if n < 0 => return Err(MixedError::Odd(format!("{n}"))),
            Ok(_) => "rest".to_owned(),
            Err(MixedError::Odd(_) | MixedError::Empty) => "known".to_owned(),
            Err(MixedError::Other(failure)) if failure.error.starts_with("Bo") => failure.error,
            Err(error) => Err(error)?,
        },
        (_, Some(_)) => String::new(),
    };
    let is_fine = !(n == 0 || step(ctx, 99).await.unwrap_or(0) > 0) || chosen.is_empty();
    out.push(chosen);
    out.push(is_fine.to_string());
    Ok(out)
}

#[test]
fn conditions_with_tasks_between() {
    let inputs = (-2_i64..3, prop::option::of(prop_oneof![Just(""), Just("a"), Just("b")]))
        .prop_map(|(n, text)| json!([n, text]));
    insta::assert_snapshot!(scenario(conditions::definition()).inputs(inputs).agrees(conditions));
}

#[state_machine]
async fn loops_with_values(ctx: &Ctx, items: Vec<i64>) -> Result<Vec<String>, MixedError> {
    let mut out = vec![];
    let mut i = 0;
    let first = loop {
        if i >= items.len() {
            break None;
        }
        let item = items[i];
        i += 1;
        if step(ctx, item).await? > 2 {
            break Some((i, item));
        }
    };
    let described = 'found: {
        let Some((place, item)) = first else { break 'found "none".to_owned() };
        if item < 0 {
            break 'found format!("negative at {place}");
        }
        for other in items.iter().skip(place) {
            if *other == item {
                break 'found "twice".to_owned();
            }
            match word(ctx, "w").await {
                Ok(text) if text == "stop" => break 'found text,
                Ok(text) if text == "skip" => continue,
                Ok(_) => {}
                Err(_) => break,
            }
            out.push(format!("{other}"));
        }
        "once".to_owned()
    };
    for (a, b) in items.iter().zip(items.iter().skip(1)) {
        if a > b {
            continue;
        }
        out.push(format!("{a}<={b}"));
    }
    for i in (0..3).rev() {
        if let Some(item) = items.get(i) {
            out.push(item.to_string());
        }
    }
    let mut k = 5_u32;
    while k > 0 {
        k -= k.min(2);
        if k == 1 {
            break;
        }
        step(ctx, i64::from(k)).await?;
    }
    out.push(described);
    Ok(out)
}

#[test]
fn loops_and_blocks_have_values() {
    insta::assert_snapshot!(
        scenario(loops_with_values::definition()).inputs(lists()).agrees(loops_with_values)
    );
}
