use std::borrow::Cow;

use asl_core::syntax::{ReferencePath, Selector};
use serde_json::{Map, Value};

use crate::Failure;

/// How many objects a path may make inside one another.
const DEEPEST: usize = 1000;

/// `ResultPath`: the raw input with the result put at the path.
///
/// Objects that are missing on the way are created, what stands at the place is replaced. An index leads to an
/// element that is there; whether the service makes arrays longer is not recorded, so it fails.
///
/// # Errors
///
/// `States.ResultPathMatchFailure` where the input cannot hold the result: it, or a part on the way, is neither
/// object nor array, or the array has no such element; and for a path of more than 1000 steps, which would make
/// JSON deeper than the service's parser reads.
pub(crate) fn put(raw: &Value, path: &ReferencePath, result: Value) -> Result<Value, Failure> {
    if path.segments().is_empty() {
        return Ok(result);
    }
    if path.segments().len() > DEEPEST {
        return Err(mismatch(raw, path));
    }
    let mut output = raw.clone();
    let mut place = &mut output;
    for segment in path.segments() {
        let next = match (&segment.selector, place) {
            (Selector::Name(name), Value::Object(fields)) => {
                Some(fields.entry(name.as_str()).or_insert_with(|| Value::Object(Map::new())))
            }
            (Selector::Index(index), Value::Array(elements)) => {
                usize::try_from(*index).ok().and_then(|index| elements.get_mut(index))
            }
            _ => None,
        };
        place = next.ok_or_else(|| mismatch(raw, path))?;
    }
    *place = result;
    Ok(output)
}

/// The sentence is the service's, as users quote it. They quote it with another error name,
/// `States.ReferencePathConflict`, which no documentation has; this is the specification's.
fn mismatch(raw: &Value, path: &ReferencePath) -> Failure {
    Failure {
        error: Cow::Borrowed("States.ResultPathMatchFailure"),
        cause: format!("Unable to apply ReferencePath {path} to input {raw}"),
        location: None,
        is_bare: false,
    }
}
