use std::collections::BTreeMap;

use asl_core::expr::{AslData, Expr, Failure, add, eq, functions, gt, index, lit, text};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::evaluation::Data;

proptest! {
    #[test]
    fn maps_are_those_of_rust(a in btree_map("[ab -]{0,2}", 0_u32..4, 0..4), k in "[ab -]{0,2}") {
        let mut data = Data::new();
        let x: Expr<BTreeMap<String, u32>> = data.field("x", Some(json!(a)));
        let key: Expr<String> = data.with("k", &k);
        prop_assert_eq!(data.value(x.clone()), a.clone());
        prop_assert_eq!(data.value(x.len()), a.len());
        prop_assert_eq!(data.value(x.is_empty()), a.is_empty());
        prop_assert_eq!(data.value(x.get(key.clone())), a.get(&k).copied());
        prop_assert_eq!(data.value(x.get(text(&k)).unwrap_or_default()), a.get(&k).copied().unwrap_or_default());
        prop_assert_eq!(data.value(x.contains_key(key.clone())), a.contains_key(&k));
        prop_assert_eq!(data.value(x.contains_key(text(&k))), a.contains_key(&k));
        prop_assert_eq!(data.value(x.keys().collect::<Vec<_>>()), a.keys().cloned().collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.values().collect::<Vec<_>>()), a.values().copied().collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.values().sum::<u32>()), a.values().sum::<u32>());
        prop_assert_eq!(
            data.value(x.iter().filter(|p| gt(p.1.clone(), lit(1))).map(|p| p.0.clone()).collect::<Vec<_>>()),
            a.iter().filter(|p| *p.1 > 1).map(|p| p.0.clone()).collect::<Vec<_>>()
        );
        prop_assert_eq!(
            data.value(x.iter().map(|p| asl_core::expr::tuple((p.0.clone(), add(p.1.clone(), lit(1))))).collect::<BTreeMap<_, _>>()),
            a.iter().map(|(k, v)| (k.clone(), v + 1)).collect::<BTreeMap<_, _>>()
        );
        prop_assert_eq!(data.value(eq(x.clone(), x.clone())), true);
        if let Some(value) = a.get(&k) {
            prop_assert_eq!(data.value(index(x, key)), *value);
        }
    }

    #[test]
    fn maps_of_lists_keep_lists_of_one(a in btree_map("[ab]{1,2}", vec(0_u32..4, 0..3), 0..3), k in "[ab]{1,2}") {
        let mut data = Data::new();
        let x: Expr<BTreeMap<String, Vec<u32>>> = data.with("x", &a);
        let key: Expr<String> = data.with("k", &k);
        prop_assert_eq!(data.value(x.get(key.clone())), a.get(&k).cloned());
        prop_assert_eq!(data.value(x.get(text(&k))), a.get(&k).cloned());
        prop_assert_eq!(data.value(x.values().collect::<Vec<_>>()), a.values().cloned().collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().collect::<BTreeMap<_, _>>()), a);
    }

    #[test]
    fn literals_are_what_serde_writes(a in btree_map("[ab'\\\\]{0,2}", vec((any::<i32>(), any::<bool>(), "[a\"\n]{0,2}"), 0..3), 0..3), f in -1e9..1e9_f64, g in -9e3..9e3_f32) {
        let literal = |tree: asl_core::syntax::jsonata::Expression| Data::new().evaluate(&tree.to_string()).unwrap().unwrap();
        prop_assert_eq!(literal(a.literal()), json!(a));
        prop_assert_eq!(literal(json!(a).literal()), json!(a));
        prop_assert_eq!(literal(f.literal()).as_f64(), json!(f).as_f64());
#[expect(clippy::cast_possible_truncation, reason = "an `f32` is written with the digits that give it again")]
        let again = literal(g.literal()).as_f64().unwrap() as f32;
        prop_assert!((again - g).abs() < f32::EPSILON);
    }
}

#[test]
fn keys_and_indices_of_json_that_are_not_there_are_null() {
    let mut data = Data::new();
    let x: Expr<Value> = data.with("x", json!({"a": [{"b": null}]}));
    let b = index(index(index(x.clone(), text("a")), lit(0)), text("b"));
    assert_eq!(data.value(b), Value::Null);
    assert_eq!(data.value(index(index(x.clone(), text("z")), text("b"))), Value::Null);
    assert_eq!(data.value(index(index(x, text("a")), lit(5))), Value::Null);
}

#[test]
fn a_failure_without_cause_has_an_empty_one() {
    let mut data = Data::new();
    let failure: Expr<Failure> = data.with("e", json!({"Error": "States.Timeout"}));
    assert_eq!(data.value(failure.error.clone()), "States.Timeout");
    assert_eq!(data.value(failure.cause.clone()), "");
}

#[test]
fn what_differs_from_one_call_to_the_next_is_called_once() {
    let id = asl_core::expr::let_in("id", functions::uuid(), |id| asl_core::expr::list([id.clone(), id]));
    assert_eq!(id.to_jsonata(), "($_id := $uuid(); [$_id, $_id])");
}
