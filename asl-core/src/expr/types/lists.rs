use std::collections::VecDeque;

use crate::expr::data::{AslData, Shape};
use crate::expr::tree;
use crate::syntax::jsonata::Expression;

macro_rules! lists {
    ($($type:ty $(, $length:ident)?;)*) => { $(
        impl<T: AslData $(, const $length: usize)?> AslData for $type {
            type Data = Vec<T::Data>;
            type Fields = ();
            const SHAPE: Shape = Shape::ARRAY;

            fn fields(_: &Expression) {}

            fn literal(&self) -> Expression {
                tree::array(self.iter().map(AslData::literal), T::SHAPE)
            }
        }
    )* };
}

lists! {
    Vec<T>;
    VecDeque<T>;
    [T];
    [T; N], N;
}
