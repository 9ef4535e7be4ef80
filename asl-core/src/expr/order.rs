//! Elements in their order: the least, the largest, all of them sorted.
//!
//! JSONata's `$sort` keeps equal elements as they stand, as Rust's sorts do. It compares numbers and texts only, so
//! that everything here asks for [`Ordered`] elements or keys.

use super::data::AslData;
use super::items::Items;
use super::operators::Ordered;
use super::typed::Expr;
use super::{binding, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression};

impl<T: Ordered> Items<T> {
    /// The smallest.
    #[must_use]
    pub fn min(self) -> Expr<Option<T>> {
        Expr::from_tree(self.finish_list(T::least))
    }

    /// The largest.
    #[must_use]
    pub fn max(self) -> Expr<Option<T>> {
        Expr::from_tree(self.finish_list(T::largest))
    }

    /// All in order, the smallest first: what `sorted` of the crate itertools does.
    ///
    /// ```
    /// # use asl_core::expr::{Expr, variable};
    /// let names: Expr<Vec<String>> = variable("names");
    /// assert_eq!(names.iter().sorted().collect::<Vec<_>>().to_jsonata(), "$sort($names)");
    /// ```
    #[must_use]
    pub fn sorted(self) -> Self {
        self.then_of_list(false, |list| tree::call("sort", [list]))
    }
}

impl<T: AslData> Items<T> {
    /// All in the order of a key, the smallest first: what `sorted_by_key` of the crate itertools does.
    #[must_use]
    pub fn sorted_by_key<K: Ordered>(self, key: impl Fn(Expr<T>) -> Expr<K>) -> Self {
        self.then_of_list(false, |list| by_key(list, key))
    }

    /// The one with the smallest key, the first of several.
    #[must_use]
    pub fn min_by_key<K: Ordered>(self, key: impl Fn(Expr<T>) -> Expr<K>) -> Expr<Option<T>> {
        self.then_of_list(false, |list| by_key(list, key)).nth(super::lit(0))
    }

    /// The one with the largest key, the last of several.
    #[must_use]
    pub fn max_by_key<K: Ordered>(self, key: impl Fn(Expr<T>) -> Expr<K>) -> Expr<Option<T>> {
        self.then_of_list(false, |list| by_key(list, key)).last()
    }
}

/// `$sort(list, function($_left, $_right){ … })`, which asks whether the two are to change places.
fn by_key<T: AslData, K: Ordered>(list: Expression, key: impl Fn(Expr<T>) -> Expr<K>) -> Expression {
    let swap = binding::lambda(["left", "right"], |[left, right]| {
        let [left, right] = [left, right].map(|item| key(Expr::from_tree(item)).into_tree());
        tree::binary(BinaryOperator::Greater, left, right)
    });
    tree::call("sort", [list, swap])
}
