//! Patterns of lists, alternatives and results; text in columns; order.

#![expect(
    clippy::needless_pass_by_value,
    clippy::similar_names,
    clippy::map_unwrap_or,
    clippy::type_complexity,
    reason = "the functions are samples of what is rewritten"
)]

use asl_core::expr::AslData;
use asl_macros::expr_fn;
use proptest::prelude::*;
use serde_json::json;

use crate::{agree, argument, check};

#[expr_fn]
fn ends(list: Vec<i64>) -> (i64, i64, Vec<i64>) {
    match list.as_slice() {
        [] => (0, 0, vec![]),
        [only] => (*only, *only, vec![]),
        [first, second] => (*first, *second, vec![*second]),
        [first, inner @ .., last] => (*first, *last, inner.to_vec()),
    }
}

#[expr_fn]
fn heads(list: Vec<i64>) -> Vec<i64> {
    if let [1, rest @ ..] = list.as_slice() {
        rest.to_vec()
    } else if let [front @ .., 2] = list.as_slice() {
        front.to_vec()
    } else if let [.., _, 3, last] = list.as_slice() {
        vec![*last]
    } else {
        Vec::new()
    }
}

#[expr_fn]
fn rows(rows: Vec<Vec<i64>>) -> usize {
    match rows.as_slice() {
        [first, .., last] if first.len() > last.len() => first.len(),
        [.., last] => last.len() + 10,
        [] => 0,
    }
}

#[expr_fn]
fn either(pair: (Option<i64>, Option<i64>), n: i64) -> i64 {
    match (pair, n) {
        ((Some(a), _) | (None, Some(a)), b @ (1 | 2)) => a * 10 + b,
        ((Some(c), _) | (_, Some(c)), d @ (3 | 4)) => d - c,
        (_, a) => a,
    }
}

#[expr_fn]
fn parsed(text: &str) -> i64 {
    let doubled = match text.parse::<i64>() {
        Ok(0) => 1,
        Ok(n) if n > 5 => n * 2,
        Ok(n) => n,
        Err(_) => -1,
    };
    let small = if let Ok(n) = text.parse::<u8>() { i64::from(n) } else { 0 };
    doubled * 1000
        + small
        + text.parse::<i64>().map_or(7, |n| n % 7)
        + text.parse().map(|n: i64| n + 1).unwrap_or(0)
}

#[expr_fn]
fn table(name: &str, n: i64, flag: bool) -> String {
    format!("[{name:6}|{n:5}|{:<4}|{n:*>6}|{flag:6}|{:->3}|{:2}]", n, name, 'x')
}

#[expr_fn]
fn ordered(
    names: Vec<String>,
    lines: Vec<(String, i64)>,
) -> (Option<String>, Option<String>, Option<(String, i64)>, Option<(String, i64)>, String) {
    (
        names.iter().min().cloned(),
        names.iter().map(|name| name.to_uppercase()).max(),
        lines.iter().min_by_key(|line| line.1).cloned(),
        lines.iter().max_by_key(|line| line.1).cloned(),
        names.first().cloned().unwrap_or_default().min("m".to_owned()),
    )
}

#[expr_fn]
fn is_even(n: u32) -> bool {
    if n == 0 { true } else { is_odd(n - 1) }
}

#[expr_fn]
fn is_odd(n: u32) -> bool {
    if n == 0 { false } else { is_even(n - 1) }
}

#[expr_fn]
fn twice(n: u64) -> u64 {
    if n == 0 { 1 } else { again(n - 1) + again(n - 1) }
}

#[expr_fn]
fn again(n: u64) -> u64 {
    twice(n)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn lists_are_taken_apart_alike(list in prop::collection::vec(0_i64..4, 0..5), sizes in prop::collection::vec(0_usize..3, 0..4)) {
        agree!(ends(a: Vec<i64>) for [(list.clone(),)]);
        agree!(heads(a: Vec<i64>) for [(list,)]);
        let all: Vec<Vec<i64>> = sizes.into_iter().map(|size| vec![7; size]).collect();
        agree!(rows(a: Vec<Vec<i64>>) for [(all,)]);
    }

    #[test]
    fn alternatives_bind_alike(a: Option<i8>, b: Option<i8>, n in -1_i64..6) {
        let pair = (a.map(i64::from), b.map(i64::from));
        agree!(either(a: (Option<i64>, Option<i64>), b: i64) for [(pair, n)]);
    }

    #[test]
    fn what_is_parsed_is_matched_alike(text in "-?[0-9x]{0,3}") {
        agree!(parsed(a: &str) for [(&*text,)]);
    }

    #[test]
    fn columns_are_written_alike(name in "[aé𝄞 ]{0,8}", n in -99_999_i64..999_999, flag: bool) {
        agree!(table(a: &str, b: i64, c: bool) for [(&*name, n, flag)]);
    }

    #[test]
    fn order_is_alike(names in prop::collection::vec("[aBc]{0,2}", 0..4), keys in prop::collection::vec(0_i64..3, 0..5)) {
        let lines: Vec<(String, i64)> = keys.into_iter().enumerate().map(|(place, key)| (place.to_string(), key)).collect();
        agree!(ordered(a: Vec<String>, b: Vec<(String, i64)>) for [(names, lines)]);
    }
}

/// Functions that call each other are followed so far as any reader would; then the expression fails.
#[test]
fn functions_that_call_each_other_end() {
    let twin = is_even::staged(argument("n"));
    for n in 0..40 {
        check(&json!({ "n": n }), &twin, is_even(n));
    }
    let code = twin.to_jsonata();
    assert!(code.contains("$error('the function `is_even` calls itself')"), "{code}");
    // without a limit these would be 2^24 calls
    let twin = twice::staged(argument("n"));
    assert!(twin.to_jsonata().contains("calls itself"));
    assert_eq!(twice(3), 8);
}
