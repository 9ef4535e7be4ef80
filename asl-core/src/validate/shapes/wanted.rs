//! What a value must be for what it is used for. Where the service might still make something of it, it is let pass.

use crate::model::ProcessorMode;
use crate::model::state::Map;
use crate::syntax::Timestamp;

use super::shape::{Shape, Types};

/// What is wanted, in words, and whether a value may be it.
pub(super) type Wanted = (&'static str, fn(&Shape) -> bool);

pub(super) const STRING: Wanted = ("a string", |shape| may(shape, |types| !types.string.is_none()));

pub(super) const SECONDS: Wanted =
    ("a whole number of seconds from 0", |shape| number(shape, |it| it >= 0.0 && it.fract() == 0.0));

pub(super) const POSITIVE: Wanted =
    ("a whole number of seconds from 1", |shape| number(shape, |it| it >= 1.0 && it.fract() == 0.0));

pub(super) const INTEGER: Wanted = ("a whole number", |shape| number(shape, |it| it.fract() == 0.0));

pub(super) const COUNT: Wanted =
    ("a whole number from 0", |shape| number(shape, |it| it >= 0.0 && it.fract() == 0.0));

pub(super) const PERCENTAGE: Wanted =
    ("a number from 0 to 100", |shape| number(shape, |it| (0.0..=100.0).contains(&it)));

pub(super) const TIMESTAMP: Wanted = ("a timestamp as `2030-01-31T12:00:00Z`", |shape| {
    may(shape, |types| types.string.may_be(|text| Timestamp::parse(text).is_ok()))
});

const ARRAY: Wanted = ("an array", |shape| may(shape, |types| types.array.is_some()));

const ARRAY_OR_OBJECT: Wanted =
    ("an array or an object", |shape| may(shape, |types| types.array.is_some() || types.object.is_some()));

/// What a Map state runs over: an array, and as child executions the fields of an object too.
pub(super) fn items(map: &Map) -> Wanted {
    let mode = map.processor.as_ref().and_then(|processor| processor.machine().mode());
    if mode == Some(ProcessorMode::Inline) { ARRAY } else { ARRAY_OR_OBJECT }
}

fn may(shape: &Shape, does: impl FnOnce(&Types) -> bool) -> bool {
    shape.types().is_none_or(does)
}

/// Numbers, and texts that spell one: the service was seen to take those.
fn number(shape: &Shape, does: impl Fn(f64) -> bool) -> bool {
    may(shape, |types| {
        types.number.may_be(|number| does(number.value()))
            || types.string.may_be(|text| text.trim().parse().is_ok_and(&does))
    })
}
