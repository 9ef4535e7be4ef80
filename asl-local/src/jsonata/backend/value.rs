//! A value as the evaluator's crate holds it.

use indexmap::IndexMap;
use jsonata_core::value::{JArray, JValue, with_stack};
use serde_json::{Map, Value};

use crate::data;
use crate::jsonata::limits::{DEEPEST_RESULT, SCALAR_BYTES, VALUE_BYTES};
use crate::jsonata::number;

/// A value as the evaluator's crate holds it; cheap to copy.
#[derive(Clone)]
pub(crate) struct Native(pub(super) JValue);

/// What a step of a path finds.
pub(crate) enum Step<T> {
    /// The field's value.
    Found(T),
    /// No object, or one without the field.
    Missing,
    /// An array: the step goes to each of its elements.
    Each,
}

/// Why a value cannot leave an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// It is a function, or holds one.
    #[error("the result is a function, or holds one")]
    Function,
    /// It takes more than [`VALUE_BYTES`].
    #[error("the result takes more than {VALUE_BYTES} bytes")]
    TooLarge,
    /// It is nested deeper than [`DEEPEST_RESULT`].
    #[error("the result is nested deeper than {DEEPEST_RESULT} levels")]
    TooDeep,
}

impl Native {
    pub(crate) fn null() -> Self {
        Self(JValue::Null)
    }

    /// From JSON, and whether it prints back the same.
    pub(crate) fn from_json(value: &Value) -> (Self, bool) {
        let mut is_plain = true;
        let native = from_json(value, &mut is_plain);
        (Self(native), is_plain)
    }

    pub(crate) fn to_json(&self) -> Value {
        to_json(&self.0)
    }

    /// The length of the JSON text, without making either.
    pub(crate) fn text_size(&self) -> usize {
        text_size(&self.0)
    }

    pub(crate) fn array(elements: Vec<Self>) -> Self {
        Self(JValue::array(elements.into_iter().map(|element| element.0).collect()))
    }

    pub(crate) fn object(fields: impl Iterator<Item = (String, Self)>) -> Self {
        Self(JValue::object(fields.map(|(name, value)| (name, value.0)).collect()))
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        self.0.as_bool()
    }

    /// The value of a field, if this is an object that has it.
    pub(crate) fn member(&self, name: &str) -> Option<Self> {
        self.0.get(name).cloned().map(Self)
    }

    /// The elements, if this is an array.
    pub(crate) fn elements(&self) -> Option<impl Iterator<Item = Self>> {
        Some(self.0.as_array()?.iter().cloned().map(Self))
    }

    /// What a step of a path by this name finds.
    pub(crate) fn step(&self, name: &str) -> Step<Self> {
        match &self.0 {
            JValue::Object(fields) => {
                fields.get(name).map_or(Step::Missing, |value| Step::Found(Self(value.clone())))
            }
            JValue::Array(_) => Step::Each,
            _ => Step::Missing,
        }
    }

    /// The value as it leaves an expression, to be data like any other: no function in it, of bounded size, numbers
    /// that are none as text, and arrays without the marks of how they were made. With its mark an array that a path
    /// has gathered, or that was written out, would behave otherwise in the next expression than the same JSON.
    pub(crate) fn settled(self) -> Result<Self, Refusal> {
        let mut survey = Survey { bytes: 0, is_settled: true };
        survey.look_at(&self.0, 0)?;
        Ok(if survey.is_settled { self } else { settle(&self.0).map_or(self, Self) })
    }
}

fn from_json(value: &Value, is_plain: &mut bool) -> JValue {
    match value {
        Value::Null => JValue::Null,
        Value::Bool(boolean) => JValue::Bool(*boolean),
        Value::Number(number) => {
            let (double, plain) = number::from_json(number);
            *is_plain &= plain;
            JValue::Number(double)
        }
        Value::String(text) => JValue::string(text.as_str()),
        Value::Array(elements) => with_stack(|| {
            let is_flat = !elements.iter().any(Value::is_array);
            let elements = elements.iter().map(|element| from_json(element, is_plain)).collect();
            JValue::Array(JArray::new_flat(elements, is_flat))
        }),
        Value::Object(fields) => with_stack(|| {
            let mut object = IndexMap::with_capacity(fields.len());
            for (name, value) in fields {
                object.insert(name.clone(), from_json(value, is_plain));
            }
            JValue::object(object)
        }),
    }
}

fn to_json(value: &JValue) -> Value {
    match value {
        JValue::Bool(boolean) => Value::Bool(*boolean),
        JValue::Number(number) => number::to_json(*number),
        JValue::String(text) => Value::from(&**text),
        JValue::Array(elements) => with_stack(|| elements.iter().map(to_json).collect()),
        JValue::Object(fields) => with_stack(|| {
            let fields = fields.iter().map(|(name, value)| (name.clone(), to_json(value)));
            Value::Object(fields.collect::<Map<_, _>>())
        }),
        // of these only null can be in data: the others do not leave an expression
        JValue::Null
        | JValue::Undefined
        | JValue::Lambda(_)
        | JValue::Builtin { .. }
        | JValue::Regex { .. } => Value::Null,
    }
}

fn text_size(value: &JValue) -> usize {
    match value {
        JValue::Number(number) => data::text_size(&number::to_json(*number)),
        JValue::Bool(boolean) => data::text_size(&Value::Bool(*boolean)),
        JValue::String(text) => data::quoted_size(text),
        JValue::Array(elements) => {
            with_stack(|| data::around(elements.len()) + elements.iter().map(text_size).sum::<usize>())
        }
        JValue::Object(fields) => with_stack(|| {
            let field = |(name, value): (&String, &JValue)| data::quoted_size(name) + 1 + text_size(value);
            data::around(fields.len()) + fields.iter().map(field).sum::<usize>()
        }),
        // `null`, as in `to_json`
        JValue::Null
        | JValue::Undefined
        | JValue::Lambda(_)
        | JValue::Builtin { .. }
        | JValue::Regex { .. } => 4,
    }
}

/// What is found out about a result.
struct Survey {
    bytes: usize,
    is_settled: bool,
}

impl Survey {
    /// Goes over the value, and gives up as soon as it is refused. One part that stands at many places counts at each,
    /// as it does when the value is written out.
    fn look_at(&mut self, value: &JValue, depth: usize) -> Result<(), Refusal> {
        match value {
            JValue::Null | JValue::Bool(_) => self.add(SCALAR_BYTES),
            JValue::Number(number) => {
                self.is_settled &= number.is_finite();
                self.add(SCALAR_BYTES)
            }
            JValue::String(text) => self.add(text.len()),
            JValue::Undefined => {
                self.is_settled = false;
                Ok(())
            }
            JValue::Lambda(_) | JValue::Builtin { .. } | JValue::Regex { .. } => Err(Refusal::Function),
            JValue::Array(_) | JValue::Object(_) if depth >= DEEPEST_RESULT => Err(Refusal::TooDeep),
            JValue::Array(elements) => {
                self.is_settled &= !is_marked(elements);
                with_stack(|| elements.iter().try_for_each(|element| self.look_at(element, depth + 1)))
            }
            JValue::Object(fields) => with_stack(|| {
                fields.iter().try_for_each(|(name, value)| {
                    self.add(name.len())?;
                    self.look_at(value, depth + 1)
                })
            }),
        }
    }

    fn add(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > VALUE_BYTES { Err(Refusal::TooLarge) } else { Ok(()) }
    }
}

/// Whether a value would take more bytes than these when it is written out. What is nested deeper than a result may be
/// is not looked at, so that a long chain is not gone through for each of its links.
pub(super) fn is_larger(value: &JValue, bytes: usize) -> bool {
    /// What is left of the bytes; nothing when they are used up.
    fn spend(value: &JValue, left: usize, depth: usize) -> Option<usize> {
        match value {
            JValue::String(text) => left.checked_sub(text.len()),
            JValue::Array(elements) if depth < DEEPEST_RESULT => {
                with_stack(|| elements.iter().try_fold(left, |left, element| spend(element, left, depth + 1)))
            }
            JValue::Object(fields) if depth < DEEPEST_RESULT => with_stack(|| {
                fields.iter().try_fold(left, |left, (name, value)| {
                    spend(value, left.checked_sub(name.len())?, depth + 1)
                })
            }),
            _ => left.checked_sub(SCALAR_BYTES),
        }
    }
    spend(value, bytes, 0).is_none()
}

fn is_marked(array: &JArray) -> bool {
    array.sequence || array.cons || array.keep_singleton || array.outer_wrapper || array.sorted_tuples
}

/// What has to be put in place of the value, if anything. A value that is missing leaves its field out, as JavaScript
/// writes JSON, and is null in an array.
fn settle(value: &JValue) -> Option<JValue> {
    match value {
        JValue::Number(number) if !number.is_finite() => Some(match number::to_json(*number) {
            Value::String(name) => JValue::from(name),
            _ => JValue::Null,
        }),
        JValue::Undefined => Some(JValue::Null),
        JValue::Array(array) => with_stack(|| {
            let changed: Vec<_> = array.iter().map(settle).collect();
            if changed.iter().any(Option::is_some) {
                let both = changed.into_iter().zip(array.iter());
                return Some(JValue::array(
                    both.map(|(new, old)| new.unwrap_or_else(|| old.clone())).collect(),
                ));
            }
            is_marked(array).then(|| {
                let mut array = array.clone();
                array.sequence = false;
                array.cons = false;
                array.keep_singleton = false;
                array.outer_wrapper = false;
                array.sorted_tuples = false;
                JValue::Array(array)
            })
        }),
        JValue::Object(fields) => with_stack(|| {
            let changed: Vec<_> = fields.values().map(settle).collect();
            changed.iter().any(Option::is_some).then(|| {
                let there = fields.iter().zip(changed).filter(|((_, old), _)| !old.is_undefined());
                JValue::object(
                    there
                        .map(|((name, old), new)| (name.clone(), new.unwrap_or_else(|| old.clone())))
                        .collect(),
                )
            })
        }),
        _ => None,
    }
}
