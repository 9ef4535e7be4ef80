//! What the elements of an iterator are collected to.

use super::data::{AslData, Shape};
use super::items::Items;
use super::tree;
use super::typed::Expr;
use crate::syntax::jsonata::Expression;

/// What elements can be collected to.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot collect `{T}` to `{Self}`",
    label = "elements become a `Vec`, a map with texts as keys, or a text"
)]
pub trait Collection<T: AslData>: AslData {
    #[doc(hidden)]
    fn collected(items: Items<T>) -> Expression;
}

impl<T: AslData> Collection<T> for Vec<T> {
    fn collected(items: Items<T>) -> Expression {
        items.finish_list(|list| list)
    }
}

impl Collection<Self> for String {
    fn collected(items: Items<Self>) -> Expression {
        items.finish_list(|list| tree::call("join", [list]))
    }
}

impl Collection<char> for String {
    fn collected(items: Items<char>) -> Expression {
        items.finish_list(|list| tree::call("join", [list]))
    }
}

impl<V: AslData> Collection<(String, V)> for std::collections::BTreeMap<String, V> {
    fn collected(items: Items<(String, V)>) -> Expression {
        let entry = |pair: Expression| {
            let [key, value] = [0.0, 1.0].map(|place| tree::element(&pair, tree::number(place)));
            tree::entry(key, value)
        };
        let objects: Items<Entry> = items.map(|pair| Expr::from_tree(entry(pair.into_tree())));
        objects.finish_list(|list| tree::call("merge", [list]))
    }
}

/// An object of one field.
struct Entry;

impl AslData for Entry {
    type Data = Self;
    type Fields = ();
    const SHAPE: Shape = Shape::PLAIN;

    fn fields(_: &Expression) {}

    fn literal(&self) -> Expression {
        tree::empty_object()
    }
}
