//! The operators of Rust.

use super::data::{AslData, Shape};
use super::number::{Number, arithmetic, divide};
use super::typed::Expr;
use super::{binding, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression, Kind};

/// What `+` can be applied to.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot add `{Self}`",
    label = "`+` is for numbers and texts",
    note = "lists are joined with `a.iter().chain(b).collect::<Vec<_>>()`"
)]
pub trait Addable: AslData {
    #[doc(hidden)]
    const OPERATOR: BinaryOperator;
}

#[diagnostic::do_not_recommend]
impl<T: Number> Addable for T {
    const OPERATOR: BinaryOperator = BinaryOperator::Add;
}

impl Addable for String {
    const OPERATOR: BinaryOperator = BinaryOperator::Concatenate;
}

/// What `<` and its like can be applied to.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot order `{Self}`",
    label = "`<` and its like are for numbers and texts",
    note = "JSONata orders numbers and strings only: compare a field that is one"
)]
pub trait Ordered: AslData {
    /// The first of a list in its order, or missing.
    #[doc(hidden)]
    #[must_use]
    fn least(list: Expression) -> Expression {
        tree::element(&tree::call("sort", [list]), tree::number(0.0))
    }

    /// The last of a list in its order, or missing.
    #[doc(hidden)]
    #[must_use]
    fn largest(list: Expression) -> Expression {
        tree::element(&tree::call("sort", [list]), tree::number(-1.0))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Number> Ordered for T {
    fn least(list: Expression) -> Expression {
        tree::call("min", [list])
    }

    fn largest(list: Expression) -> Expression {
        tree::call("max", [list])
    }
}

impl Ordered for String {}
impl Ordered for char {}

/// `left + right`.
#[must_use]
pub fn add<T: Addable>(left: Expr<T>, right: Expr<T>) -> Expr<T> {
    Expr::from_tree(arithmetic(T::OPERATOR, left.into_tree(), right.into_tree()))
}

/// `left - right`. Of unsigned numbers too it may be negative, where Rust panics.
#[must_use]
pub fn sub<T: Number>(left: Expr<T>, right: Expr<T>) -> Expr<T> {
    Expr::from_tree(arithmetic(BinaryOperator::Subtract, left.into_tree(), right.into_tree()))
}

/// `left * right`.
#[must_use]
pub fn mul<T: Number>(left: Expr<T>, right: Expr<T>) -> Expr<T> {
    Expr::from_tree(tree::binary(BinaryOperator::Multiply, left.into_tree(), right.into_tree()))
}

/// `left / right`; of integers without the fraction, toward zero.
///
/// ```
/// # use asl_core::expr::{Expr, div, lit, variable};
/// let (size, offset): (Expr<u64>, Expr<i64>) = (variable("size"), variable("offset"));
/// assert_eq!(div(size, lit(4)).to_jsonata(), "$floor($size / 4)");
/// assert_eq!(div(offset, lit(4)).to_jsonata(), "($offset - $offset % 4) / 4");
/// ```
#[must_use]
pub fn div<T: Number>(left: Expr<T>, right: Expr<T>) -> Expr<T> {
    Expr::from_tree(divide::<T>(left.into_tree(), right.into_tree()))
}

/// `left % right`; it has the sign of `left`.
#[must_use]
pub fn rem<T: Number>(left: Expr<T>, right: Expr<T>) -> Expr<T> {
    Expr::from_tree(tree::binary(BinaryOperator::Remainder, left.into_tree(), right.into_tree()))
}

/// `-value`.
#[must_use]
pub fn neg<T: Number>(value: Expr<T>) -> Expr<T> {
    Expr::from_tree(match value.into_tree().kind {
        Kind::Negate(inner) => *inner,
        kind => tree::node(Kind::Negate(Box::new(tree::node(kind)))),
    })
}

/// `!value`.
#[must_use]
pub fn not(value: Expr<bool>) -> Expr<bool> {
    Expr::from_tree(tree::not(value.into_tree()))
}

/// `left && right`.
#[must_use]
pub fn and(left: Expr<bool>, right: Expr<bool>) -> Expr<bool> {
    Expr::from_tree(tree::and(left.into_tree(), right.into_tree()))
}

/// `left || right`.
#[must_use]
pub fn or(left: Expr<bool>, right: Expr<bool>) -> Expr<bool> {
    Expr::from_tree(tree::or(left.into_tree(), right.into_tree()))
}

/// `left == right`.
///
/// Structs, lists and enums with fields are equal as JSON: a field that is null on one side and left out on the
/// other makes them differ. An [`Option`] on its own is none in both cases.
///
/// ```
/// # use asl_core::expr::{Expr, constant, eq, lit, some, variable};
/// let next: Expr<Option<u32>> = variable("next");
/// assert_eq!(eq(next.clone(), constant(None::<u32>)).to_jsonata(), "$not($next != null)");
/// assert_eq!(eq(next, some(lit(3))).to_jsonata(), "$next = 3");
/// ```
#[must_use]
pub fn eq<A: AslData + PartialEq<B>, B: AslData>(left: Expr<A>, right: Expr<B>) -> Expr<bool> {
    Expr::from_tree(equal::<A, B>(left.into_tree(), right.into_tree()))
}

/// `left != right`.
#[must_use]
pub fn ne<A: AslData + PartialEq<B>, B: AslData>(left: Expr<A>, right: Expr<B>) -> Expr<bool> {
    if A::SHAPE.may_be_missing || B::SHAPE.may_be_missing {
        // `!=` with something missing is false
        return not(eq(left, right));
    }
    Expr::from_tree(tree::binary(BinaryOperator::NotEqual, left.into_tree(), right.into_tree()))
}

fn equal<A: AslData, B: AslData>(left: Expression, right: Expression) -> Expression {
    // what is compared with a boolean is one itself, unless it may be null, missing or any JSON
    let is_boolean = |shape: Shape| shape.is_scalar && !shape.may_be_missing;
    match (&left.kind, &right.kind) {
        (Kind::Boolean(true), _) if is_boolean(B::SHAPE) => return right,
        (_, Kind::Boolean(true)) if is_boolean(A::SHAPE) => return left,
        (Kind::Null, _) if B::SHAPE.may_be_missing => return tree::not(tree::is_present(right)),
        (_, Kind::Null) if A::SHAPE.may_be_missing => return tree::not(tree::is_present(left)),
        _ => {}
    }
    // something missing equals nothing, so only both together can be missing
    if tree::is_never_missing(&left) && left.kind != Kind::Null && !is_nullable(&left)
        || tree::is_never_missing(&right) && right.kind != Kind::Null && !is_nullable(&right)
    {
        return tree::equal(left, right);
    }
    tree::equal(tree::settled(left, A::SHAPE), tree::settled(right, B::SHAPE))
}

/// Whether it may be null although it is not missing.
fn is_nullable(value: &Expression) -> bool {
    matches!(value.kind, Kind::Condition { .. } | Kind::Block(_) | Kind::Call { .. })
}

fn ordered<T: Ordered>(operator: BinaryOperator, left: Expr<T>, right: Expr<T>) -> Expr<bool> {
    Expr::from_tree(tree::binary(operator, left.into_tree(), right.into_tree()))
}

/// `left < right`. Texts are ordered by their UTF-16 units, which differs from Rust only beyond U+FFFF.
#[must_use]
pub fn lt<T: Ordered>(left: Expr<T>, right: Expr<T>) -> Expr<bool> {
    ordered(BinaryOperator::Less, left, right)
}

/// `left <= right`.
#[must_use]
pub fn le<T: Ordered>(left: Expr<T>, right: Expr<T>) -> Expr<bool> {
    ordered(BinaryOperator::AtMost, left, right)
}

/// `left > right`.
#[must_use]
pub fn gt<T: Ordered>(left: Expr<T>, right: Expr<T>) -> Expr<bool> {
    ordered(BinaryOperator::Greater, left, right)
}

/// `left >= right`.
#[must_use]
pub fn ge<T: Ordered>(left: Expr<T>, right: Expr<T>) -> Expr<bool> {
    ordered(BinaryOperator::AtLeast, left, right)
}

/// `if condition { then } else { otherwise }`.
#[must_use]
pub fn if_else<T: AslData>(condition: Expr<bool>, then: Expr<T>, otherwise: Expr<T>) -> Expr<T> {
    Expr::from_tree(tree::condition(condition.into_tree(), then.into_tree(), otherwise.into_tree()))
}

/// `let name = value; body`: the value is computed once.
///
/// ```
/// # use asl_core::expr::{Expr, add, let_in, lit, mul, variable};
/// let n: Expr<u32> = variable("n");
/// let squared = let_in("next", add(n.clone(), lit(1)), |next| mul(next.clone(), next));
/// assert_eq!(squared.to_jsonata(), "($_next := $n + 1; $_next * $_next)");
/// assert_eq!(let_in("next", n, |next| mul(next.clone(), next)).to_jsonata(), "$n * $n");
/// ```
#[must_use]
pub fn let_in<V: Local, U: AslData>(name: &str, value: V, body: impl FnOnce(V) -> Expr<U>) -> Expr<U> {
    value.bound(name, body)
}

/// What a local of an expression can be: data, or an iterator over data.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have a name in an expression",
    label = "this is no data of a workflow"
)]
pub trait Local: Sized {
    #[doc(hidden)]
    fn bound<U: AslData>(self, name: &str, body: impl FnOnce(Self) -> Expr<U>) -> Expr<U>;
}

impl<T: AslData> Local for Expr<T> {
    fn bound<U: AslData>(self, name: &str, body: impl FnOnce(Self) -> Expr<U>) -> Expr<U> {
        Expr::from_tree(binding::bind(name, self.into_tree(), |value| {
            body(Self::from_tree(value)).into_tree()
        }))
    }
}

macro_rules! not_computed_yet {
    ($($type:ident)*) => { $(
        impl<T: AslData> Local for super::$type<T> {
            fn bound<U: AslData>(self, _: &str, body: impl FnOnce(Self) -> Expr<U>) -> Expr<U> {
                body(self)
            }
        }
    )* };
}

not_computed_yet! { Items Chars }

impl<T: AslData> Local for super::Parsed<T> {
    fn bound<U: AslData>(self, name: &str, body: impl FnOnce(Self) -> Expr<U>) -> Expr<U> {
        self.ok().bound(name, |value| body(Self::of(value)))
    }
}
