//! Following the steps of a path.

use std::borrow::Cow;
use std::cell::Cell;

use serde_json::Value;

use super::{Miss, Selector, Step};
use crate::data::Scope;

/// What the selectors of a path may look at besides the value they stand at.
#[derive(Clone, Copy)]
pub(super) struct Evaluation<'a> {
    /// The document that the path starts from: `$` inside a filter.
    pub(super) document: &'a Value,
    pub(super) scope: &'a dyn Scope,
    pub(super) budget: &'a Budget,
}

/// How many values one reading may still look at, so that no path takes forever: `$..*..*..*`.
#[derive(Debug)]
pub(super) struct Budget(Cell<usize>);

impl Budget {
    /// Payloads have at most 256 KiB, thus hardly more than 131,000 values.
    const MOST_VALUES: usize = 1 << 22;

    pub(super) fn new() -> Self {
        Self(Cell::new(Self::MOST_VALUES))
    }

    pub(super) fn spend(&self, values: usize) -> Result<(), Miss> {
        let left = self.0.get().checked_sub(values).ok_or(Miss::TooMany)?;
        self.0.set(left);
        Ok(())
    }

    /// For each value inside the value, and itself.
    pub(super) fn spend_on(&self, value: &Value) -> Result<(), Miss> {
        let mut rest = vec![value];
        while let Some(value) = rest.pop() {
            self.spend(1)?;
            rest.extend(children(value));
        }
        Ok(())
    }
}

/// Follows names and indices.
pub(super) fn plain<'a>(steps: &[Step], document: &'a Value) -> Result<&'a Value, Miss> {
    let mut value = document;
    for (at, step) in steps.iter().enumerate() {
        value = child(&step.selector, value, at, at + 1 == steps.len())?;
    }
    Ok(value)
}

/// The value at a name or an index, or how it is missed.
fn child<'a>(selector: &Selector, value: &'a Value, at: usize, last: bool) -> Result<&'a Value, Miss> {
    match selector {
        Selector::Name(name) => match value {
            Value::Object(fields) => {
                fields.get(&**name).ok_or(if last { Miss::NoResults } else { Miss::NoProperty { at } })
            }
            _ => Err(Miss::NotAnObject { at }),
        },
        Selector::Index(index) => match value {
            Value::Array(elements) => {
                let place = place(*index, elements.len());
                place.and_then(|place| elements.get(place)).ok_or(Miss::PastEnd { at, last })
            }
            _ => Err(Miss::NotAnArray { at }),
        },
        _ => Err(Miss::NoResults),
    }
}

/// Where an index points; negative ones count from the end.
fn place(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(place) => Some(place),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

/// Follows any steps. While the path has led to one value only, `strict` says whether to miss the next is a fault.
pub(super) fn walk<'a>(
    steps: &[Step],
    strict: bool,
    document: &'a Value,
    evaluation: &Evaluation<'_>,
) -> Result<Vec<Cow<'a, Value>>, Miss> {
    let (mut computed, mut at) = match run(steps, 0, strict, document, evaluation)? {
        Run::Done(found) => return Ok(found),
        Run::Computed(value, at) => (value, at),
    };
    // a function's result is nobody's part: what follows is read from it as from a document of its own
    loop {
        let next = match run(steps, at, strict, &computed, evaluation)? {
            Run::Done(found) => {
                return Ok(found.into_iter().map(|value| Cow::Owned(value.into_owned())).collect());
            }
            Run::Computed(value, at) => (value, at),
        };
        (computed, at) = next;
    }
}

enum Run<'a> {
    Done(Vec<Cow<'a, Value>>),
    /// What a function gave, and the step after it.
    Computed(Value, usize),
}

/// Follows steps up to the next function.
fn run<'a>(
    steps: &[Step],
    from: usize,
    strict: bool,
    document: &'a Value,
    evaluation: &Evaluation<'_>,
) -> Result<Run<'a>, Miss> {
    let mut found = vec![document];
    let mut single = true;
    for (at, step) in steps.iter().enumerate().skip(from) {
        evaluation.budget.spend(1)?;
        let last = at + 1 == steps.len();
        match &step.selector {
            Selector::Function(call) => {
                let value = match found.as_slice() {
                    [value] if single => call.evaluate(value, evaluation)?,
                    several => {
                        let mut values = Vec::with_capacity(several.len());
                        for value in several {
                            evaluation.budget.spend_on(value)?;
                            values.push((*value).clone());
                        }
                        call.evaluate(&Value::Array(values), evaluation)?
                    }
                };
                return Ok(Run::Computed(value, at + 1));
            }
            Selector::Names(names) if last => {
                return merged(names, step.descendant, single && strict, at, &found, evaluation)
                    .map(Run::Done);
            }
            selector if single && step.is_plain() => match child(selector, found[0], at, last) {
                Ok(value) => found = vec![value],
                Err(miss) if strict => return Err(miss),
                Err(_) => return Ok(Run::Done(Vec::new())),
            },
            selector => {
                single = false;
                let mut next = Vec::new();
                for value in found {
                    if step.descendant {
                        for value in containers(value) {
                            evaluation.budget.spend(1)?;
                            apply(selector, value, &mut next, evaluation)?;
                        }
                    } else {
                        apply(selector, value, &mut next, evaluation)?;
                    }
                }
                found = next;
            }
        }
    }
    Ok(Run::Done(found.into_iter().map(Cow::Borrowed).collect()))
}

/// What several names at a path's end lead to: json-path makes one object of them, without those that are missing.
fn merged<'a>(
    names: &[Box<str>],
    descendant: bool,
    strict: bool,
    at: usize,
    found: &[&Value],
    evaluation: &Evaluation<'_>,
) -> Result<Vec<Cow<'a, Value>>, Miss> {
    let mut objects = Vec::new();
    let mut merge = |value: &Value| {
        let Value::Object(fields) = value else { return Ok(false) };
        let mut object = serde_json::Map::new();
        for name in names {
            if let Some(value) = fields.get(&**name) {
                evaluation.budget.spend_on(value)?;
                object.insert(name.to_string(), value.clone());
            } else if descendant {
                return Ok(true);
            }
        }
        objects.push(Cow::Owned(Value::Object(object)));
        Ok(true)
    };
    for value in found {
        if descendant {
            for value in containers(value) {
                evaluation.budget.spend(1)?;
                merge(value)?;
            }
        } else if !merge(value)? && strict {
            return Err(Miss::NotAnObject { at });
        }
    }
    Ok(objects)
}

/// Adds what a selector selects of one value.
fn apply<'a>(
    selector: &Selector,
    value: &'a Value,
    found: &mut Vec<&'a Value>,
    evaluation: &Evaluation<'_>,
) -> Result<(), Miss> {
    let before = found.len();
    match (selector, value) {
        (Selector::Name(name), Value::Object(fields)) => found.extend(fields.get(&**name)),
        (Selector::Names(names), Value::Object(fields)) => {
            found.extend(names.iter().filter_map(|name| fields.get(&**name)));
        }
        (Selector::Index(index), Value::Array(elements)) => {
            found.extend(place(*index, elements.len()).and_then(|place| elements.get(place)));
        }
        (Selector::Wildcard, value) => found.extend(children(value)),
        (Selector::Slice { start, end, step }, Value::Array(elements)) => {
            slice(*start, *end, *step, elements, found);
        }
        // an object is itself what a filter looks at, not its fields
        (Selector::Filter(filter), Value::Object(_)) => {
            found.extend(filter.holds(value, evaluation)?.then_some(value));
        }
        (Selector::Filter(filter), Value::Array(elements)) => {
            for element in elements {
                found.extend(filter.holds(element, evaluation)?.then_some(element));
            }
        }
        (Selector::Union(selectors), value) => {
            for selector in selectors {
                apply(selector, value, found, evaluation)?;
            }
        }
        _ => {}
    }
    evaluation.budget.spend(found.len() - before)
}

/// Adds a run of elements. json-path knows no step, and what it makes of a negative end beside a start nobody has
/// recorded: both mean here what they mean elsewhere.
fn slice<'a>(
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
    elements: &'a [Value],
    found: &mut Vec<&'a Value>,
) {
    let length = i64::try_from(elements.len()).unwrap_or(i64::MAX);
    let bound = |number: i64, least: i64, most: i64| {
        let number = if number < 0 { number.saturating_add(length) } else { number };
        number.clamp(least, most)
    };
    let stride = usize::try_from(step.unsigned_abs()).unwrap_or(usize::MAX);
    let range = |from: i64, to: i64| {
        let place = |number: i64| usize::try_from(number).unwrap_or(0);
        elements.get(place(from)..place(to).max(place(from))).unwrap_or_default()
    };
    if step > 0 {
        let from = start.map_or(0, |start| bound(start, 0, length));
        let to = end.map_or(length, |end| bound(end, 0, length));
        found.extend(range(from, to).iter().step_by(stride));
    } else if step < 0 {
        // the last element comes first, the end is still excluded
        let from = start.map_or(length - 1, |start| bound(start, -1, length - 1));
        let to = end.map_or(-1, |end| bound(end, -1, length - 1));
        found.extend(range(to + 1, from + 1).iter().rev().step_by(stride));
    }
}

fn children(value: &Value) -> impl DoubleEndedIterator<Item = &Value> {
    let (elements, fields) = match value {
        Value::Array(elements) => (Some(elements.iter()), None),
        Value::Object(fields) => (None, Some(fields.values())),
        _ => (None, None),
    };
    elements.into_iter().flatten().chain(fields.into_iter().flatten())
}

/// The value and all values inside it that have parts, each before its parts.
fn containers(value: &Value) -> impl Iterator<Item = &Value> {
    let mut rest = vec![value];
    std::iter::from_fn(move || {
        loop {
            let value = rest.pop()?;
            if value.is_array() || value.is_object() {
                rest.extend(children(value).rev());
                return Some(value);
            }
        }
    })
}
