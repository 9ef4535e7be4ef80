//! Samples, each run natively and as its staged twin.

#![expect(
    clippy::needless_pass_by_value,
    clippy::many_single_char_names,
    clippy::struct_field_names,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_lossless,
    clippy::cast_possible_wrap,
    clippy::redundant_closure_for_method_calls,
    clippy::type_complexity,
    reason = "the functions are samples of what is rewritten"
)]

use asl_core::expr::AslData;
use asl_macros::{AslData, expr_fn};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{agree, argument, check};

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Order {
    order_id: String,
    lines: Vec<Line>,
    plan: Plan,
    note: Option<String>,
    size: (u32, u32),
}

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
pub(crate) struct Line {
    price: i64,
    count: i64,
}

#[derive(Serialize, Deserialize, AslData, Clone, Copy, Debug, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Plan {
    Pro,
    Basic,
    Free,
}

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Outcome {
    Nothing,
    Paid { cents: i64, by: Option<String> },
    Wrapped(Line),
}

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
pub(crate) struct Cents(i64);

const LIMIT: i64 = 100;
const NAMES: &[&str] = &["ann", "bob"];

#[expr_fn]
fn total(order: &Order) -> i64 {
    order.lines.iter().map(|line| line.price * line.count).sum::<i64>()
}

#[expr_fn]
fn arithmetic(a: i64, b: i64, c: bool) -> i64 {
    let d = if c { a / 3 } else { -b };
    let e: i64 = d * d - 1;
    (e % 7).abs().max(b) + i64::from(3_u8) + (a as u8) as i64
}

#[expr_fn]
fn summary(order: &Order) -> String {
    let note = match &order.note {
        Some(note) if note.trim().is_empty() => "(empty)".to_owned(),
        Some(note) => note.to_uppercase(),
        None => String::from("-"),
    };
    let lines = order.lines.len();
    format!("{}: {lines} lines {{{}}} {note} {0}", order.order_id, total(order))
}

#[expr_fn]
fn rate(plan: Plan, cents: i64) -> i64 {
    match (plan, cents) {
        (Plan::Pro, LIMIT) => 1,
        (Plan::Pro | Plan::Basic, 0..=9) => 2,
        (Plan::Pro, c) if c > LIMIT => c / 2,
        (Plan::Free, _) => 0,
        _ => 5,
    }
}

#[expr_fn]
fn describe(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Nothing => "nothing".into(),
        Outcome::Paid { cents, by: Some(by) } => format!("{by} paid {cents}"),
        Outcome::Paid { cents: paid, .. } => format!("paid {paid}"),
        Outcome::Wrapped(Line { price, .. }) => price.to_string(),
    }
}

#[expr_fn]
fn pay(order: Order, by: &str) -> Outcome {
    let cents = total(&order);
    if cents == 0 || matches!(order.plan, Plan::Free) {
        Outcome::Nothing
    } else if let Some(line) = order.lines.first()
        && line.count > 3
    {
        Outcome::Wrapped(line.clone())
    } else {
        Outcome::Paid { cents, by: if by.is_empty() { None } else { Some(by.to_owned()) } }
    }
}

#[expr_fn]
fn cheaper(order: &Order, by: i64) -> Order {
    let lines =
        order.lines.iter().filter(|l| l.price > by).map(|l| Line { price: l.price - by, ..l.clone() });
    Order {
        lines: lines.collect(),
        note: order.note.clone().or(Some("cheaper".to_string())),
        ..order.clone()
    }
}

#[expr_fn]
fn lists(
    names: Vec<String>,
    wanted: String,
) -> (usize, Vec<(usize, String)>, bool, Option<usize>, Vec<Vec<i64>>) {
    let all: Vec<(usize, String)> =
        names.iter().enumerate().map(|(place, name)| (place + 1, name.trim().to_string())).collect();
    let known = names.contains(&wanted) || NAMES.iter().any(|name| *name == wanted);
    let place = names.iter().position(|name| *name == wanted);
    (
        names.len(),
        all,
        known && !wanted.is_empty(),
        place,
        vec![vec![1, 2], vec![], (0..3).map(|i| i * 2).collect()],
    )
}

#[expr_fn]
fn wrapped(cents: Cents) -> Cents {
    let Cents(inner) = cents;
    Cents(inner + 1)
}

#[expr_fn]
fn parts(order: &Order) -> u32 {
    let Order { size: (width, height), .. } = order;
    let area = width * height;
    if (1..10).contains(&area) { area } else { order.size.0 }
}

fn orders() -> Vec<Order> {
    let line = |price, count| Line { price, count };
    let order = |lines, plan, note: Option<&str>| Order {
        order_id: "o'1".into(),
        lines,
        plan,
        note: note.map(Into::into),
        size: (2, 3),
    };
    vec![
        order(vec![], Plan::Pro, None),
        order(vec![line(3, 2)], Plan::Basic, Some("hello")),
        order(vec![line(3, 5), line(1, 1)], Plan::Pro, Some(" ")),
        order(vec![line(30, 1), line(4, 1), line(2, 0)], Plan::Free, Some("a 'b' {c}")),
    ]
}

#[test]
fn numbers_are_computed_alike() {
    agree!(arithmetic(a: i64, b: i64, c: bool) for [(0, 0, true), (-7, 2, true), (300, -5, false), (10, 10, true)]);
    agree!(rate(plan: Plan, cents: i64) for [Plan::Pro, Plan::Basic, Plan::Free].into_iter().flat_map(|plan| [0, 9, 10, 100, 101, -1].map(|cents| (plan, cents))));
}

#[test]
fn structs_and_enums_are_read_and_built_alike() {
    agree!(total(o: &Order) for orders().iter().map(|order| (order,)));
    agree!(summary(o: &Order) for orders().iter().map(|order| (order,)));
    agree!(parts(o: &Order) for orders().iter().map(|order| (order,)));
    agree!(pay(o: Order, by: &str) for orders().into_iter().flat_map(|order| ["", "ann"].map(|by| (order.clone(), by))));
    agree!(cheaper(o: &Order, by: i64) for orders().iter().flat_map(|order| [0, 3].map(|by| (order, by))));
    agree!(wrapped(c: Cents) for [(Cents(-1),)]);
    let outcomes = [
        Outcome::Nothing,
        Outcome::Paid { cents: 1, by: None },
        Outcome::Paid { cents: 1, by: Some("x".into()) },
        Outcome::Wrapped(Line { price: 4, count: 5 }),
    ];
    agree!(describe(o: &Outcome) for outcomes.iter().map(|outcome| (outcome,)));
}

#[test]
fn lists_are_made_alike() {
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    let cases =
        [(names(&[]), "ann"), (names(&[" a "]), " a "), (names(&["x", "y"]), "y"), (names(&["x"]), "")];
    agree!(lists(names: Vec<String>, wanted: String) for cases.into_iter().map(|(names, wanted)| (names, wanted.to_owned())));
}

#[test]
fn functions_become_short_expressions() {
    let lines = [
        total::staged(argument("o")).to_jsonata(),
        rate::staged(argument("p"), argument("c")).to_jsonata(),
        describe::staged(argument("o")).to_jsonata(),
        pay::staged(argument("o"), argument("by")).to_jsonata(),
    ];
    insta::assert_snapshot!(lines.join("\n"));
    check(&json!({}), &total::staged(asl_core::expr::constant(orders()[2].clone())), 16);
}

#[expr_fn]
fn digits(count: u32) -> String {
    format!("{:02}|{count:05}|{:>03}", count % 100, count / 7)
}

#[test]
fn zeros_are_put_before_numbers_without_a_sign() {
    agree!(digits(count: u32) for [(0,), (7,), (42,), (123_456,)]);
}

#[expr_fn]
fn by_their_types(a: u64, b: u64, text: &str) -> String {
    let least = u64::min(a, b);
    let most = core::cmp::max(a, b);
    let parts: Vec<String> = text.split(' ').map(str::trim).map(String::from).collect();
    format!("{least} {most} {} {} {}", str::trim(text), u64::saturating_sub(a, b), parts.join("-"))
}

#[test]
fn methods_may_be_called_by_the_names_of_their_types() {
    agree!(by_their_types(a: u64, b: u64, text: &str) for [(1, 2, " x "), (2, 1, ""), (3, 3, "y")]);
}

#[expr_fn]
fn parted(
    numbers: Vec<i64>,
    rows: Vec<Vec<i64>>,
) -> (Vec<i64>, Vec<i64>, Vec<i64>, Option<i64>, Vec<Vec<i64>>) {
    let (small, large): (Vec<i64>, Vec<i64>) = numbers.iter().copied().partition(|n| *n < 3);
    let (places, twice): (Vec<usize>, Vec<i64>) =
        numbers.iter().enumerate().map(|(place, n)| (place, n * 2)).unzip();
    let before = numbers.iter().copied().take_while(|n| *n < 3).collect::<Vec<_>>();
    let behind = numbers.iter().skip_while(|n| **n < 3).map(|n| n + 1).step_by(2).collect::<Vec<_>>();
    let (long, _): (Vec<Vec<i64>>, Vec<Vec<i64>>) = rows.iter().cloned().partition(|row| row.len() > 1);
    let rest = rows.into_iter().skip_while(|row| row.is_empty()).step_by(2).collect::<Vec<_>>();
    let count = places.len() as i64;
    (
        small.into_iter().chain(large).collect(),
        before.into_iter().chain(behind).collect(),
        twice.into_iter().chain(vec![count]).collect(),
        numbers.iter().copied().reduce(|a, b| a * 2 - b),
        long.into_iter().chain(rest).collect(),
    )
}

#[test]
fn parts_of_iterators_are_those_of_rust() {
    let rows = [vec![], vec![vec![]], vec![vec![], vec![4], vec![1, 2], vec![], vec![7]], vec![vec![1, 2]]];
    let numbers = [vec![], vec![1], vec![5], vec![1, 5, 2, 6, 1], vec![7, 7, 2], vec![1, 2]];
    let cases = numbers.iter().flat_map(|numbers| rows.iter().map(|rows| (numbers.clone(), rows.clone())));
    agree!(parted(numbers: Vec<i64>, rows: Vec<Vec<i64>>) for cases);
}

#[expr_fn]
fn compared(
    flag: Option<bool>,
    json: Value,
    list: Vec<Option<bool>>,
) -> (bool, bool, bool, bool, bool, usize, bool) {
    let is_set = flag == Some(true);
    (
        is_set,
        Some(false) == flag,
        flag != Some(true),
        json == json!(true),
        json["key"] == true,
        list.iter().filter(|it| **it == Some(true)).count(),
        if json == json!({ "key": true }) { flag.is_none() } else { Some(true) != flag },
    )
}

#[test]
fn what_may_be_no_boolean_is_compared_with_one() {
    let jsons = [
        json!(true),
        json!(false),
        json!("yes"),
        json!(1),
        json!({"key": true}),
        json!({"key": "x"}),
        Value::Null,
    ];
    let lists = [vec![], vec![Some(true), None, Some(false), Some(true)]];
    let flags = [None, Some(true), Some(false)];
    for list in lists {
        let cases =
            flags.iter().flat_map(|flag| jsons.iter().map(|json| (*flag, json.clone(), list.clone())));
        agree!(compared(flag: Option<bool>, json: Value, list: Vec<Option<bool>>) for cases);
    }
}

#[expr_fn]
fn counted(numbers: Vec<i64>) -> (i64, Vec<Vec<i64>>, Option<i64>) {
    let alike = numbers.iter().map(|_| vec![1, 2]).collect::<Vec<_>>();
    (numbers.iter().fold(0, |count, _| count + 1), alike, numbers.into_iter().reduce(|first, _| first))
}

#[test]
fn a_step_may_not_look_at_the_element() {
    agree!(counted(numbers: Vec<i64>) for [(vec![],), (vec![4],), (vec![4, 5, 6],)]);
}

#[expr_fn]
fn stripped(
    text: &str,
    part: &str,
    kept: Option<Vec<i64>>,
) -> (Option<String>, Option<String>, Option<String>, Vec<Vec<i64>>, i64) {
    let all = kept.iter().cloned().chain(vec![vec![1]]).collect::<Vec<_>>();
    let all = all.into_iter().chain(kept).collect::<Vec<_>>();
    let sum = Some(3_i64).filter(|n| text.is_empty() || *n > 5).into_iter().sum::<i64>();
    (
        text.strip_prefix(part).map(str::to_owned),
        text.strip_suffix(part).map(str::to_owned),
        text.strip_prefix('a').and_then(|rest| rest.strip_suffix("é")).map(|rest| rest.to_owned()),
        all,
        sum,
    )
}

#[test]
fn texts_lose_their_ends_and_options_have_an_element() {
    let texts = ["", "a", "ab", "aé", "abba", "xab", "b"];
    let cases = texts.iter().flat_map(|text| {
        ["", "a", "ab", "bab", "abbaa"]
            .iter()
            .flat_map(move |part| [None, Some(vec![]), Some(vec![2])].map(|kept| (*text, *part, kept)))
    });
    agree!(stripped(text: &str, part: &str, kept: Option<Vec<i64>>) for cases);
}
