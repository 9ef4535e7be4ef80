//! Names that expressions bind themselves, beside locals that authors gave the same names.

use super::*;
use crate::expr::{Expr, add, let_in, lit, mul};

/// A workflow whose locals have the names that expressions bind. The order of what is read and set makes variables of
/// them: they are used after further tasks.
#[test]
fn a_variable_never_has_a_name_that_an_expression_binds() {
    let mut locals = Locals::new();
    let (input, item, value) = (locals.local("input"), locals.local("_item"), locals.local("_value"));
    let of = |local: &Local| Expr::<u32>::from_tree(local.expression());
    let mut body = Block::new();
    body.effect(Effect::lambda("first", "${Arn}", input.expression()).bind(item.clone()));
    body.effect(Effect::lambda("second", "${Arn}", item.expression()).bind(value.clone()));
    body.effect(Effect::lambda("third", "${Arn}", item.expression()));
    let list = Expr::<Vec<u32>>::from_tree(input.field("list"));
    let sums = list.iter().map(|x| {
        let sum = add(mul(x.clone(), of(&item)), of(&value));
        let_in("value", sum, |sum| mul(sum.clone(), add(sum, x)))
    });
    body.return_(sums.collect::<Vec<_>>().into_value());
    let json = definition(&Program::new(input, body));
    // the locals have been given other names than `_item` and `_value`
    assert!(json.contains("function($_item)"), "{json}");
    for free in ["\"_item\":", "\"_value\":"] {
        assert!(!json.contains(free), "{json}");
    }
    insta::assert_snapshot!(json);
}

/// The definition of a local, which binds names of its own, is put into expressions that bind the same names.
#[test]
fn a_value_that_binds_names_is_put_where_the_same_names_are_bound() {
    let mut locals = Locals::new();
    let (input, doubled) = (locals.local("input"), locals.local("doubled"));
    let list = Expr::<Vec<u32>>::from_tree(input.field("list"));
    let mut body = Block::new();
    body.set(&doubled, list.iter().map(|x| mul(x, lit(2))).collect::<Vec<_>>().into_value());
    let inner = Expr::<Vec<u32>>::from_tree(doubled.expression());
    let sums = list.iter().map(|x| inner.iter().map(|y| mul(x.clone(), y)).sum::<u32>());
    body.return_(sums.collect::<Vec<_>>().into_value());
    let json = definition(&Program::new(input, body));
    insta::assert_snapshot!(json);
}

/// A Choice between values becomes one expression, which binds what one of them uses twice: no reader is without it.
#[test]
fn what_an_expression_binds_is_taken_from_nowhere() {
    let mut locals = Locals::new();
    let (input, word) = (locals.local("input"), locals.local("word"));
    let mut body = Block::new();
    let shouted = Block::of(|b| {
        b.set(&word, leaf("$uppercase($input.word)", &[&input]));
        b.return_(leaf("$word & $word", &[&word]));
    });
    body.choose(If::new(leaf("$input.loud", &[&input]), shouted));
    body.return_(input.field("word"));
    let json = definition(&Program::new(input, body));
    insta::assert_snapshot!(json);
}
