use asl_core::expr::{Expr, add, constant, eq, gt, lit, mul, ne, none, some, text};
use proptest::option::of;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::evaluation::Data;

/// The three ways to have a value or none.
fn field(value: Option<i32>, left_out: bool) -> Option<Value> {
    if value.is_none() && left_out { None } else { Some(json!(value)) }
}

proptest! {
    #[test]
    fn an_option_is_none_when_null_and_when_left_out(a in of(-3_i32..3), b in of(-3_i32..3), d in -3_i32..3, p: bool, q: bool) {
        let mut data = Data::new();
        let x: Expr<Option<i32>> = data.field("x", field(a, p));
        let y: Expr<Option<i32>> = data.field("y", field(b, q));
        let z: Expr<i32> = data.with("z", d);
        prop_assert_eq!(data.value(x.clone()), a);
        prop_assert_eq!(data.value(x.is_some()), a.is_some());
        prop_assert_eq!(data.value(x.is_none()), a.is_none());
        prop_assert_eq!(data.value(x.is_some_and(|x| gt(x, z.clone()))), a.is_some_and(|a| a > d));
        prop_assert_eq!(data.value(x.is_none_or(|x| gt(x, z.clone()))), a.is_none_or(|a| a > d));
        prop_assert_eq!(data.value(x.map(|x| mul(x, lit(2)))), a.map(|a| a * 2));
        prop_assert_eq!(data.value(x.map(|x| mul(x, lit(2))).map(|x| mul(x.clone(), x))), a.map(|a| a * 2 * (a * 2)));
        prop_assert_eq!(data.value(x.map_or(z.clone(), |x| add(x, z.clone()))), a.map_or(d, |a| a + d));
        prop_assert_eq!(data.value(x.and_then(|_| y.clone())), a.and(b));
        prop_assert_eq!(data.value(x.and(y.clone()).unwrap_or_default()), a.and(b).unwrap_or_default());
        prop_assert_eq!(data.value(x.or(y.clone())), a.or(b));
        prop_assert_eq!(data.value(x.or_else(|| y.clone()).is_none()), a.or(b).is_none());
        prop_assert_eq!(data.value(x.filter(|x| gt(x, lit(0)))), a.filter(|a| *a > 0));
        prop_assert_eq!(data.value(x.filter(|x| gt(x, lit(0))).or(y.clone()).is_some()), a.filter(|a| *a > 0).or(b).is_some());
        prop_assert_eq!(data.value(x.unwrap_or(z.clone())), a.unwrap_or(d));
        prop_assert_eq!(data.value(x.unwrap_or_else(|| add(z.clone(), lit(1)))), a.unwrap_or(d + 1));
        prop_assert_eq!(data.value(x.map_or_else(|| add(z.clone(), lit(1)), |x| mul(x, lit(2)))), a.map_or_else(|| d + 1, |a| a * 2));
        prop_assert_eq!(data.value(x.zip(y.clone())), a.zip(b));
        prop_assert_eq!(data.value(eq(x.clone(), y.clone())), a == b);
        prop_assert_eq!(data.value(ne(x.clone(), y.clone())), a != b);
        prop_assert_eq!(data.value(eq(x.clone(), none())), a.is_none());
        prop_assert_eq!(data.value(ne(x.clone(), constant(None::<i32>))), a.is_some());
        prop_assert_eq!(data.value(eq(some(z.clone()), x.clone())), Some(d) == a);
        prop_assert_eq!(data.value(ne(some(lit(1)), x.clone())), Some(1) != a);
        prop_assert_eq!(data.value(eq(x.or(y.clone()), y.or(x.clone()))), a.or(b) == b.or(a));
        prop_assert_eq!(data.value(ne(x.map(|x| add(x, lit(1))), y)), a.map(|a| a + 1) != b);
    }

    #[test]
    fn options_of_texts_and_lists_keep_empty_values(a in of("[ab]{0,2}"), b in of(prop::collection::vec(0_u8..3, 0..3)), p: bool) {
        let mut data = Data::new();
        let left_out = |value: Value| if p && value.is_null() { None } else { Some(value) };
        let x: Expr<Option<String>> = data.field("x", left_out(json!(a)));
        let y: Expr<Option<Vec<u8>>> = data.field("y", left_out(json!(b)));
        prop_assert_eq!(data.value(x.unwrap_or(text("none"))), a.clone().unwrap_or("none".into()));
        prop_assert_eq!(data.value(x.unwrap_or_default().is_empty()), a.unwrap_or_default().is_empty());
        prop_assert_eq!(data.value(y.clone()), b.clone());
        prop_assert_eq!(data.value(y.unwrap_or_default()), b.clone().unwrap_or_default());
        prop_assert_eq!(data.value(y.map(|y| y.len())), b.as_ref().map(Vec::len));
        prop_assert_eq!(data.value(y.and_then(|y| y.first())), b.as_ref().and_then(|b| b.first().copied()));
    }
}
