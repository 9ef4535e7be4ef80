//! Methods of integers alone.

use super::number::{Number, arithmetic, divide};
use super::text::Unsigned;
use super::typed::Expr;
use super::{binding, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression};

/// An integer type with a sign.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no integer with a sign",
    label = "this is of integers with a sign",
    note = "these are `i8` to `i64` and `isize`"
)]
pub trait SignedInteger: Number {
    /// The type of as many bits without a sign.
    type Unsigned: Number;
}

/// An integer type without a sign.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no integer without a sign",
    label = "this is of integers without a sign",
    note = "these are `u8` to `u64` and `usize`"
)]
pub trait UnsignedInteger: Number {}

macro_rules! integers {
    ($($signed:ty, $unsigned:ty;)*) => { $(
        impl SignedInteger for $signed { type Unsigned = $unsigned; }
        impl UnsignedInteger for $unsigned {}
        // a bound of its own, for the sake of its message
        impl Unsigned for $unsigned {}
    )* };
}

integers! {
    i8, u8;
    i16, u16;
    i32, u32;
    i64, u64;
    isize, usize;
}

/// Whether a number is more or less than zero.
fn compared(operator: BinaryOperator, number: Expression) -> Expression {
    tree::binary(operator, number, tree::number(0.0))
}

impl<T: SignedInteger> Expr<T> {
    /// The number without its sign, as a type that has none.
    #[must_use]
    pub fn unsigned_abs(&self) -> Expr<T::Unsigned> {
        Expr::from_tree(self.abs().into_tree())
    }

    /// -1, 0 or 1.
    #[must_use]
    pub fn signum(&self) -> Self {
        Self::from_tree(binding::bind("number", self.tree().clone(), |number| {
            let negative = compared(BinaryOperator::Less, number.clone());
            let otherwise = tree::condition(negative, tree::number(-1.0), tree::number(0.0));
            tree::condition(compared(BinaryOperator::Greater, number), tree::number(1.0), otherwise)
        }))
    }

    /// Whether it is more than zero.
    #[must_use]
    pub fn is_positive(&self) -> Expr<bool> {
        Expr::from_tree(compared(BinaryOperator::Greater, self.tree().clone()))
    }

    /// Whether it is less than zero.
    #[must_use]
    pub fn is_negative(&self) -> Expr<bool> {
        Expr::from_tree(compared(BinaryOperator::Less, self.tree().clone()))
    }

    /// Rust's `div_euclid`: what is left is not negative.
    ///
    /// ```
    /// # use asl_core::expr::{Expr, lit, variable};
    /// let day: Expr<i64> = variable("day");
    /// assert_eq!(day.div_euclid(lit(7)).to_jsonata(), "($day - ($day % 7 + 7) % 7) / 7");
    /// ```
    #[must_use]
    pub fn div_euclid(&self, divisor: Self) -> Self {
        Self::from_tree(binding::bind("dividend", self.tree().clone(), |dividend| {
            binding::bind("divisor", divisor.into_tree(), |divisor| {
                let rest = Self::from_tree(dividend.clone()).rem_euclid(Self::from_tree(divisor.clone()));
                let whole = tree::binary(BinaryOperator::Subtract, dividend, rest.into_tree());
                tree::binary(BinaryOperator::Divide, whole, divisor)
            })
        }))
    }
}

impl<T: UnsignedInteger> Expr<T> {
    /// How far they are apart.
    #[must_use]
    pub fn abs_diff(&self, other: Self) -> Self {
        let difference = arithmetic(BinaryOperator::Subtract, self.tree().clone(), other.into_tree());
        Self::from_tree(tree::call("abs", [difference]))
    }

    /// The quotient, or the next integer if something is left: how many pages so many rows take.
    ///
    /// ```
    /// # use asl_core::expr::{Expr, lit, variable};
    /// let rows: Expr<u64> = variable("rows");
    /// assert_eq!(rows.div_ceil(lit(100)).to_jsonata(), "$floor($rows / 100) + ($rows % 100 > 0 ? 1 : 0)");
    /// ```
    #[must_use]
    pub fn div_ceil(&self, divisor: Self) -> Self {
        Self::from_tree(binding::bind("dividend", self.tree().clone(), |dividend| {
            binding::bind("divisor", divisor.into_tree(), |divisor| {
                let rest = tree::binary(BinaryOperator::Remainder, dividend.clone(), divisor.clone());
                let more = compared(BinaryOperator::Greater, rest);
                let step = tree::condition(more, tree::number(1.0), tree::number(0.0));
                arithmetic(BinaryOperator::Add, divide::<T>(dividend, divisor), step)
            })
        }))
    }

    /// The difference, or none if it would be less than zero.
    #[must_use]
    pub fn checked_sub(&self, other: Self) -> Expr<Option<T>> {
        Expr::from_tree(binding::bind("minuend", self.tree().clone(), |minuend| {
            binding::bind("subtrahend", other.into_tree(), |subtrahend| {
                let fits = tree::binary(BinaryOperator::AtLeast, minuend.clone(), subtrahend.clone());
                tree::condition(fits, arithmetic(BinaryOperator::Subtract, minuend, subtrahend), tree::null())
            })
        }))
    }
}
