use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use crate::expr::data::{AslData, Shape};
use crate::expr::tree;
use crate::syntax::jsonata::Expression;

/// What the keys of a map can be: texts.
#[diagnostic::on_unimplemented(
    message = "a map with `{Self}` as keys is no data of a workflow",
    label = "the keys of a JSON object are texts",
    note = "use a map with `String` as keys, or a list of pairs: `Vec<({Self}, _)>`"
)]
pub trait MapKey: Ord {
    #[doc(hidden)]
    fn text(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl<K: AsRef<str> + Ord> MapKey for K {
    fn text(&self) -> &str {
        self.as_ref()
    }
}

macro_rules! maps {
    ($($type:ident $(<$hasher:ident>)? |$entries:ident| $order:expr;)*) => { $(
        impl<K: MapKey, V: AslData $(, $hasher)?> AslData for $type<K, V $(, $hasher)?> {
            type Data = BTreeMap<String, V::Data>;
            type Fields = ();
            const SHAPE: Shape = Shape::PLAIN;

            fn fields(_: &Expression) {}

            fn literal(&self) -> Expression {
                let $entries: Vec<(&K, &V)> = self.iter().collect();
                tree::object($order.into_iter().map(|(key, value)| (key.text().to_owned(), value.literal())))
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
