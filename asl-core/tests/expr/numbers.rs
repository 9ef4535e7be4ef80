use asl_core::expr::{
    Expr, add, and, cast, div, eq, ge, gt, if_else, le, lit, lt, mul, ne, neg, not, or, rem, sub,
};
use proptest::prelude::*;

use crate::evaluation::Data;

proptest! {
    #[test]
    fn arithmetic_of_signed_integers_is_that_of_rust(a in -10_000_i64..10_000, b in -50_i64..50, c in 0_i64..9) {
        let mut data = Data::new();
        let (x, y, z) = (data.with::<i64>("x", a), data.with::<i64>("y", b), data.with::<i64>("z", c));
        prop_assert_eq!(data.value(add(x.clone(), y.clone())), a + b);
        prop_assert_eq!(data.value(sub(x.clone(), y.clone())), a - b);
        prop_assert_eq!(data.value(mul(x.clone(), sub(y.clone(), z.clone()))), a * (b - c));
        prop_assert_eq!(data.value(sub(x.clone(), sub(y.clone(), z.clone()))), a - (b - c));
        prop_assert_eq!(data.value(neg(add(x.clone(), y.clone()))), -(a + b));
        prop_assert_eq!(data.value(neg(neg(x.clone()))), a);
        prop_assert_eq!(data.value(x.abs()), a.abs());
        prop_assert_eq!(data.value(x.min(y.clone())), a.min(b));
        prop_assert_eq!(data.value(x.max(y.clone())), a.max(b));
        prop_assert_eq!(data.value(x.clamp(lit(-5), lit(7))), a.clamp(-5, 7));
        prop_assert_eq!(data.value(add(x.clone(), lit(-3))), a + -3);
        prop_assert_eq!(data.value(x.unsigned_abs()), a.unsigned_abs());
        prop_assert_eq!(data.value(add(x.signum(), sub(x.clone(), y.clone()).signum())), a.signum() + (a - b).signum());
        prop_assert_eq!(data.value(or(x.is_positive(), y.is_negative())), a.is_positive() || b.is_negative());
        if b != 0 {
            prop_assert_eq!(data.value(x.div_euclid(y.clone())), a.div_euclid(b));
            prop_assert_eq!(data.value(add(x.clone(), z.clone()).div_euclid(mul(y.clone(), lit(2)))), (a + c).div_euclid(b * 2));
            prop_assert_eq!(data.value(div(x.clone(), y.clone())), a / b);
            prop_assert_eq!(data.value(rem(x.clone(), y.clone())), a % b);
            prop_assert_eq!(data.value(div(add(x.clone(), z.clone()), mul(y.clone(), lit(2)))), (a + c) / (b * 2));
            prop_assert_eq!(data.value(x.rem_euclid(y)), a.rem_euclid(b));
        }
    }

    #[test]
    fn arithmetic_of_unsigned_integers_is_that_of_rust(a in 0_u64..(1 << 53), b in 1_u64..(1 << 53), e in 0_u32..9) {
        let mut data = Data::new();
        let (x, y) = (data.with::<u64>("x", a), data.with::<u64>("y", b));
        prop_assert_eq!(data.value(div(x.clone(), y.clone())), a / b);
        prop_assert_eq!(data.value(rem(x.clone(), y.clone())), a % b);
        prop_assert_eq!(data.value(x.saturating_sub(y.clone())), a.saturating_sub(b));
        prop_assert_eq!(data.value(x.checked_sub(y.clone())), a.checked_sub(b));
        prop_assert_eq!(data.value(y.checked_sub(x.clone()).unwrap_or(lit(7))), b.checked_sub(a).unwrap_or(7));
        prop_assert_eq!(data.value(x.abs_diff(y.clone())), a.abs_diff(b));
        prop_assert_eq!(data.value(x.div_ceil(y)), a.div_ceil(b));
        let base = data.with::<u64>("base", a % 40);
        let exponent = data.with::<u32>("e", e);
        prop_assert_eq!(data.value(base.pow(exponent)), (a % 40).pow(e));
    }

    #[test]
    fn comparisons_are_those_of_rust(a in -3_i32..3, b in -3_i32..3, p: bool, q: bool) {
        let mut data = Data::new();
        let (x, y) = (data.with::<i32>("x", a), data.with::<i32>("y", b));
        let (r, s) = (data.with::<bool>("r", p), data.with::<bool>("s", q));
        prop_assert_eq!(data.value(lt(x.clone(), y.clone())), a < b);
        prop_assert_eq!(data.value(le(x.clone(), y.clone())), a <= b);
        prop_assert_eq!(data.value(gt(x.clone(), y.clone())), a > b);
        prop_assert_eq!(data.value(ge(x.clone(), y.clone())), a >= b);
        prop_assert_eq!(data.value(eq(x.clone(), y.clone())), a == b);
        prop_assert_eq!(data.value(ne(x.clone(), y.clone())), a != b);
        prop_assert_eq!(data.value(and(r.clone(), s.clone())), p && q);
        prop_assert_eq!(data.value(or(r.clone(), s.clone())), p || q);
        prop_assert_eq!(data.value(not(or(r.clone(), and(s.clone(), not(r.clone()))))), !(p || q && !p));
        prop_assert_eq!(data.value(eq(r.clone(), s.clone())), p == q);
        prop_assert_eq!(data.value(eq(lt(x.clone(), y.clone()), r.clone())), (a < b) == p);
        prop_assert_eq!(data.value(eq(r.clone(), lit(true))), p);
        let chain = if_else(lt(x.clone(), y.clone()), lit(-1), if_else(r, x, lit(1)));
        prop_assert_eq!(data.value(chain), if a < b { -1 } else if p { a } else { 1 });
    }

    #[test]
    fn fractions_are_rounded_as_in_rust(half in -9_i32..9, x in -1e6..1e6_f64) {
        for a in [f64::from(half) / 2.0, x, 0.499_999_999_999_999_94, -0.5, 2.5, -2.5] {
            let mut data = Data::new();
            let y = data.with::<f64>("y", a);
            prop_assert!((data.value(y.round()) - a.round()).abs() < f64::EPSILON, "{a}");
            prop_assert!((data.value(y.trunc()) - a.trunc()).abs() < f64::EPSILON);
            prop_assert!((data.value(y.floor()) - a.floor()).abs() < f64::EPSILON);
            prop_assert!((data.value(y.ceil()) - a.ceil()).abs() < f64::EPSILON);
            prop_assert!((data.value(mul(y.clone(), lit(3.0)).round()) - (a * 3.0).round()).abs() < f64::EPSILON);
        }
    }

    #[test]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_possible_wrap,
        clippy::cast_precision_loss, reason = "measured")]
    fn casts_are_those_of_rust(a in -(1_i64 << 52)..(1 << 52), x in -1e10..1e10_f64, p: bool) {
        for a in [a, a % 300, 127, 128, -128, -129, 255, 256, -1, 0] {
            let mut data = Data::new();
            let (y, z) = (data.with::<i64>("y", a), data.with::<u64>("z", a.unsigned_abs()));
            let (f, b) = (data.with::<f64>("f", x), data.with::<bool>("b", p));
            prop_assert_eq!(data.value(cast::<_, u8>(y.clone())), a as u8);
            prop_assert_eq!(data.value(cast::<_, i8>(y.clone())), a as i8);
            prop_assert_eq!(data.value(cast::<_, u16>(y.clone())), a as u16);
            prop_assert_eq!(data.value(cast::<_, i32>(y.clone())), a as i32);
            prop_assert_eq!(data.value(cast::<_, u32>(z.clone())), a.unsigned_abs() as u32);
            prop_assert_eq!(data.value(cast::<_, i16>(z.clone())), a.unsigned_abs() as i16);
            prop_assert_eq!(data.value(cast::<_, i64>(z)), a.unsigned_abs() as i64);
            prop_assert_eq!(data.value(cast::<_, i64>(f.clone())), x as i64);
            prop_assert_eq!(data.value(cast::<_, u32>(f.clone())), x as u32);
            prop_assert_eq!(data.value(cast::<_, u64>(f.clone())), x as u64);
            prop_assert_eq!(data.value(cast::<_, i8>(mul(f, lit(1.0)))), x as i8);
            prop_assert_eq!(data.value(cast::<_, u8>(b)), u8::from(p));
            prop_assert!((data.value(cast::<_, f64>(y)) - a as f64).abs() < f64::EPSILON);
        }
    }
}

proptest! {
    #[test]
    fn powers_roots_and_conversions_are_those_of_rust(x in -20.0..20.0_f64, e in -4_i32..6, a: u8, c in prop::char::any()) {
        let mut data = Data::new();
        let (f, n) = (data.with::<f64>("f", x), data.with::<i32>("n", e));
        if x != 0.0 {
            let (found, expected) = (data.value(f.powi(n)), x.powi(e));
            prop_assert!((found - expected).abs() <= expected.abs() * 1e-14, "{found} {expected}");
        }
        let root = f.abs().sqrt();
        prop_assert!((data.value(root) - x.abs().sqrt()).abs() < 1e-14);
        let b = data.with::<u8>("b", a);
        prop_assert_eq!(data.value(b.clone().into::<u32>()), u32::from(a));
        prop_assert_eq!(data.value(b.clone().into::<i64>()), i64::from(a));
        prop_assert!((data.value(b.clone().into::<f64>()) - f64::from(a)).abs() < f64::EPSILON);
        prop_assert_eq!(data.value(b.clone().into::<Option<u8>>()), Some(a));
        prop_assert_eq!(data.value(b.into::<u8>()), a);
        let letter = data.with::<char>("c", c);
        prop_assert_eq!(data.value(letter.into::<String>()), String::from(c));
    }
}

#[test]
fn a_type_is_found_where_a_literal_is_used() {
    const MAX: u32 = 3;
    let polls = lit(0);
    let test = ge(Clone::clone(&polls), lit(MAX));
    let next: Expr<u32> = add(polls, lit(1));
    assert_eq!((test.to_jsonata(), next.to_jsonata()), ("0 >= 3".into(), "0 + 1".into()));
}
