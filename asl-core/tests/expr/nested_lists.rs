//! Lists whose elements are lists, null, or anything: where JSONata joins and collapses.

use asl_core::expr::{Expr, add, eq, gt, index, list, lit, tuple};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::evaluation::Data;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        (0..3).prop_map(|n| json!(n)),
        Just(json!("a")),
        Just(json!({"k": [1]}))
    ];
    leaf.prop_recursive(2, 6, 3, |inner| vec(inner, 0..3).prop_map(Value::from))
}

proptest! {
    // each case evaluates some fifty expressions
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn lists_of_lists_are_neither_joined_nor_collapsed(a in vec(vec(0_u32..4, 0..3), 0..4), b in vec(0_u32..4, 0..3), n in 0_usize..3) {
        let mut data = Data::new();
        let x: Expr<Vec<Vec<u32>>> = data.field("x", Some(json!(a)));
        let y: Expr<Vec<u32>> = data.with("y", &b);
        let i: Expr<usize> = data.with("i", n);
        prop_assert_eq!(data.value(x.clone()), a.clone());
        prop_assert_eq!(data.value(x.len()), a.len());
        prop_assert_eq!(data.value(x.first()), a.first().cloned());
        prop_assert_eq!(data.value(x.last()), a.last().cloned());
        prop_assert_eq!(data.value(x.get(i.clone())), a.get(n).cloned());
        prop_assert_eq!(data.value(x.first().map(|x| x.len())), a.first().map(Vec::len));
        prop_assert_eq!(data.value(x.contains(y.clone())), a.contains(&b));
        // made lists are indexed like those that are read
        prop_assert_eq!(data.value(x.iter().map(|x| x.len()).collect::<Vec<_>>().first()), a.first().map(Vec::len));
        prop_assert_eq!(data.value(x.iter().rev().collect::<Vec<_>>().last()), a.first().cloned());
        prop_assert_eq!(data.value(tuple((y.clone(), lit(1_u8))).0.first()), b.first().copied());
        prop_assert_eq!(data.value(list([y.clone()]).first()), Some(b.clone()));
        prop_assert_eq!(data.value(list([y.clone(), y.clone()]).get(lit(1)).and_then(|y| y.last())), b.last().copied());
        prop_assert_eq!(data.value(y.iter().filter(|y| gt(y, lit(0))).collect::<Vec<_>>().get(lit(0))), b.iter().find(|b| **b > 0).copied());
        prop_assert_eq!(data.value(list([y.len(), lit(7)]).get(lit(1))), Some(7));
        prop_assert_eq!(data.value(x.concat()), a.concat());
        prop_assert_eq!(data.value(list([y.clone(), y.clone()])), vec![b.clone(), b.clone()]);
        prop_assert_eq!(data.value(list([list([y.clone()])])), vec![vec![b.clone()]]);
        prop_assert_eq!(data.value(x.iter().collect::<Vec<_>>()), a.clone());
        prop_assert_eq!(data.value(x.iter().map(|x| x.len()).collect::<Vec<_>>()), a.iter().map(Vec::len).collect::<Vec<_>>());
        prop_assert_eq!(
            data.value(x.iter().map(|x| x.iter().map(|x| add(x, lit(1))).collect::<Vec<_>>()).collect::<Vec<_>>()),
            a.iter().map(|a| a.iter().map(|a| a + 1).collect::<Vec<_>>()).collect::<Vec<_>>()
        );
        prop_assert_eq!(data.value(x.iter().filter(|x| gt(x.len(), lit(1))).collect::<Vec<_>>()), a.iter().filter(|a| a.len() > 1).cloned().collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().filter(|x| gt(x.len(), lit(1))).count()), a.iter().filter(|a| a.len() > 1).count());
        prop_assert_eq!(data.value(x.iter().find(|x| gt(x.len(), lit(1)))), a.iter().find(|a| a.len() > 1).cloned());
        prop_assert_eq!(data.value(x.iter().any(|x| x.is_empty())), a.iter().any(Vec::is_empty));
        prop_assert_eq!(data.value(x.iter().rev().collect::<Vec<_>>()), a.iter().cloned().rev().collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().skip(i.clone()).collect::<Vec<_>>()), a.iter().skip(n).cloned().collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().chain(list([y.clone()])).collect::<Vec<_>>()), a.iter().cloned().chain([b.clone()]).collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().zip(y.iter()).collect::<Vec<_>>()), a.iter().cloned().zip(b.iter().copied()).collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().flatten().collect::<Vec<_>>()), a.iter().flatten().copied().collect::<Vec<_>>());
        prop_assert_eq!(
            data.value(x.iter().filter_map(|x| x.first().map(|first| list([first, lit(9)]))).collect::<Vec<_>>()),
            a.iter().filter_map(|a| a.first().map(|first| vec![*first, 9])).collect::<Vec<_>>()
        );
        prop_assert_eq!(
            data.value(x.iter().enumerate().filter(|p| gt(p.1.len(), lit(0))).map(|p| p.0.clone()).collect::<Vec<_>>()),
            a.iter().enumerate().filter(|p| !p.1.is_empty()).map(|p| p.0).collect::<Vec<_>>()
        );
        prop_assert_eq!(
            data.value(x.iter().fold(list([]), |all, x| all.iter().chain(x.iter()).collect::<Vec<_>>())),
            a.concat()
        );
        prop_assert_eq!(
            data.value(tuple((x.clone(), y.clone(), x.first()))),
            (a.clone(), b.clone(), a.first().cloned())
        );
    }

    #[test]
    fn parts_of_tuples_are_found(a in vec((0_u8..3, vec(0_u8..3, 0..3), of(0_u8..3)), 0..3)) {
        let mut data = Data::new();
        let x: Expr<Vec<(u8, Vec<u8>, Option<u8>)>> = data.field("x", Some(json!(a)));
        prop_assert_eq!(data.value(x.iter().map(|x| x.1.clone()).collect::<Vec<_>>()), a.iter().map(|a| a.1.clone()).collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().map(|x| x.2.clone()).collect::<Vec<_>>()), a.iter().map(|a| a.2).collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().filter_map(|x| x.2.clone()).collect::<Vec<_>>()), a.iter().filter_map(|a| a.2).collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().map(|x| add(x.0.clone(), x.2.unwrap_or(lit(5)))).collect::<Vec<_>>()), a.iter().map(|a| a.0 + a.2.unwrap_or(5)).collect::<Vec<_>>());
        if let Some(first) = a.first() {
            prop_assert_eq!(data.value(index(x, lit(0)).1.clone()), first.1.clone());
        }
    }

    #[test]
    fn json_of_any_shape_keeps_its_shape(a in vec(any_json(), 0..3), b in any_json()) {
        let mut data = Data::new();
        let x: Expr<Vec<Value>> = data.field("x", Some(json!(a)));
        let y: Expr<Value> = data.with("y", &b);
        prop_assert_eq!(data.value(x.clone()), a.clone());
        prop_assert_eq!(data.value(list([y.clone()])), vec![b.clone()]);
        prop_assert_eq!(data.value(tuple((y.clone(), lit(1), y.clone())).0.clone()), b.clone());
        prop_assert_eq!(data.value(tuple((y.clone(), lit(1_u8), y.clone())).1.clone()), 1);
        prop_assert_eq!(data.value(x.iter().map(|x| list([x])).collect::<Vec<_>>()), a.iter().map(|a| vec![a.clone()]).collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().map(|x| x.get(asl_core::expr::text("k"))).collect::<Vec<_>>()), a.iter().map(|a| a.get("k").cloned()).collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().filter(|x| eq(x, y.clone())).collect::<Vec<_>>()), a.iter().filter(|a| **a == b).cloned().collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().filter_map(|x| x.as_i64()).collect::<Vec<_>>()), a.iter().filter_map(Value::as_i64).collect::<Vec<_>>());
        prop_assert_eq!(data.value(y.as_array()), b.as_array().cloned());
        prop_assert_eq!(data.value(y.is_null()), b.is_null());
        prop_assert_eq!(data.value(y.as_str().is_some()), b.is_string());
        prop_assert_eq!(data.value(y.as_object().map(|o| o.len())), b.as_object().map(serde_json::Map::len));
    }
}
