//! Values that keep what they were while the locals that they came from change; names that mean something elsewhere.

#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "the functions are written in ways that are to be proven, not to be copied"
)]

use asl_core::ctx::{Ctx, Failure, map_each, try_join};
use asl_macros::{AslData, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Scenario;
use super::mixed;

#[task(lambda = "${StepArn}")]
async fn step(ctx: &Ctx, n: i64) -> Result<i64, Failure>;
#[task(lambda = "${FallibleArn}")]
async fn fallible(ctx: &Ctx, n: i64) -> Result<i64, Failure>;
#[task(lambda = "${MaybeArn}")]
async fn maybe(ctx: &Ctx, n: i64) -> Result<Option<i64>, Failure>;

fn scenario(machine: asl_core::Valid<asl_core::model::StateMachine>) -> Scenario {
    let scenario = Scenario::new(machine).gives("MaybeArn", json!(null)).gives("MaybeArn", json!(2));
    [0, 1, -2, 7].into_iter().fold(scenario, |scenario, n| scenario.gives("StepArn", json!(n)))
}

fn lists() -> impl Strategy<Value = serde_json::Value> {
    prop::collection::vec(-4_i64..6, 0..4).prop_map(|items| json!(items))
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Pair {
    left: i64,
    right: Option<i64>,
    list: Vec<i64>,
}

#[state_machine]
async fn patterns(ctx: &Ctx, (pair, mut n): (Pair, i64)) -> Result<Vec<i64>, Failure> {
    let mut pair = pair;
    let mut seen = vec![];
    match pair.clone() {
        Pair { left, right: Some(right), .. } if left < 3 => {
            pair = Pair { left: 100, right: None, list: vec![] };
            seen.push(step(ctx, left + right).await? + left);
        }
        Pair { left, list, .. } => {
            pair.list.push(left);
            pair.left = -1;
            seen.extend(list);
            seen.push(left);
        }
    }
    match n {
        m if m > 1 => {
            n = 0;
            seen.push(step(ctx, m).await? + m + n);
        }
        m => {
            n -= 1;
            seen.push(m * 10 + n);
        }
    }
    let mut next = pair.right;
    while let Some(m) = next {
        next = maybe(ctx, m).await?;
        seen.push(m + next.unwrap_or(50));
        if seen.len() > 6 {
            break;
        }
    }
    if let Some(m) = next {
        next = None;
        seen.push(m);
    }
    let Some(last) = seen.last().copied() else {
        return Ok(vec![]);
    };
    seen = vec![last, seen.len() as i64];
    seen.push(last + next.unwrap_or(1));
    Ok(seen)
}

#[test]
fn what_a_pattern_binds_is_what_was_matched() {
    let pairs = (-2_i64..6, prop::option::of(-1_i64..3), prop::collection::vec(0_i64..3, 0..3), -1_i64..4)
        .prop_map(|(left, right, list, n)| json!([{"left": left, "right": right, "list": list}, n]));
    insta::assert_snapshot!(scenario(patterns::definition()).inputs(pairs).agrees(patterns));
}

#[state_machine]
async fn growing(ctx: &Ctx, mut items: Vec<i64>) -> Result<(Vec<i64>, i64), Failure> {
    let mut total = 0;
    for item in items.clone() {
        items.push(item * 2);
        total += step(ctx, item).await? + items.len() as i64;
    }
    for (place, item) in items.clone().into_iter().enumerate().skip(1) {
        if place > 3 {
            break;
        }
        items = items.iter().map(|other| other + item).collect();
    }
    let limit = items.len().min(3);
    for place in 0..limit {
        items = items.into_iter().skip(1).collect();
        total += place as i64;
    }
    let mut count = 3;
    for turn in 0..count {
        count += 1;
        total += turn;
    }
    let sums = map_each(ctx, items.clone(), async |item| Ok::<_, Failure>(item + total)).await?;
    items = vec![];
    total += count + items.len() as i64;
    Ok((sums, total))
}

#[test]
fn a_loop_goes_through_what_was_there_when_it_began() {
    insta::assert_snapshot!(scenario(growing::definition()).inputs(lists()).agrees(growing));
}

#[state_machine]
async fn effects_in_places(ctx: &Ctx, mut n: i64) -> Result<(i64, Vec<i64>), Failure> {
    let mut list = vec![n];
    n += {
        n = 5;
        1
    };
    n = n + {
        n *= 2;
        step(ctx, n).await?
    };
    (n, list) = (list.len() as i64 + n, vec![n, list[0]]);
    let mut i = 0;
    while {
        i += 1;
        i < 3
    } {
        list.push(i);
    }
    if {
        n += 1;
        step(ctx, n).await? > 0
    } && {
        n += 1;
        n % 2 == 0
    } {
        list.push(n);
    }
    let flag = n > 3 || {
        n = -n;
        maybe(ctx, n).await?.is_some()
    };
    let (a, b) = {
        let n = step(ctx, 1).await?;
        let (a, b) = try_join!(step(ctx, n), async {
            let mut n = n;
            n += 1;
            let m = step(ctx, n).await?;
            n += m;
            Ok(n)
        })?;
        (b, a)
    };
    list.push(if flag { a } else { b });
    Ok((n, list))
}

#[test]
fn effects_may_stand_anywhere() {
    let inputs = (-2_i64..3).prop_map(|n| json!(n));
    let scenario = scenario(effects_in_places::definition()).in_any_order().inputs(inputs);
    insta::assert_snapshot!(scenario.agrees(effects_in_places));
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
struct Words {
    and: i64,
    #[serde(rename = "or")]
    other: i64,
    r#in: i64,
    #[serde(rename = "null")]
    nothing: Option<i64>,
    #[serde(rename = "a.b c")]
    dotted: i64,
    #[serde(rename = "it's \"so\"")]
    quoted: i64,
    #[serde(rename = "$states")]
    dollar: i64,
    #[serde(rename = "function")]
    r#fn: Vec<i64>,
    #[serde(rename = "größe")]
    size: i64,
    #[serde(rename = "0")]
    zero: i64,
    #[serde(rename = "%")]
    parent: i64,
}

#[state_machine]
async fn words(ctx: &Ctx, words: Words) -> Result<(Vec<i64>, Words), Failure> {
    let states = step(ctx, words.and + words.other).await?;
    let count = words.r#fn.len() as i64;
    let mut string = words.r#in + states;
    let sum: i64 = words.r#fn.iter().sum();
    let r#type = step(ctx, words.dotted - words.quoted).await?;
    let größe = words.size + words.zero;
    let map = words.nothing.map(|nothing| nothing + sum + string);
    let now = step(ctx, count + r#type).await?;
    string += now;
    let result = map_each(ctx, vec![string, größe], async |item| {
        let input = step(ctx, item).await?;
        let output = input + states + r#type;
        Ok::<_, Failure>(output)
    })
    .max_concurrency(1)
    .await?;
    let exists = result.iter().map(|map| map + count).collect::<Vec<i64>>();
    let words = Words { dollar: words.dollar + 1, parent: map.unwrap_or(0), r#fn: exists, ..words };
    Ok((vec![states, count, string, sum, r#type, größe, now], words))
}

#[test]
fn names_may_be_words_of_the_language() {
    let inputs =
        (prop::option::of(0_i64..3), prop::collection::vec(0_i64..3, 0..3)).prop_map(|(nothing, list)| {
            json!({
                "and": 1, "or": 2, "in": 3, "null": nothing, "a.b c": 4, "it's \"so\"": 5, "$states": 6,
                "function": list, "größe": 7, "0": 8, "%": 9,
            })
        });
    insta::assert_snapshot!(scenario(words::definition()).inputs(inputs).agrees(words));
}

#[state_machine]
async fn results(ctx: &Ctx, n: i64) -> Result<Vec<i64>, Failure> {
    let result = fallible(ctx, n).await;
    let mut seen = match result {
        Ok(m) if m > 1 => vec![m],
        Ok(_) => vec![],
        Err(failure) if failure.error == "Broken" => vec![-1],
        Err(failure) => return Err(failure),
    };
    let result: Result<i64, Failure> = async {
        let m = fallible(ctx, n + 1).await?;
        if m == 7 {
            return Err(Failure::new("Seven", ""));
        }
        Ok(m)
    }
    .await;
    if let Ok(m) = result {
        seen.push(m);
    }
    let both = try_join!(maybe(ctx, n), maybe(ctx, n + 1));
    let (a, b) = both?;
    seen.push(a.unwrap_or(0) + b.unwrap_or(0));
    let last = fallible(ctx, 3).await;
    match last {
        Ok(m) => seen.push(m),
        Err(failure) => Err(Failure::new(format!("Last.{}", failure.error), "at the end"))?,
    }
    Ok(seen)
}

#[test]
fn a_result_may_have_a_name_until_it_is_matched() {
    let scenario = scenario(results::definition())
        .in_any_order()
        .inputs((-2_i64..3).prop_map(|n| json!(n)))
        .gives("FallibleArn", json!(0))
        .gives("FallibleArn", json!(7))
        .fails("FallibleArn", "Broken")
        .fails("FallibleArn", "Lost");
    insta::assert_snapshot!(scenario.agrees(results));
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Account {
    balance: i64,
    log: Vec<String>,
    owner: Owner,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Owner {
    value: i64,
    odd: Option<bool>,
}

#[state_machine]
async fn fields(ctx: &Ctx, (mut account, items): (Account, Vec<i64>)) -> Result<Account, mixed::MixedError> {
    let mut before = account.clone();
    let mut rate = 2;
    mixed::step(ctx, rate).compensate(|done| mixed::undo(ctx, rate * 10 + done)).await?;
    rate = 50;
    for item in items {
        account.balance += item * rate;
        account.owner.value = account.balance - before.balance;
        account.log.push(format!("{item}"));
        (account.balance, before.balance) = (before.balance, account.balance);
        if account.balance == 0 {
            account.owner.odd = Some(true);
            continue;
        }
        rate -= match mixed::step(ctx, account.balance).await {
            Ok(n) => n,
            Err(mixed::MixedError::Odd(_)) => break,
            Err(error) => {
                account.log = vec![];
                return Err(error);
            }
        };
    }
    let log = account.log.clone();
    account.log = log.iter().rev().map(|line| format!("{line}/{rate}")).collect();
    Ok(account)
}

#[test]
fn fields_are_assigned_and_compensations_keep_what_was() {
    let accounts = (-2_i64..3, lists()).prop_map(|(balance, items)| {
        json!([{"balance": balance, "log": ["x"], "owner": {"value": 1, "odd": null}}, items])
    });
    insta::assert_snapshot!(mixed::scenario(fields::definition()).inputs(accounts).agrees(fields));
}

#[state_machine]
async fn lazy(
    ctx: &Ctx,
    (items, text): (Vec<i64>, String),
) -> Result<(Vec<i64>, i64, Vec<i64>), mixed::MixedError> {
    let mut rate = mixed::step(ctx, 1).await?;
    let mut items = items;
    let mut text = text;
    let scaled = items.clone().into_iter().map(move |item| item * rate);
    let parsed = text.parse::<i64>();
    let all = items.clone().into_iter();
    rate = 1_000;
    items = vec![rate];
    text = format!("{rate}");
    let scaled: Vec<i64> = scaled.collect();
    let n = parsed.unwrap_or(-1);
    mixed::word(ctx, &text).await.ok();
    let mut rest: Vec<i64> = all.skip(1).collect();
    rest.extend(items);
    Ok((scaled, n, rest))
}

#[test]
fn what_is_computed_later_is_made_of_what_was() {
    let inputs = (lists(), prop_oneof![Just("7"), Just("x"), Just("-0"), Just("")])
        .prop_map(|(items, text)| json!([items, text]));
    insta::assert_snapshot!(mixed::scenario(lazy::definition()).inputs(inputs).agrees(lazy));
}

#[state_machine]
async fn order_of_effects(ctx: &Ctx, n: i64) -> Result<Vec<i64>, mixed::MixedError> {
    let mut m = n;
    let sum =
        m + {
            m += 1;
            mixed::step(ctx, m).await?
        } + m * if m > 1 {
            m = 10;
            mixed::step(ctx, m).await?
        } else {
            m
        };
    let pair = (
        m,
        mixed::step(ctx, {
            m += 1;
            m
        })
        .await?,
        m,
    );
    let list = vec![mixed::step(ctx, 1).await?, m, mixed::step(ctx, 2).await?];
    let (a, _, b) = pair;
    let inner = {
        let m = a + b;
        let n = mixed::step(ctx, m).await? + n;
        n * m
    };
    m = match m {
        m if m > 11 => mixed::step(ctx, m).await?,
        other => {
            let m = other + inner;
            m
        }
    };
    Ok(vec![sum, a, b, list[0] + list[1], list[2], inner, m, n])
}

#[test]
fn effects_in_expressions_come_in_their_order() {
    insta::assert_snapshot!(
        mixed::scenario(order_of_effects::definition())
            .inputs((-2_i64..3).prop_map(|n| json!(n)))
            .agrees(order_of_effects)
    );
}
