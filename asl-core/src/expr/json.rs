//! [`serde_json::Value`]: data whose shape is found out when the workflow runs.

use std::collections::BTreeMap;

use serde_json::Value;

use super::data::{AslData, Shape};
use super::typed::Expr;
use super::{binding, map, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression};

/// Any data as JSON: `Value::from(value)`.
#[must_use]
pub fn json<T: AslData>(value: Expr<T>) -> Expr<Value> {
    json_part(value).into_expr()
}

/// A part of what `json!` writes. What it is an array of matters where it stands in another.
#[derive(Debug, Clone)]
pub struct JsonPart {
    tree: Expression,
    shape: Shape,
}

impl JsonPart {
    /// The whole.
    #[must_use]
    pub fn into_expr(self) -> Expr<Value> {
        Expr::from_tree(self.tree)
    }
}

/// A value in `json!`.
#[must_use]
pub fn json_part<T: AslData>(value: Expr<T>) -> JsonPart {
    JsonPart { tree: value.into_value(), shape: T::SHAPE }
}

/// `[…]` in `json!`.
#[must_use]
pub fn json_array<const N: usize>(elements: [JsonPart; N]) -> JsonPart {
    let tree = super::types::elements(elements.map(|part| (part.tree, part.shape)));
    JsonPart { tree, shape: Shape::ARRAY }
}

/// `{…}` in `json!`. Of two with the same key the last one counts.
///
/// ```
/// # use asl_core::expr::{Expr, json_array, json_object, json_part, text, variable};
/// let tags: Expr<Vec<String>> = variable("tags");
/// let list = json_array([json_part(tags.clone()), json_part(tags.len())]);
/// let object = json_object([(text("list"), list)]).into_expr();
/// assert_eq!(object.to_jsonata(), "{'list': [[$tags], $count($tags)]}");
/// ```
#[must_use]
pub fn json_object<const N: usize>(entries: [(Expr<String>, JsonPart); N]) -> JsonPart {
    let tree = map::object(entries.map(|(key, part)| (key.into_tree(), part.tree)));
    JsonPart { tree, shape: Shape::PLAIN }
}

impl Expr<Value> {
    fn typed<T: AslData>(&self, name: &str, more: impl FnOnce(Expression) -> Expression) -> Expr<Option<T>> {
        Expr::from_tree(binding::bind("value", self.tree().clone(), |value| {
            let is_type = tree::equal(tree::call("type", [value.clone()]), tree::string(name));
            tree::condition(tree::and(is_type, more(value.clone())), value, tree::null())
        }))
    }

    fn is_type(&self, name: &str) -> Expr<bool> {
        Expr::from_tree(tree::equal(tree::call("type", [self.tree().clone()]), tree::string(name)))
    }

    /// The text that it is.
    #[must_use]
    pub fn as_str(&self) -> Expr<Option<String>> {
        self.typed("string", |_| tree::boolean(true))
    }

    /// The boolean that it is.
    #[must_use]
    pub fn as_bool(&self) -> Expr<Option<bool>> {
        self.typed("boolean", |_| tree::boolean(true))
    }

    /// The number that it is.
    #[must_use]
    pub fn as_f64(&self) -> Expr<Option<f64>> {
        self.typed("number", |_| tree::boolean(true))
    }

    /// The integer that it is. `1.0` counts: JSONata does not tell it from `1`.
    #[must_use]
    pub fn as_i64(&self) -> Expr<Option<i64>> {
        self.typed("number", is_integer)
    }

    /// The integer that it is, if it is not negative.
    #[must_use]
    pub fn as_u64(&self) -> Expr<Option<u64>> {
        self.typed("number", |value| {
            let at_least = tree::binary(BinaryOperator::AtLeast, value.clone(), tree::number(0.0));
            tree::and(is_integer(value), at_least)
        })
    }

    /// The list that it is.
    #[must_use]
    pub fn as_array(&self) -> Expr<Option<Vec<Value>>> {
        self.typed("array", |_| tree::boolean(true))
    }

    /// The object that it is.
    #[must_use]
    pub fn as_object(&self) -> Expr<Option<BTreeMap<String, Value>>> {
        self.typed("object", |_| tree::boolean(true))
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> Expr<bool> {
        Expr::from_tree(tree::not(tree::is_present(self.tree().clone())))
    }

    /// Whether it is a text.
    #[must_use]
    pub fn is_string(&self) -> Expr<bool> {
        self.is_type("string")
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_number(&self) -> Expr<bool> {
        self.is_type("number")
    }

    /// Whether it is a boolean.
    #[must_use]
    pub fn is_boolean(&self) -> Expr<bool> {
        self.is_type("boolean")
    }

    /// Whether it is a list.
    #[must_use]
    pub fn is_array(&self) -> Expr<bool> {
        self.is_type("array")
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(&self) -> Expr<bool> {
        self.is_type("object")
    }

    /// With a key, or with another value for it; of null an object is made, as in Rust.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_with(&self, key: &Expr<String>, value: Self) -> Self {
        let json = self.tree().clone();
        let object = tree::condition(tree::is_present(json.clone()), json, tree::empty_object());
        let entry = tree::entry(key.clone().into_tree(), value.into_value());
        Self::from_tree(tree::merge([object, entry]))
    }

    /// The value of a key, if it is an object that has it. A null is none here, as everywhere in data, where in Rust it is
    /// `Some(Value::Null)`.
    #[must_use]
    pub fn get(&self, key: Expr<String>) -> Expr<Option<Value>> {
        Expr::from_tree(map::in_json(self.tree(), "object", |object| map::value(object, key.into_tree())))
    }
}

fn is_integer(value: Expression) -> Expression {
    tree::equal(tree::binary(BinaryOperator::Remainder, value, tree::number(1.0)), tree::number(0.0))
}
