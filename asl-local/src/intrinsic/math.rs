use serde_json::{Number, Value};

use super::Fault;
use crate::random::{JavaRandom, Random};

/// A number without its decimals, as Java's casts cut them off.
pub(super) fn truncated(value: &Value) -> Result<i64, Fault> {
    let number = number(value)?;
    number.as_i64().or_else(|| number.as_f64().map(whole)).ok_or(Fault::ARGUMENTS)
}

fn number(value: &Value) -> Result<&Number, Fault> {
    match value {
        Value::Number(number) => Ok(number),
        _ => Err(Fault::ARGUMENTS),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a cast cuts off, and stops at the ends, in Java as well")]
fn whole(number: f64) -> i64 {
    number as i64
}

/// `States.MathAdd`: each number is rounded first, halves up. They and their sum must be 32-bit integers.
pub(super) fn add(first: &Value, second: &Value) -> Result<i32, Fault> {
    let first = rounded(number(first)?)?;
    first.checked_add(rounded(number(second)?)?).ok_or(Fault::ARGUMENTS)
}

/// Java's `Math.round`: to the nearest integer, and of two equally near to the greater.
fn rounded(number: &Number) -> Result<i32, Fault> {
    let integer = number.as_i64().or_else(|| {
        let number = number.as_f64()?;
        let below = number.floor();
        Some(whole(if number - below >= 0.5 { below + 1.0 } else { below }))
    });
    integer.and_then(|integer| i32::try_from(integer).ok()).ok_or(Fault::ARGUMENTS)
}

/// `States.MathRandom`: an integer from `start` up to `end`, which is excluded.
///
/// With a seed it is the service's own number: it draws from Java's generator. Decimals are cut off (DIFFERENCE:
/// rounded, by the documentation), as measured.
pub(super) fn random(
    start: &Value,
    end: &Value,
    seed: Option<&Value>,
    random: &dyn Random,
) -> Result<i32, Fault> {
    let bound = |value| i32::try_from(truncated(value)?).map_err(|_| Fault::ARGUMENTS);
    let (start, end) = (bound(start)?, bound(end)?);
    // what overflows 32 bits is no range for Java either
    let size = end.checked_sub(start).filter(|&size| size > 0).ok_or(Fault::ARGUMENTS)?.cast_unsigned();
    let drawn = match seed {
        Some(seed) => JavaRandom::new(truncated(seed)?).below(size),
        None => u32::try_from(random.below(size.into())).map_err(|_| Fault::ARGUMENTS)?,
    };
    Ok(start.wrapping_add_unsigned(drawn))
}
