use std::collections::HashSet;

use serde_json::Value;

use super::math::truncated;
use super::{Fault, java};
use crate::hash_order;

/// How many elements `States.ArrayRange` makes at most.
const LONGEST_RANGE: usize = 1000;

/// The elements of an array.
pub(super) fn elements(array: &Value) -> Result<&Vec<Value>, Fault> {
    array.as_array().ok_or(Fault::ARGUMENTS)
}

/// `States.ArrayPartition`.
///
/// DIFFERENCE: the documentation rounds a size with decimals, the service was measured to cut them off.
pub(super) fn partition(array: &Value, size: &Value) -> Result<Value, Fault> {
    let elements = elements(array)?;
    let size = usize::try_from(truncated(size)?).ok().filter(|&size| size > 0).ok_or(Fault::ARGUMENTS)?;
    Ok(elements.chunks(size).map(<[Value]>::to_vec).collect())
}

/// `States.ArrayContains`: whether an element prints as the value does.
///
/// So the service was measured to find `true` in `["true"]`, and not to find an object whose fields stand in
/// another order. Both follow if it compares what Java prints; that is taken to be the rule for all values.
pub(super) fn contains(array: &Value, value: &Value) -> Result<bool, Fault> {
    let wanted = java::text(value);
    Ok(elements(array)?.iter().any(|element| match element {
        Value::String(text) => *text == wanted,
        element => java::text(element) == wanted,
    }))
}

/// `States.ArrayRange`: at most 1000 numbers, the last one included.
///
/// DIFFERENCE: the documentation rounds decimals, the service was measured to cut them off.
pub(super) fn range(first: &Value, last: &Value, step: &Value) -> Result<Value, Fault> {
    let (first, last, step) = (truncated(first)?, truncated(last)?, truncated(step)?);
    if step == 0 {
        return Err(Fault::ARGUMENTS);
    }
    let mut numbers = Vec::new();
    let mut next = Some(first);
    while let Some(number) = next.filter(|&number| if step > 0 { number <= last } else { number >= last }) {
        if numbers.len() == LONGEST_RANGE {
            return Err(Fault::ARGUMENTS);
        }
        numbers.push(Value::from(number));
        next = number.checked_add(step);
    }
    Ok(Value::Array(numbers))
}

/// `States.ArrayGetItem`: decimals of the index are cut off, and an empty array gives `null`, as measured.
pub(super) fn item(array: &Value, index: &Value) -> Result<Value, Fault> {
    let elements = elements(array)?;
    let index = truncated(index)?;
    if elements.is_empty() {
        return Ok(Value::Null);
    }
    let element = usize::try_from(index).ok().and_then(|index| elements.get(index));
    element.cloned().ok_or(Fault::ARGUMENTS)
}

/// `States.ArrayUnique`, in the order of Java's hash tables, as measured with up to four elements.
///
/// The first of equal elements stays; `1` and `1.0` are two, as are objects whose fields differ.
pub(super) fn unique(array: &Value) -> Result<Value, Fault> {
    let mut known = HashSet::new();
    let mut unique: Vec<&Value> = elements(array)?.iter().filter(|element| known.insert(*element)).collect();
    hash_order::sort(&mut unique, |element| hash_order::hash(element));
    Ok(unique.into_iter().cloned().collect())
}
