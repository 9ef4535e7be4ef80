//! The functions that the service adds to JSONata, as typed expressions, evaluated by the engine.

use std::collections::BTreeSet;

use asl_core::expr::{
    AslData, Expr, functions, list, lit, native, range, range_inclusive, text, tuple, variable,
};
use asl_local::jsonata::{Environment, evaluate_document};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// 2025-01-01T00:00:00Z, and 7 milliseconds.
const NOW: i64 = 1_735_689_600_007;

/// What an expression gives where it is stored.
fn evaluate<T: AslData>(expression: Expr<T>, variables: &Value, seed: u64) -> Result<Value, String> {
    let code = expression.into_value().to_string();
    let variables: Map<String, Value> = variables.as_object().cloned().unwrap_or_default();
    let environment = Environment { now: NOW, seed, ..Environment::default() };
    match evaluate_document(&code, None, &variables, &environment) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(format!("{code} is missing")),
        Err(error) => Err(format!("{code}: {error}")),
    }
}

#[track_caller]
fn value<T: AslData>(expression: Expr<T>, variables: &Value) -> Value {
    evaluate(expression, variables, 1).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_time_is_that_of_the_environment() {
    assert_eq!(value(functions::now(), &json!({})), json!("2025-01-01T00:00:00.007Z"));
    assert_eq!(value(functions::now_millis(), &json!({})), json!(NOW));
    // a day later
    let later =
        functions::from_millis(asl_core::expr::add(functions::to_millis(functions::now()), lit(86_400_000)));
    assert_eq!(value(later, &json!({})), json!("2025-01-02T00:00:00.007Z"));
    assert_eq!(value(functions::to_millis(text("1970-01-01T00:00:01Z")), &json!({})), json!(1000));
    assert!(evaluate(functions::to_millis(text("yesterday")), &json!({}), 1).is_err());
}

#[test]
fn hashes_are_the_published_ones() {
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(value(functions::sha256(text("abc")), &json!({})), json!(sha256));
    assert_eq!(value(functions::md5(text("abc")), &json!({})), json!("900150983cd24fb0d6963f7d28e17f72"));
}

#[test]
fn a_uuid_that_is_used_twice_is_one() {
    let once = asl_core::expr::let_in("id", functions::uuid(), |id| tuple((id.clone(), id)));
    let pair = value(once, &json!({}));
    assert_eq!(pair[0], pair[1]);
    let id = pair[0].as_str().unwrap();
    let parts: Vec<usize> = id.split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12]);
    assert!(id.chars().all(|digit| digit == '-' || digit.is_ascii_hexdigit()), "{id}");
    assert_eq!(id.as_bytes()[14], b'4');
    // two calls are two
    let two = value(tuple((functions::uuid(), functions::uuid())), &json!({}));
    assert_ne!(two[0], two[1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn random_numbers_are_in_their_range(seed: u64) {
        let found = evaluate(functions::random(), &json!({}), seed).unwrap().as_f64().unwrap();
        prop_assert!((0.0..1.0).contains(&found));
        // named once, it is the same number in both places
        let n = asl_core::expr::let_in("n", functions::random(), |n| asl_core::expr::sub(n.clone(), n));
        prop_assert_eq!(evaluate(n, &json!({}), seed).unwrap().as_f64(), Some(0.0));
    }

    #[test]
    fn base64_is_that_of_the_native_twin_and_back(t in "[aZ0-9 é𝄞\"\\\\{}\n]{0,12}") {
        let variables = json!({ "t": t });
        let encoded = value(native::base64_encode::staged(variable("t")), &variables);
        prop_assert_eq!(&encoded, &json!(native::base64_encode(&t)));
        let back = functions::base64_decode(functions::base64_encode(variable("t")));
        prop_assert_eq!(value(back, &variables), json!(t));
    }

    #[test]
    fn json_is_written_as_by_the_native_twin_and_read_back(
        a in prop::collection::vec(-1_000_000_i64..1_000_000, 0..4), t in "[a\"é ]{0,4}", f in -999..999_i32, p: bool,
    ) {
        let data = json!({ "list": a, "text": t, "half": f64::from(f) + 0.5, "flag": p, "nothing": null });
        let variables = json!({ "v": data });
        let written = value(native::to_json::staged(variable("v")), &variables);
        prop_assert_eq!(&written, &json!(native::to_json(&data)));
        let back = functions::parse_json(functions::to_json::<Value>(variable("v")));
        prop_assert_eq!(value(back, &variables), data);
        // a text stays as it is
        prop_assert_eq!(value(native::to_json::staged(variable("v")), &json!({ "v": t })), json!(native::to_json(&json!(t))));
    }

    #[test]
    fn chunks_are_those_of_rust(a in prop::collection::vec(0_u32..9, 0..7), size in 1_usize..4) {
        let variables = json!({ "a": a, "size": size });
        let list: Expr<Vec<u32>> = variable("a");
        let chunks: Vec<Vec<u32>> = a.chunks(size).map(<[u32]>::to_vec).collect();
        prop_assert_eq!(value(list.chunks(variable("size")).collect::<Vec<_>>(), &variables), json!(chunks));
        let sums: Vec<u32> = chunks.iter().map(|chunk| chunk.iter().sum()).collect();
        let staged = list.chunks(variable("size")).map(|chunk| chunk.iter().sum::<u32>()).collect::<Vec<_>>();
        prop_assert_eq!(value(staged, &variables), json!(sums));
        let last = list.chunks(variable("size")).last();
        prop_assert_eq!(value(last, &variables), json!(chunks.last()));
    }

    #[test]
    fn ranges_are_those_of_rust(first in -4_i64..4, end in -4_i64..4) {
        let variables = json!({ "first": first, "end": end });
        let (a, b): (Expr<i64>, Expr<i64>) = (variable("first"), variable("end"));
        let open: Vec<i64> = (first..end).collect();
        let closed: Vec<i64> = (first..=end).collect();
        prop_assert_eq!(value(range(a.clone(), b.clone()).collect::<Vec<_>>(), &variables), json!(open));
        prop_assert_eq!(value(range_inclusive(a, b).collect::<Vec<_>>(), &variables), json!(closed));
    }

    #[test]
    fn text_that_is_no_json_is_no_value(t in "[a-z{\\[]{1,5}") {
        let is_json = serde_json::from_str::<Value>(&t).is_ok();
        let found = evaluate(functions::parse_json(variable("t")), &json!({ "t": t }), 1);
        // `null` is JSON, and a value
        prop_assert_eq!(found.is_ok(), is_json, "{:?}", found);
    }
}

#[test]
fn ids_of_many_items_differ() {
    let ids = list([lit(1), lit(2), lit(3)]).iter().map(|_| functions::uuid()).collect::<Vec<_>>();
    let ids = value(ids, &json!({}));
    let different: BTreeSet<String> = ids.as_array().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(different.len(), 3);
}
