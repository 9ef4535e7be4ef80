use crate::expr::Expr;
use crate::expr::data::{Array, AslData, Shape};
use crate::expr::tree;
use crate::syntax::jsonata::{Expression, Item, Kind};

macro_rules! tuples {
    ($($($type:ident $index:tt)*;)*) => { $(
        impl<$($type: AslData),*> AslData for ($($type,)*) {
            type Data = ($($type::Data,)*);
            type Fields = ($(Expr<$type>,)*);
            const SHAPE: Shape = Shape::ARRAY;

            fn fields(base: &Expression) -> Self::Fields {
                let shapes = [$($type::SHAPE),*];
                ($(Expr::<$type>::from_tree(part(base, $index, &shapes)),)*)
            }

            fn literal(&self) -> Expression {
                elements([$((self.$index.literal(), $type::SHAPE)),*])
            }
        }

        impl<$($type: AslData),*> Tuple for ($(Expr<$type>,)*) {
            type Data = ($($type,)*);

            fn into_expr(self) -> Expr<Self::Data> {
                Expr::from_tree(elements([$((self.$index.into_value(), $type::SHAPE)),*]))
            }
        }
    )* };
}

/// A tuple of expressions.
#[doc(hidden)]
pub trait Tuple {
    /// The tuple of their types.
    type Data: AslData;

    /// The expression of the tuple.
    fn into_expr(self) -> Expr<Self::Data>;
}

/// The expression of a tuple.
///
/// ```
/// # use asl_core::expr::{lit, text, tuple};
/// assert_eq!(tuple((lit(1), text("a"))).to_jsonata(), "[1, 'a']");
/// ```
#[must_use]
pub fn tuple<T: Tuple>(parts: T) -> Expr<T::Data> {
    parts.into_expr()
}

/// An array whose elements have each a shape of their own.
pub(in crate::expr) fn elements<const N: usize>(parts: [(Expression, Shape); N]) -> Expression {
    let items = parts.into_iter().flat_map(|(part, shape)| match tree::array([part], shape).kind {
        Kind::Array(items) => items,
        kind => vec![Item::Value(tree::node(kind))],
    });
    tree::node(Kind::Array(items.collect()))
}

/// A part of a tuple. Of one that is written out it is what stands there, if none of its parts may be an array, which
/// would move those behind it.
fn part(tuple: &Expression, place: u32, shapes: &[Shape]) -> Expression {
    if let Kind::Array(items) = &tuple.kind
        && shapes.len() > 1
        && items.len() == shapes.len()
        && shapes.iter().all(|shape| shape.array == Array::Never)
        && let Some(Item::Value(value)) = usize::try_from(place).ok().and_then(|place| items.get(place))
    {
        return value.clone();
    }
    tree::element(tuple, tree::number(f64::from(place)))
}

tuples! {
    A 0;
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 F 5;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
}
