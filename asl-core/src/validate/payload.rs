//! The walk through a payload: JSON that holds paths (JSONPath) or expressions (JSONata).

use crate::model::{JsonObject, Value};

use super::context::{Context, Step};

/// Calls `visit` for each entry of each object in a payload template, those inside arrays too.
pub(super) fn entries<'m>(
    cx: &mut Context<'m>,
    value: &'m Value,
    visit: &mut dyn FnMut(&mut Context<'m>, &'m JsonObject, &'m str, &'m Value),
) {
    match value {
        Value::Object(object) => object_entries(cx, object, visit),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                cx.step(Step::Index(index), |cx| entries(cx, element, visit));
            }
        }
        _ => {}
    }
}

/// The same for what is known to be an object.
pub(super) fn object_entries<'m>(
    cx: &mut Context<'m>,
    object: &'m JsonObject,
    visit: &mut dyn FnMut(&mut Context<'m>, &'m JsonObject, &'m str, &'m Value),
) {
    for (key, value) in object {
        cx.step(Step::Field(key), |cx| {
            visit(cx, object, key, value);
            // what a template evaluates is a string, so an evaluated entry has nothing inside
            entries(cx, value, visit);
        });
    }
}

/// Calls `visit` for each string in JSON that may hold expressions.
pub(super) fn strings<'m>(
    cx: &mut Context<'m>,
    value: &'m Value,
    visit: &mut dyn FnMut(&mut Context<'m>, &'m str),
) {
    match value {
        Value::String(text) => visit(cx, text),
        Value::Object(object) => object_strings(cx, object, visit),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                cx.step(Step::Index(index), |cx| strings(cx, element, visit));
            }
        }
        _ => {}
    }
}

/// The same for what is known to be an object.
pub(super) fn object_strings<'m>(
    cx: &mut Context<'m>,
    object: &'m JsonObject,
    visit: &mut dyn FnMut(&mut Context<'m>, &'m str),
) {
    for (key, value) in object {
        cx.step(Step::Field(key), |cx| strings(cx, value, visit));
    }
}
