//! Trees as JSON: an object of a tree becomes an object of the definition, as a person would write it.

use serde_json::{Number, Value};

use super::variables::Variables;
use crate::model::{Dynamic, JsonObject, Jsonata, ValueOrPath};
use crate::syntax::jsonata::{Expression, Item, Kind, Pair};

/// The largest whole number that a double holds without doubt.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

impl Variables {
    /// A value of a payload.
    pub(super) fn payload(&self, value: &Expression) -> Value {
        json(&self.written(value))
    }

    /// An expression, with its delimiters.
    pub(super) fn expression(&self, value: &Expression) -> Jsonata {
        Jsonata::new(self.written(value).to_string())
    }

    /// A text or an expression.
    pub(super) fn text(&self, value: &Expression) -> Dynamic<String> {
        match self.payload(value) {
            Value::String(text) => Dynamic::from(text),
            _ => Dynamic::Expression(self.expression(value)),
        }
    }

    /// A whole number or an expression.
    pub(super) fn whole(&self, value: &Expression) -> Dynamic<i64> {
        match self.payload(value).as_i64() {
            Some(number) => Dynamic::Literal(number),
            None => Dynamic::Expression(self.expression(value)),
        }
    }

    pub(super) fn whole_or_path(&self, value: &Expression) -> ValueOrPath<i64> {
        ValueOrPath::Value(self.whole(value))
    }

    /// A number or an expression.
    pub(super) fn number_or_path(&self, value: &Expression) -> ValueOrPath<Number> {
        ValueOrPath::Value(match self.payload(value) {
            Value::Number(number) => Dynamic::Literal(number),
            _ => Dynamic::Expression(self.expression(value)),
        })
    }
}

/// `null` as an output of its own; some tools take a bare JSON null for an absent field.
pub(super) fn output(value: Value) -> Value {
    if value.is_null() { Value::String("{% null %}".to_owned()) } else { value }
}

fn json(value: &Expression) -> Value {
    let as_expression = || Value::String(Jsonata::new(value.to_string()).as_str().to_owned());
    match &value.kind {
        Kind::Null => Value::Null,
        Kind::Boolean(boolean) => Value::Bool(*boolean),
        Kind::Number(number) => number_of(*number).map_or_else(as_expression, Value::Number),
        Kind::Negate(inner) => match &inner.kind {
            Kind::Number(number) => number_of(-*number).map_or_else(as_expression, Value::Number),
            _ => as_expression(),
        },
        Kind::String(text) if text.starts_with("{%") || text.ends_with("%}") => as_expression(),
        Kind::String(text) => Value::String(text.clone()),
        Kind::Object(pairs) => object(pairs).map_or_else(as_expression, Value::Object),
        Kind::Array(items) => array(items).map_or_else(as_expression, Value::Array),
        // parentheses around an object say that it is to be one expression
        Kind::Block(parts) => match parts.as_slice() {
            [inner] if matches!(inner.kind, Kind::Object(_)) => {
                Value::String(Jsonata::new(inner.to_string()).as_str().to_owned())
            }
            _ => as_expression(),
        },
        _ => as_expression(),
    }
}

fn number_of(number: f64) -> Option<Number> {
    #[expect(clippy::cast_possible_truncation, reason = "a whole number within the range of exact doubles")]
    if number.fract() == 0.0 && number.abs() <= LARGEST_WHOLE && !(number == 0.0 && number.is_sign_negative())
    {
        Some(Number::from(number as i64))
    } else {
        Number::from_f64(number)
    }
}

fn object(pairs: &[Pair]) -> Option<JsonObject> {
    let mut object = JsonObject::new();
    for pair in pairs {
        let Kind::String(key) = &pair.key.kind else { return None };
        if object.insert(key.clone(), json(&pair.value)).is_some() {
            return None;
        }
    }
    Some(object)
}

/// An array of JSON: only of what an array of JSONata keeps as one element, for that takes others' elements in.
fn array(items: &[Item]) -> Option<Vec<Value>> {
    items
        .iter()
        .map(|item| match item {
            Item::Value(value) if is_one_element(value) => Some(json(value)),
            Item::Value(_) | Item::Range { .. } => None,
        })
        .collect()
}

fn is_one_element(value: &Expression) -> bool {
    match &value.kind {
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Negate(_)
        | Kind::Array(_) => true,
        Kind::Object(pairs) => pairs.iter().all(|pair| matches!(pair.key.kind, Kind::String(_))),
        _ => false,
    }
}
