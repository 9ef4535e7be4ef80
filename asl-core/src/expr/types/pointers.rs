//! What serde looks through: references, boxes; and [`Option`], which is the value, null, or missing.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use crate::expr::data::{AslData, Shape};
use crate::expr::tree;
use crate::syntax::jsonata::Expression;

macro_rules! transparent {
    ($($type:ty),*) => { $(
        impl<T: AslData + ?Sized> AslData for $type {
            type Data = T::Data;
            type Fields = T::Fields;
            const SHAPE: Shape = T::SHAPE;

            fn fields(base: &Expression) -> T::Fields {
                T::fields(base)
            }

            fn literal(&self) -> Expression {
                (**self).literal()
            }
        }
    )* };
}

transparent!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

impl<T: AslData + ToOwned + ?Sized> AslData for Cow<'_, T> {
    type Data = T::Data;
    type Fields = T::Fields;
    const SHAPE: Shape = T::SHAPE;

    fn fields(base: &Expression) -> T::Fields {
        T::fields(base)
    }

    fn literal(&self) -> Expression {
        (**self).literal()
    }
}

impl<T: AslData> AslData for Option<T> {
    type Data = Option<T::Data>;
    type Fields = ();
    const SHAPE: Shape = T::SHAPE.or_missing();

    fn fields(_: &Expression) {}

    fn literal(&self) -> Expression {
        self.as_ref().map_or_else(tree::null, AslData::literal)
    }
}
