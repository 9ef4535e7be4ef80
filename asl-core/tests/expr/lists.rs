//! Lists of numbers and texts; those whose elements are lists are in `nested_lists`.

use std::collections::BTreeMap;

use asl_core::expr::{
    Expr, add, eq, format, ge, gt, if_else, index, list, lit, lt, mul, none, range, range_inclusive, rem,
    some, sub, text, tuple,
};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use crate::evaluation::Data;

proptest! {
    // each case evaluates some fifty expressions
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn methods_of_lists_are_those_of_rust(a in vec(0_u32..5, 0..5), b in vec(0_u32..5, 0..3), n in 0_usize..5, w in 0_u32..5) {
        let mut data = Data::new();
        let x: Expr<Vec<u32>> = data.field("x", Some(json!(a)));
        let y: Expr<Vec<u32>> = data.with("y", &b);
        let i: Expr<usize> = data.with("i", n);
        let wanted: Expr<u32> = data.with("w", w);
        prop_assert_eq!(data.value(x.clone()), a.clone());
        prop_assert_eq!(data.value(x.len()), a.len());
        prop_assert_eq!(data.value(x.is_empty()), a.is_empty());
        prop_assert_eq!(data.value(x.first()), a.first().copied());
        prop_assert_eq!(data.value(x.last()), a.last().copied());
        prop_assert_eq!(data.value(x.get(i.clone())), a.get(n).copied());
        prop_assert_eq!(data.value(x.get(lit(0)).is_some()), !a.is_empty());
        prop_assert_eq!(data.value(y.get(i.clone()).unwrap_or(wanted.clone())), b.get(n).copied().unwrap_or(w));
        prop_assert_eq!(data.value(x.contains(wanted.clone())), a.contains(&w));
        match a.get(n) {
            Some(value) => prop_assert_eq!(data.value(index(x.clone(), i.clone())), *value),
            None => prop_assert!(data.has_no_value(index(x.clone(), i.clone()))),
        }
        prop_assert_eq!(data.value(list([wanted.clone(), add(wanted.clone(), lit(1))])), vec![w, w + 1]);
        prop_assert_eq!(data.value(list::<u32, 0>([])), Vec::<u32>::new());
        prop_assert_eq!(data.value(eq(x.clone(), y.clone())), a == b);
    }

    #[test]
    fn chains_of_iterators_are_those_of_rust(a in vec(0_u32..5, 0..5), b in vec(0_u32..5, 0..4), n in 0_usize..5) {
        let mut data = Data::new();
        let x: Expr<Vec<u32>> = data.field("x", Some(json!(a)));
        let y: Expr<Vec<u32>> = data.with("y", &b);
        let i: Expr<usize> = data.with("i", n);
        let is_odd = |x| eq(rem(x, lit(2_u32)), lit(1));
        let odd = |a: &u32| a % 2 == 1;
        prop_assert_eq!(data.value(x.iter().collect::<Vec<_>>()), a.clone());
        prop_assert_eq!(data.value(x.iter().map(|x| mul(x.clone(), x)).collect::<Vec<_>>()), a.iter().map(|a| a * a).collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().filter(is_odd).collect::<Vec<_>>()), a.iter().copied().filter(odd).collect::<Vec<_>>());
        prop_assert_eq!(
            data.value(x.iter().map(|x| add(x, lit(1))).filter(is_odd).map(|x| mul(x, lit(2))).rev().collect::<Vec<_>>()),
            a.iter().map(|a| a + 1).filter(odd).map(|a| a * 2).rev().collect::<Vec<_>>()
        );
        prop_assert_eq!(
            data.value(x.iter().filter_map(|x| if_else(is_odd(x.clone()), some(add(x, lit(1))), none())).collect::<Vec<u32>>()),
            a.iter().filter_map(|a| odd(a).then_some(a + 1)).collect::<Vec<_>>()
        );
        prop_assert_eq!(
            data.value(x.iter().filter_map(|x| y.iter().find(|y| gt(y, x))).collect::<Vec<u32>>()),
            a.iter().filter_map(|a| b.iter().copied().find(|b| b > a)).collect::<Vec<_>>()
        );
        prop_assert_eq!(
            data.value(x.iter().map(|x| y.iter().find(|y| gt(y, x))).collect::<Vec<Option<u32>>>()),
            a.iter().map(|a| b.iter().copied().find(|b| b > a)).collect::<Vec<_>>()
        );
        prop_assert_eq!(
            data.value(x.iter().flat_map(|x| y.iter().map(move |y| add(x.clone(), y))).collect::<Vec<_>>()),
            a.iter().flat_map(|a| b.iter().map(move |b| a + b)).collect::<Vec<_>>()
        );
        prop_assert_eq!(
            data.value(x.iter().enumerate().map(|p| add(mul(p.0.clone(), lit(10)), lit(1))).collect::<Vec<_>>()).len(),
            a.len()
        );
        prop_assert_eq!(data.value(x.iter().enumerate().collect::<Vec<_>>()), a.iter().copied().enumerate().collect::<Vec<_>>());
        prop_assert_eq!(
            data.value(x.iter().filter(is_odd).enumerate().map(|p| add(p.0.clone(), lit(1))).sum::<usize>()),
            a.iter().copied().filter(odd).enumerate().map(|p| p.0 + 1).sum::<usize>()
        );
        prop_assert_eq!(data.value(x.iter().zip(y.iter()).collect::<Vec<_>>()), a.iter().copied().zip(b.iter().copied()).collect::<Vec<_>>());
        prop_assert_eq!(
            data.value(x.iter().filter(is_odd).zip(y.clone()).map(|p| mul(p.0.clone(), p.1.clone())).sum::<u32>()),
            a.iter().copied().filter(odd).zip(&b).map(|p| p.0 * p.1).sum::<u32>()
        );
        prop_assert_eq!(data.value(x.iter().take(i.clone()).collect::<Vec<_>>()), a.iter().copied().take(n).collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().skip(i.clone()).collect::<Vec<_>>()), a.iter().copied().skip(n).collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().chain(y.iter()).collect::<Vec<_>>()), a.iter().chain(&b).copied().collect::<Vec<_>>());
        prop_assert_eq!(data.value(x.iter().sum::<u32>()), a.iter().sum::<u32>());
        prop_assert_eq!(data.value(x.iter().product::<u32>()), a.iter().product::<u32>());
        prop_assert_eq!(data.value(x.iter().filter(is_odd).sum::<u32>()), a.iter().copied().filter(odd).sum::<u32>());
        prop_assert_eq!(data.value(x.iter().filter(is_odd).min()), a.iter().copied().filter(odd).min());
        prop_assert_eq!(data.value(x.iter().max()), a.iter().copied().max());
        prop_assert_eq!(data.value(x.iter().any(is_odd)), a.iter().any(odd));
        prop_assert_eq!(data.value(x.iter().all(is_odd)), a.iter().all(odd));
        prop_assert_eq!(data.value(x.iter().filter(is_odd).count()), a.iter().copied().filter(odd).count());
        prop_assert_eq!(data.value(x.iter().find(is_odd)), a.iter().copied().find(odd));
        prop_assert_eq!(data.value(x.iter().position(is_odd)), a.iter().position(odd));
        prop_assert_eq!(data.value(x.iter().filter(is_odd).last()), a.iter().copied().rfind(odd));
        prop_assert_eq!(
            data.value(x.iter().find_map(|x| if_else(gt(x.clone(), lit(2)), some(mul(x, lit(3))), none()))),
            a.iter().find_map(|a| (*a > 2).then_some(a * 3))
        );
        let mut sorted = a.clone();
        sorted.sort_unstable();
        prop_assert_eq!(data.value(x.iter().sorted().collect::<Vec<_>>()), sorted);
        let mut odd_first = a.iter().copied().enumerate().collect::<Vec<_>>();
        odd_first.sort_by_key(|pair| 7 - pair.1 % 2);
        prop_assert_eq!(
            data.value(x.iter().enumerate().sorted_by_key(|p| sub(lit(7), rem(p.1.clone(), lit(2)))).collect::<Vec<_>>()),
            odd_first
        );
        prop_assert_eq!(
            data.value(x.iter().enumerate().min_by_key(|p| rem(p.1.clone(), lit(3)))),
            a.iter().copied().enumerate().min_by_key(|p| p.1 % 3)
        );
        prop_assert_eq!(
            data.value(x.iter().enumerate().max_by_key(|p| rem(p.1.clone(), lit(3)))),
            a.iter().copied().enumerate().max_by_key(|p| p.1 % 3)
        );
        prop_assert_eq!(data.value(x.iter().nth(i.clone())), a.get(n).copied());
        prop_assert_eq!(
            data.value(x.iter().fold(lit(7), |sum, x| add(mul(sum, lit(2)), x))),
            a.iter().fold(7, |sum, a| sum * 2 + a)
        );
        prop_assert_eq!(
            data.value(x.iter().fold(text(""), |s, x| add(s, x.to_string()))),
            a.iter().fold(String::new(), |s, a| s + &a.to_string())
        );
        prop_assert_eq!(data.value(range(lit(0), i.clone()).collect::<Vec<_>>()), (0..n).collect::<Vec<_>>());
        prop_assert_eq!(data.value(range_inclusive(lit(1), i.clone()).map(|i| mul(i, lit(2))).collect::<Vec<_>>()), (1..=n).map(|n| n * 2).collect::<Vec<_>>());
        prop_assert_eq!(data.value(range(i, lit(3)).count()), (n..3).count());
    }

    #[test]
    fn lists_of_texts_are_those_of_rust(a in vec("[ab,]{0,2}", 0..4)) {
        let mut data = Data::new();
        let x: Expr<Vec<String>> = data.field("x", Some(json!(a)));
        prop_assert_eq!(data.value(x.join(text(", "))), a.join(", "));
        prop_assert_eq!(data.value(x.concat()), a.concat());
        prop_assert_eq!(data.value(x.iter().min()), a.iter().min().cloned());
        prop_assert_eq!(data.value(x.iter().filter(|x| ge(x.clone(), text("a"))).max()), a.iter().filter(|a| a.as_str() >= "a").max().cloned());
        let mut sorted = a.clone();
        sorted.sort();
        prop_assert_eq!(data.value(x.iter().sorted().collect::<Vec<_>>()), sorted.clone());
        sorted.sort_by_key(|a| a.chars().count());
        prop_assert_eq!(data.value(x.iter().sorted().sorted_by_key(|x| x.chars().count()).collect::<Vec<_>>()), sorted);
        if let [first, .., last] = a.as_slice() {
            let (f, l) = (data.value(x.__asl_at(0)), data.value(x.__asl_at(-1)));
            prop_assert_eq!((&f, &l), (first, last));
            prop_assert_eq!(data.value(x.__asl_at(0).min(x.__asl_at(-1))), first.min(last).clone());
            prop_assert_eq!(data.value(x.__asl_at(0).max(x.__asl_at(-1))), first.max(last).clone());
            prop_assert_eq!(data.value(x.__asl_between(1, 1)), a[1..a.len() - 1].to_vec());
        }
        prop_assert_eq!(data.value(x.contains(text("a"))), a.contains(&"a".to_owned()));
        prop_assert_eq!(data.value(x.iter().map(|x| x.to_uppercase()).collect::<Vec<_>>().join(text("-"))), a.iter().map(|a| a.to_uppercase()).collect::<Vec<_>>().join("-"));
        prop_assert_eq!(data.value(x.iter().collect::<String>()), a.concat());
        prop_assert_eq!(
            data.value(x.iter().filter(|x| x.contains(text(","))).map(|x| x.split(text(",")).collect::<Vec<_>>().len()).collect::<Vec<_>>()),
            a.iter().filter(|a| a.contains(',')).map(|a| a.split(',').count()).collect::<Vec<_>>()
        );
        prop_assert_eq!(
            data.value(x.iter().map(|x| tuple((x.clone(), x.chars().count()))).collect::<BTreeMap<_, _>>()),
            a.iter().map(|a| (a.clone(), a.chars().count())).collect::<BTreeMap<_, _>>()
        );
        prop_assert_eq!(
            data.value(x.iter().map(|x| format(["<", ">"], [x])).filter(|x| lt(x.clone(), text("<b"))).collect::<Vec<_>>()),
            a.iter().map(|a| format!("<{a}>")).filter(|a| a.as_str() < "<b").collect::<Vec<_>>()
        );
    }
}
