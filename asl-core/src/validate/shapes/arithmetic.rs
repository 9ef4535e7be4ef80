//! Numbers that are known, and what comes of them, for the functions of one language and the operators of the other.

use super::shape::{Array, Shape};

/// Doubles beyond this skip whole numbers.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Sums of more are refused by `States.MathAdd`, whose numbers have 32 bits.
const LARGEST_INTEGER: f64 = 2_147_483_647.0;

/// `States.ArrayRange` and `$range` give no more elements.
const MAX_RANGE: u64 = 1_000;

/// `[first..last]` gives no more elements.
const MAX_LITERAL_RANGE: u64 = 10_000_000;

/// A number that counts something: not negative, no fraction.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what would change is not taken")]
pub(in crate::validate) fn count(number: f64) -> Option<u64> {
    let is_count = number.fract() == 0.0 && (0.0..=LARGEST_EXACT).contains(&number);
    is_count.then_some(number as u64)
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "what would change is not taken")]
pub(super) fn number(count: u64) -> Shape {
    let number = count as f64;
    if number <= LARGEST_EXACT { Shape::exact_number(number) } else { Shape::number() }
}

/// The sum of two whole numbers as `States.MathAdd` adds them.
pub(super) fn sum_of_integers(first: &Shape, second: &Shape) -> Shape {
    let sum = || {
        let (first, second) = (first.only_number()?, second.only_number()?);
        let is_whole = first.fract() == 0.0 && second.fract() == 0.0;
        (is_whole && (first + second).abs() <= LARGEST_INTEGER).then_some(first + second)
    };
    sum().map_or_else(Shape::number, Shape::exact_number)
}

/// The elements of `States.ArrayRange` and `$range`.
pub(super) fn range(first: &Shape, last: &Shape, step: &Shape) -> Array {
    let length = || {
        let (first, last, step) = (first.only_number()?, last.only_number()?, step.only_number()?);
        let is_whole = [first, last, step].iter().all(|it| it.fract() == 0.0);
        // what a step back gives is not documented for both
        let steps = (is_whole && step > 0.0 && first <= last).then(|| ((last - first) / step).floor())?;
        count(steps)?.checked_add(1).filter(|length| *length <= MAX_RANGE)
    };
    Array::Each { element: Shape::number(), length: length() }
}

/// How many elements `[first..last]` has.
pub(super) fn length_of_literal_range(first: f64, last: f64) -> Option<u64> {
    let is_whole = first.fract() == 0.0 && last.fract() == 0.0;
    let length = is_whole.then(|| (last - first + 1.0).max(0.0))?;
    count(length).filter(|length| *length <= MAX_LITERAL_RANGE)
}

/// The parts into which `States.ArrayPartition` and `$partition` cut an array.
pub(super) fn parts(array: &Shape, size: &Shape) -> Array {
    let element = array.types().and_then(|types| types.array.as_ref()?.element());
    let size = size.only_number().and_then(count).filter(|size| *size > 0);
    let length = array.length().zip(size).map(|(length, size)| length.div_ceil(size));
    let part = Array::each(element.unwrap_or(Shape::UNKNOWN));
    Array::Each { element: Shape::array(part), length }
}
