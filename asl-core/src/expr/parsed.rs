//! What `parse` gives: the only `Result` in an expression.

use std::marker::PhantomData;

use super::data::AslData;
use super::typed::Expr;
use super::unsupported::{ErrorOfParse, Panics};
use crate::syntax::jsonata::Expression;

/// What [`parse`](Expr::parse) gives: a number or an error of which nothing is known.
#[derive(Debug)]
pub struct Parsed<T> {
    /// The value, or null.
    value: Expression,
    data: PhantomData<fn() -> T>,
}

impl<T> Clone for Parsed<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), data: PhantomData }
    }
}

impl<T: AslData> Parsed<T> {
    pub(super) fn of(value: Expr<Option<T>>) -> Self {
        Self { value: value.into_tree(), data: PhantomData }
    }

    /// The same with another tree.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_with(self, change: &mut dyn FnMut(&Expression) -> Expression) -> Self {
        Self { value: change(&self.value), ..self }
    }

    /// What `Ok(value)` binds.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_value(&self) -> Expr<T> {
        self.ok().__asl_value()
    }

    /// Another value made of the number.
    #[must_use]
    pub fn map<U: AslData>(&self, change: impl FnOnce(Expr<T>) -> Expr<U>) -> Parsed<U> {
        Parsed::of(self.ok().map(change))
    }

    /// Another value made of the number, or what there is without one.
    #[must_use]
    pub fn map_or<U: AslData>(&self, default: Expr<U>, change: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<U> {
        self.ok().map_or(default, change)
    }

    /// Whether it is a number that meets a condition.
    #[must_use]
    pub fn is_ok_and(&self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        self.ok().is_some_and(test)
    }

    /// Not in a workflow: nothing is known of the error.
    #[must_use]
    pub fn map_err<F>(&self, _: F) -> Self
    where
        T: ErrorOfParse,
    {
        self.clone()
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

    /// The number, or none.
    #[must_use]
    pub fn ok(&self) -> Expr<Option<T>> {
        Expr::from_tree(self.value.clone())
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_ok(&self) -> Expr<bool> {
        self.ok().is_some()
    }

    /// Whether it is none.
    #[must_use]
    pub fn is_err(&self) -> Expr<bool> {
        self.ok().is_none()
    }

    /// The number, or a default.
    #[must_use]
    pub fn unwrap_or(&self, default: Expr<T>) -> Expr<T> {
        self.ok().unwrap_or(default)
    }

    /// The number, or what a closure gives.
    #[must_use]
    pub fn unwrap_or_else(&self, default: impl FnOnce() -> Expr<T>) -> Expr<T> {
        self.ok().unwrap_or_else(default)
    }

    /// The number, or zero.
    #[must_use]
    pub fn unwrap_or_default(&self) -> Expr<T>
    where
        T: Default,
    {
        self.ok().unwrap_or_default()
    }
}
