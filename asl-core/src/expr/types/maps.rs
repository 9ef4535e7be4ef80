use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use crate::expr::data::{AslData, Shape};
use crate::expr::tree;
use crate::syntax::jsonata::Expression;

macro_rules! maps {
    ($($type:ident $(<$hasher:ident>)? |$entries:ident| $order:expr;)*) => { $(
        impl<K: AsRef<str> + Ord, V: AslData $(, $hasher)?> AslData for $type<K, V $(, $hasher)?> {
            type Data = BTreeMap<String, V::Data>;
            type Fields = ();
            const SHAPE: Shape = Shape::PLAIN;

            fn fields(_: &Expression) {}

            fn literal(&self) -> Expression {
                let $entries: Vec<(&K, &V)> = self.iter().collect();
                tree::object($order.into_iter().map(|(key, value)| (key.as_ref().to_owned(), value.literal())))
            }
        }
    )* };
}

maps! {
    BTreeMap |entries| entries;
    // it has no order of its own
    HashMap<S> |entries| BTreeMap::from_iter(entries);
    IndexMap<S> |entries| entries;
}
