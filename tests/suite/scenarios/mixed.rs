//! Programs that mix what the scenarios ask one by one.

use std::collections::BTreeMap;
use std::time::Duration;

use asl_core::ctx::{AslError as _, Ctx, Failure, Retry, attempt, join, map_each, try_join};
use asl_core::jsonata::secs;
use asl_macros::{AslData, AslError, expr_fn, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Scenario;

#[derive(Debug, AslError)]
enum MixedError {
    #[asl(name = "Mixed.Odd")]
    Odd(String),
    #[asl(name = "Mixed.Empty")]
    Empty,
    #[asl(other)]
    Other(Failure),
}

#[task(lambda = "${StepArn}")]
async fn step(ctx: &Ctx, n: i64) -> Result<i64, MixedError>;
#[task(lambda = "${UndoArn}")]
async fn undo(ctx: &Ctx, n: i64) -> Result<(), Failure>;
#[task(lambda = "${WordArn}")]
async fn word(ctx: &Ctx, text: &str) -> Result<String, Failure>;
#[task(lambda = "${SpellArn}")]
async fn spell(ctx: &Ctx, text: &str) -> Result<String, Failure>;
#[task(lambda = "${MaybeArn}")]
async fn maybe(ctx: &Ctx, n: i64) -> Result<Option<i64>, Failure>;
#[task(lambda = "${ListArn}")]
async fn list(ctx: &Ctx, n: i64) -> Result<Vec<i64>, Failure>;
#[task(lambda = "${NoteArn}")]
async fn note(ctx: &Ctx, value: &Value) -> Result<(), Failure>;

fn scenario(machine: asl_core::Valid<asl_core::model::StateMachine>) -> Scenario {
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
        .gives("ListArn", json!([]))
        .gives("ListArn", json!([5]))
        .gives("ListArn", json!([2, 0, -3]))
        .fails("ListArn", "NoList")
        .gives("NoteArn", json!({"ignored": true}))
}

fn lists() -> impl Strategy<Value = Value> {
    prop::collection::vec(-4_i64..6, 0..4).prop_map(|items| json!(items))
}

fn rows() -> impl Strategy<Value = Value> {
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

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Leaf {
    size: Option<i64>,
    tags: Option<Vec<String>>,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Tree {
    left: Option<Leaf>,
    right: Option<Leaf>,
    pair: Option<(i64, Option<String>)>,
}

#[state_machine]
async fn options(ctx: &Ctx, tree: Tree) -> Result<Vec<String>, Failure> {
    let size = tree.left.clone().and_then(|leaf| leaf.size).unwrap_or(-1);
    let other = tree.right.as_ref().map(|leaf| leaf.size.unwrap_or(0) + size).unwrap_or_default();
    let tags = tree.left.clone().and_then(|leaf| leaf.tags).unwrap_or_default();
    let first = tags.first().cloned().map(|tag| tag.to_uppercase()).unwrap_or("none".to_owned());
    let either = tree.left.clone().or(tree.right.clone()).map(|leaf| leaf.tags.is_some()).unwrap_or(false);
    let text = match &tree.pair {
        Some((n, Some(text))) if *n > 0 => format!("{text}{n}"),
        Some((n, None)) => format!("{n}"),
        Some((_, Some(text))) => text.clone(),
        None => "no pair".to_owned(),
    };
    let answer = maybe(ctx, size).await?.filter(|n| *n > 0).map_or(0, |n| n + other);
    let is_big = tree.right.is_some_and(|leaf| leaf.size.is_some_and(|size| size > 2));
    Ok(vec![
        format!("{size}"),
        format!("{other}"),
        first,
        format!("{either}"),
        text,
        format!("{answer} {is_big}"),
    ])
}

fn trees() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        Just(json!({})),
        Just(json!({"size": null, "tags": null})),
        Just(json!({"size": 3, "tags": []})),
        Just(json!({"size": 0, "tags": ["a"]})),
        Just(json!({"tags": ["b", "c"]})),
    ];
    let pair =
        prop_oneof![Just(json!(null)), Just(json!([1, "x"])), Just(json!([0, "y"])), Just(json!([2, null])),];
    (leaf.clone(), leaf, pair, any::<bool>()).prop_map(|(left, right, pair, is_bare)| {
        if is_bare { json!({"right": right}) } else { json!({"left": left, "right": right, "pair": pair}) }
    })
}

#[test]
fn options_within_options() {
    insta::assert_snapshot!(scenario(options::definition()).inputs(trees()).agrees(options));
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

#[expr_fn]
fn halves(n: i64, d: i64) -> (i64, i64) {
    (n / d, n % d)
}

#[state_machine]
async fn numbers(ctx: &Ctx, (a, b, big): (i64, i64, u64)) -> Result<Vec<String>, Failure> {
    let b = if b == 0 { -1 } else { b };
    let (quotient, rest) = halves(a, b);
    let mut sum = 0_i64;
    let mut left = a;
    while left.abs() > 1 && sum < 3 {
        left /= b * 2;
        sum += 1;
    }
    let floor = (a - a.rem_euclid(b)) / 4;
    let half = a as f64 / 4.0;
    let more = big + 1;
    let is_max = big == 9_007_199_254_740_991;
    word(ctx, &format!("{half}")).await?;
    Ok(vec![
        format!("{quotient} {rest} {left} {sum} {floor}"),
        format!("{} {}", half.floor(), half * 2.0),
        format!("{big} {more} {is_max}"),
        format!("{:>5}|{:<4}|{:0>3}", a, b, sum),
        format!("{}", a.pow(2).min(50).max(-3).clamp(-2, 40)),
    ])
}

#[test]
fn numbers_at_their_edges() {
    let big =
        prop_oneof![0_u64..3, Just(9_007_199_254_740_990), Just(4_294_967_296), Just(1_000_000_000_000_000)];
    let inputs = (-30_i64..30, -4_i64..5, big).prop_map(|(a, b, big)| json!([a, b, big]));
    insta::assert_snapshot!(scenario(numbers::definition()).inputs(inputs).agrees(numbers));
}

#[state_machine]
async fn strings(ctx: &Ctx, text: String) -> Result<Vec<String>, Failure> {
    let parts: Vec<String> = text.split(',').map(|part| part.trim().to_owned()).collect();
    let first = parts.first().cloned().unwrap_or_default();
    let answer = word(ctx, &text.replace('"', "'")).await?;
    let starts = answer.starts_with("s") || answer.ends_with('\\');
    let mut out = vec![
        format!("{{{answer}}} $ {{% {} %}}", text.chars().count()),
        text.to_uppercase(),
        first.clone() + "/" + &answer,
        parts.join("|"),
        format!("{starts} {}", text.contains(&first)),
        first.repeat(2),
    ];
    if text.starts_with('é') {
        out.push('é'.to_string());
    }
    for part in parts {
        if part == "" {
            continue;
        }
        out.push(format!("[{part}]"));
    }
    Ok(out)
}

#[test]
fn strings_with_all_that_needs_escapes() {
    let inputs = "[a,é😀'\"\\\\ %{}$\n]{0,6}".prop_map(|text| json!(text));
    insta::assert_snapshot!(scenario(strings::definition()).inputs(inputs).agrees(strings));
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
enum External {
    Unit,
    New(i64),
    Pair(i64, String),
    Named { id: i64, note: Option<String> },
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
#[serde(tag = "t", content = "c", rename_all = "kebab-case")]
enum Adjacent {
    NoContent,
    ManyItems(Vec<i64>),
    WithField { deep: Box<Option<i64>> },
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
    Object { a: i64 },
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
#[serde(tag = "kind")]
enum Internal {
    One {
        value: i64,
    },
    #[serde(rename = "2")]
    Two(Inner),
    Three,
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
struct Inner {
    #[serde(default)]
    value: i64,
    #[serde(rename = "odd name")]
    odd: Option<bool>,
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
struct Kinds {
    external: External,
    adjacent: Adjacent,
    untagged: Untagged,
    internal: Internal,
    #[serde(flatten)]
    inner: Inner,
}

fn kinds() -> impl Strategy<Value = Value> {
    let external = prop_oneof![
        Just(json!("Unit")),
        (-2_i64..3).prop_map(|n| json!({"New": n})),
        Just(json!({"Pair": [1, "p"]})),
        Just(json!({"Named": {"id": 0, "note": null}})),
        Just(json!({"Named": {"id": 5, "note": "n"}})),
        Just(json!({"Named": {"id": 6}})),
    ];
    let adjacent = prop_oneof![
        Just(json!({"t": "no-content"})),
        Just(json!({"t": "many-items", "c": []})),
        Just(json!({"t": "many-items", "c": [3]})),
        Just(json!({"t": "many-items", "c": [1, 2]})),
        Just(json!({"t": "with-field", "c": {"deep": null}})),
        Just(json!({"t": "with-field", "c": {"deep": 4}})),
    ];
    let untagged = prop_oneof![Just(json!(3)), Just(json!("text")), Just(json!("")), Just(json!({"a": -1}))];
    let internal = prop_oneof![
        Just(json!({"kind": "One", "value": 2})),
        Just(json!({"kind": "2", "value": 3, "odd name": true})),
        Just(json!({"kind": "2"})),
        Just(json!({"kind": "Three"})),
    ];
    let inner = prop_oneof![
        Just(json!({})),
        Just(json!({"value": 9})),
        Just(json!({"value": 0, "odd name": null})),
        Just(json!({"odd name": false})),
    ];
    (external, adjacent, untagged, internal, inner).prop_map(
        |(external, adjacent, untagged, internal, inner)| {
            let mut whole = inner;
            let fields = whole.as_object_mut().unwrap();
            for (name, value) in [
                ("external", external),
                ("adjacent", adjacent),
                ("untagged", untagged),
                ("internal", internal),
            ] {
                fields.insert(name.to_owned(), value);
            }
            whole
        },
    )
}

#[state_machine]
async fn representations(ctx: &Ctx, kinds: Kinds) -> Result<(Vec<i64>, Kinds), MixedError> {
    let mut seen = vec![];
    let next = match &kinds.external {
        External::Unit => External::New(1),
        External::New(n @ (-1 | 0)) => External::Pair(*n, format!("was {n}")),
        External::New(n) if *n > 1 => {
            if step(ctx, 1).await.is_ok() {
                External::Unit
            } else {
                External::New(n - 1)
            }
        }
        External::New(_) => return Err(MixedError::Odd("new".to_owned())),
        External::Pair(n, text) => External::Named { id: n + 1, note: Some(text.clone()) },
        External::Named { id: 0, note: None } => External::Unit,
        External::Named { note: Some(note), .. } => External::Named { id: 7, note: Some(format!("{note}!")) },
        External::Named { id, note } => External::Named { id: -id, note: note.clone() },
    };
    match kinds.adjacent.clone() {
        Adjacent::NoContent => seen.push(0),
        Adjacent::ManyItems(items) if items.is_empty() => {
            seen.push(step(ctx, 0).await?);
        }
        Adjacent::ManyItems(items) => {
            for item in items {
                seen.push(item);
                if step(ctx, item).await? < 0 {
                    break;
                }
            }
        }
        Adjacent::WithField { deep } => seen.push(deep.unwrap_or(-7)),
    }
    seen.push(match &kinds.untagged {
        Untagged::Number(n) => n * 2,
        Untagged::Text(text) if text.is_empty() => -1,
        Untagged::Text(text) => text.chars().count() as i64,
        Untagged::Object { a } => *a,
    });
    let internal = match kinds.internal.clone() {
        Internal::One { value } => Internal::Two(Inner { value, odd: None }),
        Internal::Two(Inner { value: 0, odd: None }) => Internal::Three,
        Internal::Two(inner) => Internal::One { value: inner.value + 1 },
        Internal::Three => Internal::Two(Inner { odd: Some(true), ..kinds.inner.clone() }),
    };
    seen.push(kinds.inner.value);
    let is_same = internal == kinds.internal;
    let result = Kinds { external: next, internal, ..kinds };
    if is_same || result.inner.odd == Some(false) {
        return Err(MixedError::Empty);
    }
    Ok((seen, result))
}

#[test]
fn enums_of_each_representation() {
    insta::assert_snapshot!(scenario(representations::definition()).inputs(kinds()).agrees(representations));
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
async fn fields(ctx: &Ctx, (mut account, items): (Account, Vec<i64>)) -> Result<Account, MixedError> {
    let mut before = account.clone();
    let mut rate = 2;
    step(ctx, rate).compensate(|done| undo(ctx, rate * 10 + done)).await?;
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
        rate -= match step(ctx, account.balance).await {
            Ok(n) => n,
            Err(MixedError::Odd(_)) => break,
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
    insta::assert_snapshot!(scenario(fields::definition()).inputs(accounts).agrees(fields));
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Bag {
    by_name: BTreeMap<String, (i64, Option<char>)>,
    any: Value,
    half: f64,
    nested: Option<Option<i64>>,
}

fn bags() -> impl Strategy<Value = Value> {
    let entry = (-3_i64..4, prop_oneof![Just(json!(null)), Just(json!("c")), Just(json!("é"))]);
    let by_name =
        prop::collection::vec((prop_oneof![Just("b"), Just("a"), Just("é"), Just("a b")], entry), 0..4)
            .prop_map(|entries| {
                let entries = entries.into_iter().map(|(name, (n, c))| (name.to_owned(), json!([n, c])));
                Value::Object(entries.collect())
            });
    let any = prop_oneof![
        Just(json!(null)),
        Just(json!([])),
        Just(json!([null])),
        Just(json!([[1]])),
        Just(json!({"k": []})),
        Just(json!({"k": "v", "n": null})),
        Just(json!("s")),
        Just(json!(0.5)),
    ];
    let half = prop_oneof![Just(0.5), Just(-1.25), Just(0.0), Just(1e15), Just(3.0), Just(0.1)];
    (by_name, any, half, prop_oneof![Just(json!(null)), Just(json!(1))])
        .prop_map(|(by_name, any, half, nested)| json!({"by_name": by_name, "any": any, "half": half, "nested": nested}))
}

#[state_machine]
async fn bag(ctx: &Ctx, bag: Bag) -> Result<(Vec<String>, Value, Value), Failure> {
    let mut words: Vec<String> = vec![];
    note(ctx, &bag.any).await?;
    let key = bag.any.get("k").cloned();
    words.push(match &key {
        Some(value) => value.as_str().unwrap_or("other").to_owned(),
        None => "missing".to_owned(),
    });
    if let Some((n, Some(letter))) = bag.by_name.get("a") {
        words.push(format!("{n}{letter}"));
    }
    let names: Vec<String> = bag.by_name.iter().map(|(name, (n, _))| format!("{name}={n}")).collect();
    for name in bag.by_name.keys() {
        words.push(name.clone());
    }
    let total: i64 = bag.by_name.values().map(|(n, _)| n).sum();
    let answer = word(ctx, &names.join(",")).await?;
    let is_list = bag.any.is_array() && bag.any.as_array().is_some_and(|list| list.is_empty());
    words.push(format!("{total} {answer} {is_list} {}", bag.half * 2.0));
    words.push(format!("{}", bag.half));
    words.push(format!("{}", bag.nested.is_some()));
    Ok((words, bag.any.clone(), key.unwrap_or(Value::Null)))
}

#[test]
fn maps_any_values_and_floats() {
    insta::assert_snapshot!(scenario(bag::definition()).inputs(bags()).agrees(bag));
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
async fn attempts(ctx: &Ctx, items: Vec<i64>) -> Result<(Vec<i64>, i64), MixedError> {
    let mut total = 0;
    let mut all = vec![];
    for item in &items {
        match attempt(ctx, async || {
            let (a, b) = try_join!(maybe(ctx, item + total), maybe(ctx, *item))?;
            let (a, b) = (a.unwrap_or(total), b.ok_or(MixedError::Empty)?);
            let seen = map_each(ctx, vec![a, b], async |n| step(ctx, n).await).max_concurrency(1).await?;
            if seen.contains(&7) {
                return Err(MixedError::Odd("seven".to_owned()));
            }
            ctx.sleep(Duration::from_secs(1)).await;
            Ok::<_, MixedError>(seen.iter().sum::<i64>() + total)
        })
        .retry(Retry::on(MixedError::Empty).interval(secs(3)).max_attempts(1))
        .retry(Retry::on(["Mixed.Odd", "Boom"]).max_attempts(1).backoff_rate(1.0))
        .await
        {
            Ok(sum) => total = sum,
            Err(MixedError::Odd(_)) => continue,
            Err(error) => return Err(error),
        }
        all.push(total);
    }
    Ok((all, total))
}

#[test]
fn attempts_of_branches_and_maps() {
    let lists = prop::collection::vec(-4_i64..6, 0..3).prop_map(|items| json!(items));
    let scenario = scenario(attempts::definition()).in_any_order().inputs(lists);
    insta::assert_snapshot!(scenario.agrees(attempts));
}

#[derive(Debug, AslError)]
enum StrictError {
    #[asl(name = "Strict.Known")]
    Known,
}

impl From<StrictError> for MixedError {
    fn from(error: StrictError) -> Self {
        Self::Other(error.into_failure())
    }
}

#[task(lambda = "${StrictArn}")]
async fn strict(ctx: &Ctx, n: i64) -> Result<i64, StrictError>;

#[state_machine]
async fn strict_saga(ctx: &Ctx, n: i64) -> Result<i64, MixedError> {
    let done = step(ctx, n).compensate(|done| undo(ctx, *done)).await?;
    let first = match strict(ctx, done).await {
        Ok(m) => m,
        Err(StrictError::Known) => -1,
    };
    let second = attempt(ctx, async || Ok::<_, MixedError>(strict(ctx, first).await?))
        .retry(Retry::on("Boom").max_attempts(1))
        .await
        .unwrap_or(-2);
    Ok(strict(ctx, first).await? + second)
}

#[test]
fn an_error_that_a_task_has_no_variant_for_passes_the_handlers() {
    let scenario = scenario(strict_saga::definition())
        .inputs((-1_i64..2).prop_map(|n| json!(n)))
        .gives("StrictArn", json!(2))
        .gives("StrictArn", json!(5))
        .gives("StrictArn", json!(6))
        .fails("StrictArn", "Strict.Known")
        .fails("StrictArn", "Boom");
    insta::assert_snapshot!(scenario.agrees(strict_saga));
}

#[state_machine]
async fn lazy(ctx: &Ctx, (items, text): (Vec<i64>, String)) -> Result<(Vec<i64>, i64, Vec<i64>), MixedError> {
    let mut rate = step(ctx, 1).await?;
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
    word(ctx, &text).await.ok();
    let mut rest: Vec<i64> = all.skip(1).collect();
    rest.extend(items);
    Ok((scaled, n, rest))
}

#[test]
fn what_is_computed_later_is_made_of_what_was() {
    let inputs = (lists(), prop_oneof![Just("7"), Just("x"), Just("-0"), Just("")])
        .prop_map(|(items, text)| json!([items, text]));
    insta::assert_snapshot!(scenario(lazy::definition()).inputs(inputs).agrees(lazy));
}

#[state_machine]
async fn order_of_effects(ctx: &Ctx, n: i64) -> Result<Vec<i64>, MixedError> {
    let mut m = n;
    let sum =
        m + {
            m += 1;
            step(ctx, m).await?
        } + m * if m > 1 {
            m = 10;
            step(ctx, m).await?
        } else {
            m
        };
    let pair = (
        m,
        step(ctx, {
            m += 1;
            m
        })
        .await?,
        m,
    );
    let list = vec![step(ctx, 1).await?, m, step(ctx, 2).await?];
    let (a, _, b) = pair;
    let inner = {
        let m = a + b;
        let n = step(ctx, m).await? + n;
        n * m
    };
    m = match m {
        m if m > 11 => step(ctx, m).await?,
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
        scenario(order_of_effects::definition())
            .inputs((-2_i64..3).prop_map(|n| json!(n)))
            .agrees(order_of_effects)
    );
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
