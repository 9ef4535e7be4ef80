//! Lists: the methods of [`Vec`], of slices and of arrays.

use super::data::AslData;
use super::items::{Elements, Items};
use super::number::{Number, arithmetic};
use super::typed::Expr;
use super::unsupported::ChangedInPlace;
use super::{binding, tree};
use crate::syntax::jsonata::BinaryOperator;

/// `vec![a, b]`, `[a, b]`: a list of these elements.
///
/// ```
/// # use asl_core::expr::{Expr, list, lit, variable};
/// let (a, b): (Expr<Vec<u32>>, Expr<Vec<u32>>) = (variable("a"), variable("b"));
/// assert_eq!(list([lit(1), lit(2)]).to_jsonata(), "[1, 2]");
/// assert_eq!(list([a, b]).to_jsonata(), "[[$a], [$b]]"); // `[$a, $b]` would join them
/// ```
#[must_use]
pub fn list<T: AslData, const N: usize>(elements: [Expr<T>; N]) -> Expr<Vec<T>> {
    Expr::from_tree(tree::array(elements.map(Expr::into_value), T::SHAPE))
}

/// `first..end`, the end not included.
///
/// ```
/// # use asl_core::expr::{lit, range};
/// assert_eq!(range(lit(0), lit(3)).count().to_jsonata(), "$count([0..2])");
/// ```
#[must_use]
pub fn range<T: Number>(first: Expr<T>, end: Expr<T>) -> Items<T> {
    let last = match end.into_tree() {
        end if matches!(end.kind, crate::syntax::jsonata::Kind::Number(number) if number >= 1.0) => {
            let crate::syntax::jsonata::Kind::Number(number) = end.kind else { return Items::of_list(end) };
            tree::number(number - 1.0)
        }
        end => arithmetic(BinaryOperator::Subtract, end, tree::number(1.0)),
    };
    Items::of_list(tree::range(first.into_tree(), last))
}

/// `first..=last`.
#[must_use]
pub fn range_inclusive<T: Number>(first: Expr<T>, last: Expr<T>) -> Items<T> {
    Items::of_list(tree::range(first.into_tree(), last.into_tree()))
}

impl<T: AslData> Expr<Vec<T>> {
    /// How many elements it has.
    #[must_use]
    pub fn len(&self) -> Expr<usize> {
        Expr::from_tree(tree::call("count", [self.tree().clone()]))
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> Expr<bool> {
        Expr::from_tree(tree::equal(self.len().into_tree(), tree::number(0.0)))
    }

    /// The elements, one after the other.
    #[must_use]
    pub fn iter(&self) -> Items<T> {
        self.clone().into_items()
    }

    /// The elements, one after the other.
    #[must_use]
    pub fn into_iter(&self) -> Items<T> {
        self.iter()
    }

    /// The first element.
    #[must_use]
    pub fn first(&self) -> Expr<Option<T>> {
        Expr::from_tree(tree::element(self.tree(), tree::number(0.0)))
    }

    /// The last element.
    #[must_use]
    pub fn last(&self) -> Expr<Option<T>> {
        Expr::from_tree(tree::element(self.tree(), tree::number(-1.0)))
    }

    /// The first element, of a `VecDeque`.
    #[must_use]
    pub fn front(&self) -> Expr<Option<T>> {
        self.first()
    }

    /// The last element, of a `VecDeque`.
    #[must_use]
    pub fn back(&self) -> Expr<Option<T>> {
        self.last()
    }

    /// The element at an index.
    #[must_use]
    pub fn get(&self, index: Expr<usize>) -> Expr<Option<T>> {
        Expr::from_tree(tree::element(self.tree(), index.into_tree()))
    }

    /// Whether an element equals a value.
    #[must_use]
    pub fn contains<U: AslData>(&self, value: Expr<U>) -> Expr<bool>
    where
        T: PartialEq<U>,
    {
        if T::SHAPE.is_scalar {
            return Expr::from_tree(tree::binary(BinaryOperator::In, value.into_tree(), self.tree().clone()));
        }
        // `in` knows objects and arrays only if they are the very same
        Expr::from_tree(binding::bind("wanted", value.into_value(), |value| {
            self.iter().any(|item| super::eq(item, Expr::<U>::from_tree(value))).into_tree()
        }))
    }

    /// Its elements in lists of a size, the last one shorter if they do not fit.
    #[must_use]
    pub fn chunks(&self, size: Expr<usize>) -> Items<Vec<T>> {
        // of an empty list `$partition` gives nothing
        Items::of_list(tree::flat([tree::call("partition", [self.tree().clone(), size.into_tree()])]))
    }

    /// What a slice pattern binds at a place, counted from the end if it is negative.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_at(&self, place: i32) -> Expr<T> {
        Expr::from_tree(tree::element(self.tree(), tree::number(f64::from(place))))
    }

    /// What `rest @ ..` binds: all without some at the start and at the end.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_between(&self, before: u32, after: u32) -> Self {
        let count = |count: u32| super::lit(count as usize);
        match (before, after) {
            (_, 0) => self.iter().skip(count(before)).collect(),
            (0, _) => self.iter().take(super::sub(self.len(), count(after))).collect(),
            _ => self.iter().take(super::sub(self.len(), count(after))).skip(count(before)).collect(),
        }
    }

    /// With others in the place of so many elements from an index on.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_spliced<const N: usize>(
        &self,
        index: &Expr<usize>,
        count: usize,
        others: [Expr<T>; N],
    ) -> Self {
        let behind = if count == 0 { index.clone() } else { super::add(index.clone(), super::lit(count)) };
        let (before, behind) = (self.iter().take(index.clone()), self.iter().skip(behind));
        if N == 0 {
            before.chain(behind).collect()
        } else {
            before.chain(list(others)).chain(behind).collect()
        }
    }

    /// Not in a workflow: nothing is changed in place.
    pub fn push(&self, _: Expr<T>)
    where
        T: ChangedInPlace,
    {
    }

    /// Not in a workflow: nothing is changed in place.
    pub fn sort(&self)
    where
        T: ChangedInPlace,
    {
    }

    /// Not in a workflow: nothing is changed in place.
    pub fn extend<U>(&self, _: U)
    where
        T: ChangedInPlace,
    {
    }

    /// Not in a workflow: nothing is changed in place.
    #[must_use]
    pub fn pop(&self) -> Expr<Option<T>>
    where
        T: ChangedInPlace,
    {
        self.last()
    }
}

impl Expr<Vec<String>> {
    /// The texts with a text between them.
    #[must_use]
    pub fn join(&self, separator: Expr<String>) -> Expr<String> {
        Expr::from_tree(tree::call("join", [self.tree().clone(), separator.into_tree()]))
    }

    /// The texts, one after the other.
    #[must_use]
    pub fn concat(&self) -> Expr<String> {
        Expr::from_tree(tree::call("join", [self.tree().clone()]))
    }
}

impl<T: AslData> Expr<Vec<Vec<T>>> {
    /// The elements of the lists, in one list.
    #[must_use]
    pub fn concat(&self) -> Expr<Vec<T>> {
        self.iter().flatten().collect()
    }
}
