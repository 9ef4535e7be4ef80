//! What has elements, and what is inside of elements.

use super::{Items, binding, only_if, reduce, tree};
use crate::expr::data::{Array, AslData};
use crate::expr::typed::Expr;
use crate::syntax::jsonata::{Expression, Kind};

/// What has elements: a list, an option, an iterator.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot go through `{Self}`",
    label = "a list or an iterator is wanted here"
)]
pub trait Elements {
    /// What one of them is.
    type Item: AslData;

    /// The elements.
    fn into_items(self) -> Items<Self::Item>;
}

impl<T: AslData> Elements for Items<T> {
    type Item = T;

    fn into_items(self) -> Self {
        self
    }
}

impl<T: AslData> Elements for Expr<Vec<T>> {
    type Item = T;

    fn into_items(self) -> Items<T> {
        Items::of_list(self.into_tree())
    }
}

impl<T: AslData> Elements for Expr<Option<T>> {
    type Item = T;

    fn into_items(self) -> Items<T> {
        Items::of_list(binding::bind("value", self.into_tree(), |value| {
            let one = tree::array([value.clone()], T::SHAPE);
            tree::condition(tree::is_present(value), one, tree::flat([]))
        }))
    }
}

/// What `flatten` takes one layer away from.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no elements to go through",
    label = "`flatten` is for lists of lists and of options"
)]
pub trait Nested: AslData + Sized {
    /// What is inside.
    type Item: AslData;

    #[doc(hidden)]
    fn flattened(items: Items<Self>) -> Items<Self::Item>;
}

impl<T: AslData> Nested for Vec<T> {
    type Item = T;

    fn flattened(items: Items<Self>) -> Items<T> {
        items.flat_map(|list| list)
    }
}

impl<T: AslData> Nested for Option<T> {
    type Item = T;

    fn flattened(mut items: Items<Self>) -> Items<T> {
        let bindings = std::mem::take(&mut items.bindings);
        let Items { source, is_loose, item, index, element, .. } = items;
        let (source, is_loose) = if T::SHAPE.array == Array::Never {
            // `$map` leaves out what is missing
            let value = present_or_missing(element);
            let function = binding::closed(["item", "index"], [item, index], value);
            (tree::call("map", [source, function]), true)
        } else {
            let list = binding::placeholder();
            let step = binding::bind("value", element, |value| {
                let kept = tree::variable(&*list);
                let longer = tree::call("append", [kept.clone(), tree::array([value.clone()], T::SHAPE)]);
                tree::condition(tree::is_present(value), longer, kept)
            });
            let source = if is_loose { tree::flat([source]) } else { source };
            (reduce(source, [list, item, index], step), false)
        };
        Items { is_loose, bindings, ..Items::of_list(source) }
    }
}

/// The value, or nothing at all.
fn present_or_missing(value: Expression) -> Expression {
    match value.kind {
        Kind::Condition { condition, then, otherwise: Some(otherwise) }
            if otherwise.kind == Kind::Null
                && !matches!(then.kind, Kind::Condition { .. } | Kind::Block(_)) =>
        {
            let is_certain = tree::is_never_missing(&then) || tree::is_tested(&condition, &then);
            let test = if is_certain {
                *condition
            } else {
                tree::and(*condition, tree::is_present((*then).clone()))
            };
            only_if(test, *then)
        }
        kind => {
            binding::bind("value", tree::node(kind), |value| only_if(tree::is_present(value.clone()), value))
        }
    }
}
