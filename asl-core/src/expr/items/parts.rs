//! Parts of iterators: those that meet a condition and the others, those before the first that does not.

use super::{Items, binding, folding, tree};
use crate::expr::{AslData, Expr, tuple};
use crate::syntax::jsonata::{BinaryOperator, Expression};

impl<T: AslData> Items<T> {
    /// Those that meet a condition, and the others.
    ///
    /// ```
    /// # use asl_core::expr::{Expr, gt, lit, variable};
    /// let prices: Expr<Vec<u32>> = variable("prices");
    /// let (high, low) = {
    ///     let both = prices.iter().partition(|price| gt(price, lit(9)));
    ///     (both.0.clone(), both.1.clone())
    /// };
    /// assert_eq!(high.to_jsonata(), "[$filter($prices, function($_item){ $_item > 9 })]");
    /// assert_eq!(low.to_jsonata(), "[$filter($prices, function($_item){ $not($_item > 9) })]");
    /// ```
    #[must_use]
    pub fn partition(self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<(Vec<T>, Vec<T>)> {
        let name = binding::placeholder();
        let test = test(Expr::from_tree(tree::variable(name.clone()))).into_tree();
        self.into_list("list", |list| {
            let of = |keep: fn(Expression) -> Expression| {
                let items = Self::of_list(list.clone());
                let kept = items.kept(|item, _| keep(binding::replace(test.clone(), &name, &item)));
                kept.collect::<Vec<T>>()
            };
            tuple((of(|test| test), of(tree::not)))
        })
    }

    /// Those before the first that does not meet a condition.
    #[must_use]
    pub fn take_while(self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Self {
        self.at_first_without(test, Self::take)
    }

    /// The first that does not meet a condition, and those behind it.
    #[must_use]
    pub fn skip_while(self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Self {
        self.at_first_without(test, Self::skip)
    }

    /// The first, and then one of so many.
    #[must_use]
    pub fn step_by(self, step: Expr<usize>) -> Self {
        self.kept(|_, index| {
            let place = tree::binary(BinaryOperator::Remainder, index, step.into_tree());
            tree::equal(place, tree::number(0.0))
        })
    }

    /// A value made of all elements; none of none.
    #[must_use]
    pub fn reduce(self, step: impl FnOnce(Expr<T>, Expr<T>) -> Expr<T>) -> Expr<Option<T>> {
        Expr::from_tree(self.finish_list(|list| tree::call("reduce", [list, folding(step)])))
    }

    fn at_first_without(
        self,
        test: impl FnOnce(Expr<T>) -> Expr<bool>,
        part: impl FnOnce(Self, Expr<usize>) -> Self,
    ) -> Self {
        self.then_of_list(false, |list| {
            binding::bind("list", list, |list| {
                let all = Expr::<Vec<T>>::from_tree(list);
                let place = all.iter().position(|item| crate::expr::not(test(item))).unwrap_or(all.len());
                part(all.iter(), place).collect::<Vec<T>>().into_tree()
            })
        })
    }

    /// `body` with the elements as a list that has a name.
    fn into_list<U: AslData>(self, hint: &str, body: impl FnOnce(Expression) -> Expr<U>) -> Expr<U> {
        let list = self.collect::<Vec<T>>().into_tree();
        Expr::from_tree(binding::bind(hint, list, |list| body(list).into_tree()))
    }
}

impl<A: AslData, B: AslData> Items<(A, B)> {
    /// The first parts of all pairs, and the second ones.
    #[must_use]
    pub fn unzip(self) -> Expr<(Vec<A>, Vec<B>)> {
        self.into_list("pairs", |list| {
            let pairs = Self::of_list(list);
            tuple((
                pairs.clone().map(|pair| pair.0.clone()).collect::<Vec<A>>(),
                pairs.map(|pair| pair.1.clone()).collect::<Vec<B>>(),
            ))
        })
    }
}
