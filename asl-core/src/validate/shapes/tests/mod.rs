mod laws;
mod endings;
mod recorded;

use crate::model::Value;

use super::literals::Literals;
use super::shape::{Array, Shape};

impl Shape {
    /// Whether a value is one of those that the shape stands for.
    pub(super) fn admits(&self, value: &Value) -> bool {
        let Some(types) = self.types() else { return true };
        match value {
            Value::Null => types.null,
            Value::Bool(flag) => types.boolean.may_be(|known| known == flag),
            Value::Number(number) => {
                let number = number.as_f64().unwrap();
                types.number.may_be(|known| known.value().total_cmp(&(number + 0.0)).is_eq())
            }
            Value::String(text) => types.string.may_be(|known| **known == **text),
            Value::Array(elements) => match &types.array {
                None => false,
                Some(Array::Each { element: each, length }) => {
                    length.is_none_or(|length| length == elements.len() as u64)
                        && elements.iter().all(|element| each.admits(element))
                }
                Some(Array::Known(known)) => {
                    known.len() == elements.len()
                        && known.iter().zip(elements).all(|(shape, element)| shape.admits(element))
                }
            },
            Value::Object(fields) => types.object.as_ref().is_some_and(|object| {
                let known = object.fields.iter().all(|(name, field)| match fields.get(&**name) {
                    Some(value) => field.shape.admits(value),
                    None => !field.always,
                });
                known && (object.open || fields.keys().all(|name| object.field(name).is_some()))
            }),
        }
    }
}

/// The shape of a value that a state `S` has built.
fn exact(text: &str) -> Shape {
    Shape::exact(&serde_json::from_str(text).unwrap(), &"S".into())
}

#[test]
fn long_strings_and_wide_or_deep_values_are_known_by_type_only() {
    let types = |value: &Value| Shape::exact(value, &"S".into()).types().unwrap().clone();
    assert_eq!(types(&"x".repeat(300).into()).string, Literals::Any);
    assert_eq!(
        types(&vec![1; 65].into()).array,
        Some(Array::Each { element: Shape::UNKNOWN, length: Some(65) })
    );
    let wide: serde_json::Map<String, Value> = (0..65).map(|n| (format!("f{n}"), n.into())).collect();
    let object = types(&wide.into()).object.unwrap();
    assert!(object.open && object.fields.is_empty());
    let deep = (0..40).fold(Value::Null, |inside, _| Value::Array(vec![inside]));
    assert!(Shape::exact(&deep, &"S".into()).depth() <= super::shape::MAX_DEPTH);
}
