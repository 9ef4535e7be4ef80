//! Numbers: what the operators and methods of Rust's numbers are in JSONata, where all numbers are doubles.
//!
//! Differences from Rust: integers do not overflow, and beyond 2^53 they lose precision; what panics in Rust
//! (a division by zero, in debug builds an overflow) does not panic here, but a division by zero ends in
//! `States.QueryEvaluationError`. Arithmetic of `f32` is that of `f64`.

use super::data::AslData;
use super::operators::Ordered;
use super::typed::Expr;
use super::{binding, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression, Kind};

/// A number type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number",
    label = "a number is wanted here",
    note = "numbers are `i8` to `i64`, `u8` to `u64`, `isize`, `usize`, `f32` and `f64`"
)]
pub trait Number: AslData<Data = Self> + Sized {
    /// Whether it has no fractions.
    const IS_INTEGER: bool;
    /// The smallest value, if a double is exact there.
    const LEAST: Option<f64>;
    /// The largest value, if a double is exact there.
    const LARGEST: Option<f64>;
}

/// A number type that a number can be turned into with `as`.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot turn a number into `{Self}`",
    label = "not possible in a workflow",
    note = "JSONata computes with doubles: use `f64`"
)]
pub trait CastTarget: Number {}

/// What `as` can be applied to.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot apply `as` to `{Self}`",
    label = "not possible in a workflow",
    note = "`as` goes from a number or a `bool` to a number"
)]
pub trait CastSource: AslData {
    #[doc(hidden)]
    fn cast<B: CastTarget>(value: Expression) -> Expression;
}

macro_rules! numbers {
    ($($type:ty, $is_integer:literal, $least:expr, $largest:expr;)*) => { $(
        impl Number for $type {
            const IS_INTEGER: bool = $is_integer;
            const LEAST: Option<f64> = $least;
            const LARGEST: Option<f64> = $largest;
        }

        impl CastSource for $type {
            fn cast<B: CastTarget>(value: Expression) -> Expression {
                cast_number::<$type, B>(value)
            }
        }
    )* };
}

numbers! {
    i8, true, Some(-128.0), Some(127.0);
    i16, true, Some(-32_768.0), Some(32_767.0);
    i32, true, Some(-2_147_483_648.0), Some(2_147_483_647.0);
    i64, true, None, None;
    isize, true, None, None;
    u8, true, Some(0.0), Some(255.0);
    u16, true, Some(0.0), Some(65_535.0);
    u32, true, Some(0.0), Some(4_294_967_295.0);
    u64, true, Some(0.0), None;
    usize, true, Some(0.0), None;
    f32, false, None, None;
    f64, false, None, None;
}

macro_rules! cast_targets { ($($type:ty)*) => { $( impl CastTarget for $type {} )* }; }

cast_targets! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize f64 }

impl CastSource for bool {
    fn cast<B: CastTarget>(value: Expression) -> Expression {
        tree::condition(value, tree::number(1.0), tree::number(0.0))
    }
}

/// `value as B`.
///
/// Fractions are cut off, and numbers beyond the range become its ends, as in Rust; an integer that does not fit
/// wraps, as in Rust. Not so between integers of 64 bits: a negative number stays as it is.
///
/// ```
/// # use asl_core::expr::{Expr, cast, variable};
/// let seconds: Expr<f64> = variable("seconds");
/// assert_eq!(cast::<_, i64>(seconds).to_jsonata(), "$seconds - $seconds % 1");
/// let count: Expr<u32> = variable("count");
/// assert_eq!(cast::<_, u64>(count).to_jsonata(), "$count");
/// ```
#[must_use]
pub fn cast<A: CastSource, B: CastTarget>(value: Expr<A>) -> Expr<B> {
    Expr::from_tree(A::cast::<B>(value.into_tree()))
}

fn cast_number<A: Number, B: CastTarget>(value: Expression) -> Expression {
    if !B::IS_INTEGER {
        return value;
    }
    if !A::IS_INTEGER {
        let whole = binding::bind("number", value, truncated);
        let whole = match B::LEAST {
            Some(least) => tree::call("max", [tree::flat([whole, tree::number(least)])]),
            None => whole,
        };
        return match B::LARGEST {
            Some(largest) => tree::call("min", [tree::flat([whole, tree::number(largest)])]),
            None => whole,
        };
    }
    let (Some(least), Some(largest)) = (B::LEAST, B::LARGEST) else { return value };
    let fits_below = A::LEAST.is_some_and(|source| source >= least);
    if fits_below && A::LARGEST.is_some_and(|source| source <= largest) {
        return value;
    }
    let count = || tree::number(largest - least + 1.0);
    let from_least = if least == 0.0 { value } else { subtract(value, tree::number(least)) };
    let remainder = arithmetic(BinaryOperator::Remainder, from_least, count());
    let wrapped = if fits_below && least == 0.0 {
        remainder
    } else {
        // the remainder has the sign of the dividend
        let positive = arithmetic(BinaryOperator::Add, remainder, count());
        arithmetic(BinaryOperator::Remainder, positive, count())
    };
    if least == 0.0 { wrapped } else { arithmetic(BinaryOperator::Add, wrapped, tree::number(least)) }
}

/// An arithmetic operation; `- -1` is written as `+ 1`.
pub(super) fn arithmetic(operator: BinaryOperator, left: Expression, right: Expression) -> Expression {
    match (operator, right.kind) {
        (BinaryOperator::Subtract, Kind::Negate(inner)) => tree::binary(BinaryOperator::Add, left, *inner),
        (BinaryOperator::Add, Kind::Negate(inner)) => tree::binary(BinaryOperator::Subtract, left, *inner),
        (_, kind) => tree::binary(operator, left, tree::node(kind)),
    }
}

fn subtract(left: Expression, right: Expression) -> Expression {
    arithmetic(BinaryOperator::Subtract, left, right)
}

/// The number without its fraction.
fn truncated(value: Expression) -> Expression {
    let fraction = arithmetic(BinaryOperator::Remainder, value.clone(), tree::number(1.0));
    subtract(value, fraction)
}

/// Integer division. `$floor` would round negative quotients away from zero.
pub(super) fn divide<T: Number>(left: Expression, right: Expression) -> Expression {
    let quotient = |left, right| tree::binary(BinaryOperator::Divide, left, right);
    if !T::IS_INTEGER {
        return quotient(left, right);
    }
    if T::LEAST == Some(0.0) {
        return tree::call("floor", [quotient(left, right)]);
    }
    binding::bind("dividend", left, |left| {
        binding::bind("divisor", right, |right| {
            let rest = tree::binary(BinaryOperator::Remainder, left.clone(), right.clone());
            quotient(tree::binary(BinaryOperator::Subtract, left, rest), right)
        })
    })
}

impl<T: Number> Expr<T> {
    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        // a literal has its sign before it
        if let Kind::Number(_) = self.tree().kind {
            return self.clone();
        }
        Self::from_tree(tree::call("abs", [self.tree().clone()]))
    }

    /// The number, or the nearer end of the range.
    #[must_use]
    pub fn clamp(&self, least: Self, largest: Self) -> Self {
        self.max(least).min(largest)
    }

    /// The number times itself, as often as the exponent says.
    #[must_use]
    pub fn pow(&self, exponent: Expr<u32>) -> Self {
        Self::from_tree(tree::call("power", [self.tree().clone(), exponent.into_tree()]))
    }

    /// The same as [`pow`](Self::pow), for `f64`.
    #[must_use]
    pub fn powi(&self, exponent: Expr<i32>) -> Self {
        Self::from_tree(tree::call("power", [self.tree().clone(), exponent.into_tree()]))
    }

    /// Rust's `rem_euclid`: the remainder that is not negative, for a positive divisor.
    #[must_use]
    pub fn rem_euclid(&self, divisor: Self) -> Self {
        let rem = |left, right| tree::binary(BinaryOperator::Remainder, left, right);
        Self::from_tree(binding::bind("divisor", divisor.abs().into_tree(), |divisor| {
            let positive =
                arithmetic(BinaryOperator::Add, rem(self.tree().clone(), divisor.clone()), divisor.clone());
            rem(positive, divisor)
        }))
    }

    /// Rust's `saturating_sub`: not less than the least of the type, which is zero for the unsigned ones.
    #[must_use]
    pub fn saturating_sub(&self, other: Self) -> Self {
        let difference = subtract(self.tree().clone(), other.into_tree());
        Self::from_tree(match T::LEAST {
            Some(least) => tree::call("max", [tree::flat([difference, tree::number(least)])]),
            None => difference,
        })
    }
}

impl<T: Ordered> Expr<T> {
    /// The smaller of the two.
    #[must_use]
    pub fn min(&self, other: Self) -> Self {
        Self::from_tree(T::least(tree::flat([self.tree().clone(), other.into_tree()])))
    }

    /// The larger of the two.
    #[must_use]
    pub fn max(&self, other: Self) -> Self {
        Self::from_tree(T::largest(tree::flat([self.tree().clone(), other.into_tree()])))
    }
}

impl Expr<f64> {
    /// The largest integer that is not larger.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self::from_tree(tree::call("floor", [self.tree().clone()]))
    }

    /// The smallest integer that is not smaller.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self::from_tree(tree::call("ceil", [self.tree().clone()]))
    }

    /// The number without its fraction.
    #[must_use]
    pub fn trunc(&self) -> Self {
        Self::from_tree(binding::bind("number", self.tree().clone(), truncated))
    }

    /// The nearest integer; a half goes away from zero. JSONata's `$round` takes a half to the even neighbour.
    #[must_use]
    pub fn round(&self) -> Self {
        let one = || tree::number(1.0);
        let half = |operator, fraction, half| tree::binary(operator, fraction, tree::number(half));
        Self::from_tree(binding::bind("number", self.tree().clone(), |value| {
            let fraction = tree::binary(BinaryOperator::Remainder, value.clone(), one());
            binding::bind("fraction", fraction, |fraction| {
                let step = tree::condition(
                    half(BinaryOperator::AtLeast, fraction.clone(), 0.5),
                    one(),
                    tree::condition(
                        half(BinaryOperator::AtMost, fraction.clone(), -0.5),
                        tree::number(-1.0),
                        tree::number(0.0),
                    ),
                );
                arithmetic(BinaryOperator::Add, subtract(value, fraction), step)
            })
        }))
    }

    /// The square root.
    #[must_use]
    pub fn sqrt(&self) -> Self {
        Self::from_tree(tree::call("sqrt", [self.tree().clone()]))
    }
}
