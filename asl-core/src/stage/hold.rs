use std::time::Duration;

use super::Stage;
use crate::ctx::whole_seconds;
use crate::expr::{AslData, Chars, Elements, Expr, Items, Parsed};
use crate::flow::StatementKind;

/// What a `let` can give a name: data, or an iterator over data.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a local of a workflow",
    label = "this is no data of a workflow"
)]
pub trait Hold: Sized {
    #[doc(hidden)]
    #[must_use]
    fn held(self, stage: &mut Stage, name: &str) -> Self;
}

impl<T: AslData> Hold for Expr<T> {
    fn held(self, stage: &mut Stage, name: &str) -> Self {
        let local = stage.local(name);
        let expression = local.expression();
        stage.push(StatementKind::Set(vec![(local, self.into_value())]));
        Self::from_tree(expression)
    }
}

macro_rules! not_computed_yet {
    ($($type:ident)*) => { $(
        impl<T: AslData> Hold for $type<T> {
            fn held(self, _: &mut Stage, _: &str) -> Self {
                self
            }
        }
    )* };
}

not_computed_yet! { Items Chars Parsed }

impl Stage {
    /// `let name = value;`
    pub fn hold<V: Hold>(&mut self, name: &str, value: V) -> V {
        value.held(self, name)
    }
}

/// What a `for` loop or a Map can go through.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be gone through in a workflow",
    label = "no list and no iterator over one",
    note = "a list, `list.iter()…`, a range, or the result of a task that is a list"
)]
pub trait Listed {
    /// What an element is.
    type Item: AslData;

    #[doc(hidden)]
    fn listed(self) -> Expr<Vec<Self::Item>>;
}

impl<T: AslData> Listed for Expr<Vec<T>> {
    type Item = T;

    fn listed(self) -> Self {
        self
    }
}

impl<V: AslData> Listed for Expr<std::collections::BTreeMap<String, V>> {
    type Item = (String, V);

    fn listed(self) -> Expr<Vec<(String, V)>> {
        self.iter().collect()
    }
}

impl<T: AslData> Listed for Items<T> {
    type Item = T;

    fn listed(self) -> Expr<Vec<T>> {
        self.into_items().collect()
    }
}

/// A duration that is known when the definition is written, in whole seconds.
#[must_use]
pub fn fixed(duration: Duration) -> Expr<u64> {
    seconds(whole_seconds(duration))
}

/// So many seconds.
#[must_use]
pub fn seconds(seconds: u64) -> Expr<u64> {
    crate::expr::lit(seconds)
}

/// `Duration::from_secs(30) * count`, in seconds.
#[must_use]
pub fn times(seconds: Expr<u64>, count: Expr<u32>) -> Expr<u64> {
    crate::expr::mul(seconds, count.into())
}
