//! [`Option`]: the value, null, or missing.
//!
//! Serde reads both null and a missing field as `None`. In an expression of type `Expr<Option<T>>` both mean none, and
//! everything here treats them alike; [`Expr::into_value`] makes it null before it is stored.

use super::data::AslData;
use super::items::{Elements, Items};
use super::typed::Expr;
use super::unsupported::Panics;
use super::{binding, tree};
use crate::syntax::jsonata::Expression;

/// `Some(value)`.
#[must_use]
pub fn some<T: AslData>(value: Expr<T>) -> Expr<Option<T>> {
    Expr::from_tree(value.into_tree())
}

/// `None`.
#[must_use]
pub fn none<T: AslData<Data = T>>() -> Expr<Option<T>> {
    Expr::from_tree(tree::null())
}

impl<T: AslData> Expr<Option<Option<T>>> {
    /// The value within: in JSON both are null without one.
    #[must_use]
    pub fn flatten(&self) -> Expr<Option<T>> {
        Expr::from_tree(self.tree().clone())
    }
}

impl<T: AslData> Expr<Option<T>> {
    fn when_present(&self, then: impl FnOnce(Expr<T>) -> Expression, otherwise: Expression) -> Expression {
        binding::bind("value", tree::unsettled(self.tree()).clone(), |value| {
            let test = tree::is_present(value.clone());
            tree::condition(test, then(Expr::from_tree(value)), otherwise)
        })
    }

    /// Whether there is a value.
    #[must_use]
    pub fn is_some(&self) -> Expr<bool> {
        Expr::from_tree(tree::is_present(tree::unsettled(self.tree()).clone()))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_none(&self) -> Expr<bool> {
        Expr::from_tree(tree::not(tree::is_present(tree::unsettled(self.tree()).clone())))
    }

    /// Whether there is a value that meets a condition.
    #[must_use]
    pub fn is_some_and(&self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        Expr::from_tree(binding::bind("value", tree::unsettled(self.tree()).clone(), |value| {
            tree::and(tree::is_present(value.clone()), test(Expr::from_tree(value)).into_tree())
        }))
    }

    /// Whether there is none, or the value meets a condition.
    #[must_use]
    pub fn is_none_or(&self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        Expr::from_tree(binding::bind("value", tree::unsettled(self.tree()).clone(), |value| {
            tree::or(tree::not(tree::is_present(value.clone())), test(Expr::from_tree(value)).into_tree())
        }))
    }

    /// Another value made of the value.
    #[must_use]
    pub fn map<U: AslData>(&self, change: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<Option<U>> {
        Expr::from_tree(self.when_present(|value| change(value).into_tree(), tree::null()))
    }

    /// The value as the only element, or no element.
    #[must_use]
    pub fn iter(&self) -> Items<T> {
        self.clone().into_items()
    }

    /// The value as the only element, or no element.
    #[must_use]
    pub fn into_iter(&self) -> Items<T> {
        self.iter()
    }

    /// Another value made of the value, or what there is without one.
    #[must_use]
    pub fn map_or<U: AslData>(&self, default: Expr<U>, change: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<U> {
        Expr::from_tree(self.when_present(|value| change(value).into_tree(), default.into_tree()))
    }

    /// The same, the default as a closure.
    #[must_use]
    pub fn map_or_else<U: AslData>(
        &self,
        default: impl FnOnce() -> Expr<U>,
        change: impl FnOnce(Expr<T>) -> Expr<U>,
    ) -> Expr<U> {
        self.map_or(default(), change)
    }

    /// What a closure gives for the value, which may be none.
    #[must_use]
    pub fn and_then<U: AslData>(&self, change: impl FnOnce(Expr<T>) -> Expr<Option<U>>) -> Expr<Option<U>> {
        Expr::from_tree(self.when_present(|value| change(value).into_tree(), tree::null()))
    }

    /// The other one, if this one is there.
    #[must_use]
    pub fn and<U: AslData>(&self, other: Expr<Option<U>>) -> Expr<Option<U>> {
        self.and_then(|_| other)
    }

    /// The value if it meets a condition.
    #[must_use]
    pub fn filter(&self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Self {
        Self::from_tree(binding::bind("value", self.tree().clone(), |value| {
            let present = tree::is_present(value.clone());
            let both = tree::and(present, test(Expr::from_tree(value.clone())).into_tree());
            tree::condition(both, value, tree::null())
        }))
    }

    /// This one, or else the other one.
    #[must_use]
    pub fn or(&self, other: Self) -> Self {
        Self::from_tree(self.when_present(Expr::into_tree, other.into_tree()))
    }

    /// This one, or else what a closure gives.
    #[must_use]
    pub fn or_else(&self, other: impl FnOnce() -> Self) -> Self {
        self.or(other())
    }

    /// The value, or a default.
    ///
    /// ```
    /// # use asl_core::expr::{Expr, lit, variable};
    /// let bytes: Expr<Option<u64>> = variable("bytes");
    /// assert_eq!(bytes.unwrap_or(lit(0)).to_jsonata(), "$bytes != null ? $bytes : 0");
    /// ```
    #[must_use]
    pub fn unwrap_or(&self, default: Expr<T>) -> Expr<T> {
        Expr::from_tree(self.when_present(Expr::into_tree, default.into_tree()))
    }

    /// The value, or what a closure gives.
    #[must_use]
    pub fn unwrap_or_else(&self, default: impl FnOnce() -> Expr<T>) -> Expr<T> {
        self.unwrap_or(default())
    }

    /// The value, or the default of its type.
    #[must_use]
    pub fn unwrap_or_default(&self) -> Expr<T>
    where
        T: Default,
    {
        self.unwrap_or(Expr::from_tree(T::default().literal()))
    }

    /// Not in a workflow: nothing panics there.
    #[must_use]
    pub fn unwrap(&self) -> Expr<T>
    where
        T: Panics,
    {
        self.__asl_value()
    }

    /// Not in a workflow: nothing panics there.
    #[must_use]
    pub fn expect(&self, _: Expr<String>) -> Expr<T>
    where
        T: Panics,
    {
        self.__asl_value()
    }

    /// The value of an option that was found to have one; what a pattern `Some(value)` binds.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_value(&self) -> Expr<T> {
        Expr::from_tree(tree::unsettled(self.tree()).clone())
    }

    /// Both values, if both are there.
    #[must_use]
    pub fn zip<U: AslData>(&self, other: Expr<Option<U>>) -> Expr<Option<(T, U)>> {
        Expr::from_tree(self.when_present(
            |value| other.when_present(|other| super::tuple((value, other)).into_tree(), tree::null()),
            tree::null(),
        ))
    }
}
