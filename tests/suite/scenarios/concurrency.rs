//! Concurrency and maps: scenarios 39 to 43.

use asl_core::ctx::{Ctx, Failure, join, map_each, try_join};
use asl_macros::{AslData, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Scenario, count, state, states};

#[task(lambda = "${LeftArn}")]
async fn left(ctx: &Ctx, n: i64) -> Result<i64, Failure>;
#[task(lambda = "${RightArn}")]
async fn right(ctx: &Ctx, n: i64) -> Result<String, Failure>;

fn scenario(machine: asl_core::Valid<asl_core::model::StateMachine>) -> Scenario {
    Scenario::new(machine)
        .in_any_order()
        .gives("LeftArn", json!(4))
        .gives("LeftArn", json!(4))
        .gives("LeftArn", json!(-4))
        .gives("RightArn", json!("r"))
}

fn lists() -> impl Strategy<Value = Value> {
    prop::collection::vec(-9_i64..9, 0..5).prop_map(|items| json!(items))
}

#[state_machine]
async fn joining(ctx: &Ctx, n: i64) -> Result<(i64, String, i64), Failure> {
    let base = n + 1;
    let (a, b) = try_join!(left(ctx, base), async {
        let first = left(ctx, n).await?;
        if first < 0 {
            return Ok("none".to_owned());
        }
        right(ctx, first + base).await
    })?;
    let (c, constant) = join!(
        async {
            match left(ctx, a).await {
                Ok(value) => value,
                Err(_) => 0,
            }
        },
        async { 7 },
    );
    Ok((a + constant, b, c))
}

#[test]
fn s39_branches_run_at_the_same_time() {
    let inputs = (-3_i64..3).prop_map(|n| json!(n));
    let json = scenario(joining::definition()).inputs(inputs).agrees(joining);
    // beside a constant there is nothing to do at the same time
    assert_eq!(count(&json, "Parallel"), 1);
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn mapping(ctx: &Ctx, items: Vec<i64>) -> Result<Vec<String>, Failure> {
    map_each(ctx, items.iter().enumerate(), async |(index, item)| {
        let seen = right(ctx, *item).await?;
        Ok(format!("{index} {item} {seen}"))
    })
    .await
}

#[test]
fn s40_a_map_collects_its_results() {
    let json = scenario(mapping::definition()).inputs(lists()).agrees(mapping);
    assert_eq!(states(&json), ["ForEachItem", "Right"]);
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn limited(ctx: &Ctx, items: Vec<i64>) -> Result<Vec<i64>, Failure> {
    let all = map_each(ctx, items, async |item| left(ctx, item).await)
        .max_concurrency(2)
        .named("Two at a time")
        .await?;
    Ok(all)
}

#[test]
fn s41_a_map_may_be_limited() {
    let json = scenario(limited::definition()).inputs(lists()).agrees(limited);
    assert_eq!(state(&json, "Two at a time")["MaxConcurrency"], 2);
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn nested(ctx: &Ctx, items: Vec<i64>) -> Result<Vec<i64>, Failure> {
    map_each(ctx, items, async |item| {
        let mut total = 0;
        if item > 0 {
            for step in 0..2 {
                total += left(ctx, step).await?;
            }
        } else if item < -5 {
            return Ok(item);
        }
        let parts = map_each(ctx, vec![item, total], async |part| left(ctx, part).await).await?;
        Ok(parts.iter().sum())
    })
    .await
}

#[test]
fn s42_a_map_may_hold_anything() {
    insta::assert_snapshot!(scenario(nested::definition()).inputs(lists()).agrees(nested));
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Row {
    name: String,
    price: i64,
}

#[state_machine]
async fn chains(ctx: &Ctx, rows: Vec<Row>) -> Result<(Vec<String>, i64, String, bool), Failure> {
    let limit = left(ctx, 1).await?;
    let names: Vec<String> =
        rows.iter().filter(|row| row.price > limit).map(|row| row.name.to_uppercase()).collect();
    let total: i64 = rows.iter().skip(1).take(2).map(|row| row.price).sum();
    let has = names.contains(&"A".to_owned());
    let joined = names.join("-");
    Ok((names, total, joined, has))
}

#[test]
fn s43_pure_closures_are_one_expression() {
    let rows = prop::collection::vec(("[a-c]{1,2}", -9_i64..9), 0..5).prop_map(|rows| {
        let rows: Vec<_> =
            rows.into_iter().map(|(name, price)| json!({"name": name, "price": price})).collect();
        json!(rows)
    });
    let json = scenario(chains::definition()).inputs(rows).agrees(chains);
    assert_eq!(states(&json), ["Left"]);
    insta::assert_snapshot!(json);
}
