//! Maps with texts as keys.
//!
//! Their elements come in the order of the keys, as those of a [`BTreeMap`] do.

use std::collections::{BTreeMap, HashSet};

use super::data::AslData;
use super::items::Items;
use super::typed::Expr;
use super::{binding, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression, Kind, Pair};

/// The value of a key; missing if there is none.
pub(super) fn value(map: &Expression, key: Expression) -> Expression {
    match key.kind {
        Kind::String(key) => tree::field(map, &key),
        kind => tree::call("lookup", [map.clone(), tree::node(kind)]),
    }
}

/// A map of these keys and values; of two with the same key the last one counts.
///
/// ```
/// # use asl_core::expr::{Expr, lit, map, text};
/// let counts: Expr<std::collections::BTreeMap<String, u32>> = map([(text("a"), lit(1))]);
/// assert_eq!(counts.to_jsonata(), "{'a': 1}");
/// ```
#[must_use]
pub fn map<V: AslData, const N: usize>(entries: [(Expr<String>, Expr<V>); N]) -> Expr<BTreeMap<String, V>> {
    Expr::from_tree(object(entries.map(|(key, value)| (key.into_tree(), value.into_value()))))
}

pub(super) fn object<const N: usize>(entries: [(Expression, Expression); N]) -> Expression {
    let entries = entries.map(|(key, value)| Pair { key, value });
    let names: HashSet<&str> = entries
        .iter()
        .filter_map(|entry| match &entry.key.kind {
            Kind::String(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    // an object that is written out has no key twice
    if N == 1 || names.len() == N {
        return tree::node(Kind::Object(entries.into()));
    }
    tree::merge(entries.map(|entry| tree::entry(entry.key, entry.value)))
}

/// An object with those of its keys that pass a test.
pub(super) fn sifted(object: &Expression, test: impl FnOnce(Expression) -> Expression) -> Expression {
    let test = binding::lambda(["value", "key"], |[_, key]| test(key));
    // `$sift` gives nothing if it keeps nothing
    tree::merge([tree::call("sift", [object.clone(), test])])
}

impl<V: AslData> Expr<BTreeMap<String, V>> {
    fn sorted_keys(&self) -> Expression {
        tree::flat([tree::call("sort", [tree::call("keys", [self.tree().clone()])])])
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: Expr<String>) -> Expr<Option<V>> {
        Expr::from_tree(value(self.tree(), key.into_tree()))
    }

    /// Without a key.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_without(&self, key: &Expr<String>) -> Self {
        let key = key.clone().into_tree();
        Self::from_tree(sifted(self.tree(), |other| tree::binary(BinaryOperator::NotEqual, other, key)))
    }

    /// With a key, or with another value for it.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_with(&self, key: &Expr<String>, value: Expr<V>) -> Self {
        let entry = tree::entry(key.clone().into_tree(), value.into_value());
        Self::from_tree(tree::merge([self.tree().clone(), entry]))
    }

    /// With the keys of another map.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_merged(&self, other: &Self) -> Self {
        Self::from_tree(tree::merge([self.tree().clone(), other.tree().clone()]))
    }

    /// Whether it has a key.
    #[must_use]
    pub fn contains_key(&self, key: Expr<String>) -> Expr<bool> {
        Expr::from_tree(tree::call("exists", [value(self.tree(), key.into_tree())]))
    }

    /// How many keys it has.
    #[must_use]
    pub fn len(&self) -> Expr<usize> {
        Expr::from_tree(tree::call("count", [tree::call("keys", [self.tree().clone()])]))
    }

    /// Whether it has no key.
    #[must_use]
    pub fn is_empty(&self) -> Expr<bool> {
        Expr::from_tree(tree::equal(self.len().into_tree(), tree::number(0.0)))
    }

    /// The keys.
    #[must_use]
    pub fn keys(&self) -> Items<String> {
        Items::of_list(self.sorted_keys())
    }

    /// The values.
    #[must_use]
    pub fn values(&self) -> Items<V> {
        Items::made_of(self.sorted_keys(), |key| value(self.tree(), key))
    }

    /// Keys and values.
    #[must_use]
    pub fn iter(&self) -> Items<(String, V)> {
        Items::made_of(self.sorted_keys(), |key| {
            let value = Expr::<V>::from_tree(value(self.tree(), key.clone()));
            super::tuple((Expr::<String>::from_tree(key), value)).into_tree()
        })
    }

    /// Keys and values.
    #[must_use]
    pub fn into_iter(&self) -> Items<(String, V)> {
        self.iter()
    }
}

/// What can be looked up in what with `value[key]`.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot look up `{Key}` in `{Self}`",
    label = "no such index",
    note = "a list has `usize` as index, a map and a `serde_json::Value` have texts",
    note = "for a part of a list write `list.iter().skip(from).take(count).collect::<Vec<_>>()`"
)]
pub trait Lookup<Key: AslData>: AslData + Sized {
    /// What is found.
    type Output: AslData;

    #[doc(hidden)]
    fn look_up(container: &Expression, key: Expression) -> Expression;
}

impl<T: AslData> Lookup<usize> for Vec<T> {
    type Output = T;

    fn look_up(container: &Expression, key: Expression) -> Expression {
        tree::element(container, key)
    }
}

impl<V: AslData> Lookup<String> for BTreeMap<String, V> {
    type Output = V;

    fn look_up(container: &Expression, key: Expression) -> Expression {
        value(container, key)
    }
}

impl Lookup<String> for serde_json::Value {
    type Output = Self;

    fn look_up(container: &Expression, key: Expression) -> Expression {
        in_json(container, "object", |object| value(object, key))
    }
}

impl Lookup<usize> for serde_json::Value {
    type Output = Self;

    fn look_up(container: &Expression, key: Expression) -> Expression {
        in_json(container, "array", |array| tree::element(array, key))
    }
}

/// What is found in JSON of unknown type, or null: JSONata would go through an array for a key, and take a single
/// value for an array.
pub(super) fn in_json(
    json: &Expression,
    type_name: &str,
    find: impl FnOnce(&Expression) -> Expression,
) -> Expression {
    binding::bind("json", json.clone(), |json| {
        let is_type = tree::equal(tree::call("type", [json.clone()]), tree::string(type_name));
        let found = find(&json);
        tree::condition(tree::and(is_type, tree::is_present(found.clone())), found, tree::null())
    })
}

/// `container[key]`. What Rust panics for is missing here, which the service fails on when it is stored.
#[must_use]
pub fn index<C: Lookup<K>, K: AslData>(container: Expr<C>, key: Expr<K>) -> Expr<C::Output> {
    Expr::from_tree(C::look_up(container.tree(), key.into_tree()))
}
