use crate::expr::data::{AslData, Shape};
use crate::expr::tree;
use crate::syntax::jsonata::Expression;

macro_rules! plain {
    ($($type:ty => |$value:ident| $literal:expr;)*) => { $(
        impl AslData for $type {
            type Data = Self;
            type Fields = ();
            const SHAPE: Shape = Shape::SCALAR;

            fn fields(_: &Expression) {}

            fn literal(&self) -> Expression {
                let $value = self;
                $literal
            }
        }
    )* };
}

macro_rules! integers {
    ($($type:ty)*) => { plain! { $( $type => |value| integer(value); )* } };
}

integers! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize }

plain! {
    f64 => |value| tree::number(*value);
    // serde_json writes the shortest digits that give this `f32`
    f32 => |value| tree::number(value.to_string().parse().unwrap_or(f64::NAN));
    bool => |value| tree::boolean(*value);
    char => |value| tree::string(*value);
    String => |value| tree::string(value.as_str());
}

impl AslData for () {
    type Data = Self;
    type Fields = ();
    const SHAPE: Shape = Shape::PLAIN;

    fn fields(_: &Expression) {}

    fn literal(&self) -> Expression {
        tree::null()
    }
}

/// The double nearest to an integer.
fn integer(value: &impl ToString) -> Expression {
    tree::number(value.to_string().parse().unwrap_or(f64::NAN))
}

impl AslData for str {
    type Data = String;
    type Fields = ();
    const SHAPE: Shape = Shape::SCALAR;

    fn fields(_: &Expression) {}

    fn literal(&self) -> Expression {
        tree::string(self)
    }
}
