//! Why a type that does not fit is reported once, though two copies of a workflow are checked.
//!
//! The function itself and its copy in other words have the same mistakes, and rustc would say each twice, the second
//! time about [`Expr`](crate::expr::Expr)s that the user never wrote. So the copy begins with a constant that asks about
//! the function's future. If the function does not compile, neither does the constant, and [`stage`] gives a type that
//! rustc knows to be wrong: what is made of it is not reported again. If it compiles, the constant's value says nothing,
//! and [`stage`] gives a [`Stage`].
//!
//! A compiler that did not stay silent would say more than is needed, not less.

use super::Stage;
use crate::ctx::Ctx;

/// Whether the function compiles: a constant of this value does, or does not.
#[must_use]
pub const fn compiles_with_nothing<F>(_: &impl FnOnce(&'static Ctx) -> F) -> bool {
    core::mem::needs_drop::<F>()
}

/// The same of a function with an input.
#[must_use]
pub const fn compiles_with_input<I, F>(_: &impl FnOnce(&'static Ctx, I) -> F) -> bool {
    core::mem::needs_drop::<F>()
}

/// What [`stage`] gives, whatever the constant is.
pub trait Known {
    /// `Stage`
    type Stage;

    /// `T`
    type Of<T>;

    /// A new one.
    fn stage() -> Self::Stage;
}

/// A function about which it is known whether it compiles.
#[derive(Debug)]
pub enum Native<const IS_RUST: bool> {}

impl<const IS_RUST: bool> Known for Native<IS_RUST> {
    type Stage = Stage;
    type Of<T> = T;

    fn stage() -> Stage {
        Stage::new()
    }
}

/// A type: what cannot be called for a function that does not compile is not reported again either.
pub type Of<T, const IS_RUST: bool> = <Native<IS_RUST> as Known>::Of<T>;

/// Nothing is written yet.
#[must_use]
pub fn stage<const IS_RUST: bool>() -> <Native<IS_RUST> as Known>::Stage {
    <Native<IS_RUST> as Known>::stage()
}
