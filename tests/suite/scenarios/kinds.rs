//! Data of many kinds on its way through a workflow.

#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "the functions are written in ways that are to be proven, not to be copied"
)]

use std::collections::BTreeMap;

use asl_core::ctx::{Ctx, Failure};
use asl_macros::{AslData, expr_fn, state_machine};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::mixed::{MixedError, maybe, note, scenario, step, word};

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
        format!("{} {} {}", a.div_euclid(b), a.signum(), a.unsigned_abs().div_ceil(3)),
        format!("{} {}", big.abs_diff(7), big.checked_sub(2).unwrap_or_default()),
        if a.is_negative() || b.is_positive() { "apart".to_owned() } else { String::new() },
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
