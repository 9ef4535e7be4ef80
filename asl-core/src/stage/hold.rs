use std::time::Duration;

use super::Stage;
use crate::ctx::whole_seconds;
use crate::expr::{AslData, Chars, Elements, Expr, Items, Parsed};
use crate::flow::{Local, StatementKind, with_variables};
use crate::syntax::jsonata::{Expression, Kind};

/// What a `let` can give a name: data, or an iterator over data.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a local of a workflow",
    label = "this is no data of a workflow"
)]
pub trait Hold: Sized {
    #[doc(hidden)]
    #[must_use]
    fn held(self, stage: &mut Stage, name: &str) -> Self;

    /// The same, made of what the locals in it are now.
    #[doc(hidden)]
    #[must_use]
    fn kept(self, stage: &mut Stage) -> Self;
}

impl<T: AslData> Hold for Expr<T> {
    fn held(self, stage: &mut Stage, name: &str) -> Self {
        let local = stage.local(name);
        let expression = local.expression();
        stage.push(StatementKind::Set(vec![(local, self.into_value())]));
        Self::from_tree(expression)
    }

    fn kept(self, _: &mut Stage) -> Self {
        self
    }
}

macro_rules! not_computed_yet {
    ($($type:ident)*) => { $(
        impl<T: AslData> Hold for $type<T> {
            fn held(self, _: &mut Stage, _: &str) -> Self {
                self
            }

            fn kept(self, stage: &mut Stage) -> Self {
                let mut copies: Vec<(Local, Expression)> = Vec::new();
                let kept = self.__asl_with(&mut |tree| stage.copied(tree, &mut copies));
                for (copy, value) in copies {
                    stage.push(StatementKind::Set(vec![(copy, value)]));
                }
                kept
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

    /// `let name = value;` of a value that is made of locals that may change: what is not computed yet reads them as they
    /// are now.
    pub fn hold_now<V: Hold>(&mut self, name: &str, value: V) -> V {
        value.kept(self).held(self, name)
    }

    /// The tree with copies of the locals in it.
    fn copied(&mut self, tree: &Expression, copies: &mut Vec<(Local, Expression)>) -> Expression {
        let mut originals: Vec<Expression> = Vec::new();
        tree.walk(&mut |part, _| {
            if Local::of(part).is_some() && !originals.contains(part) {
                originals.push(part.clone());
            }
        });
        for original in originals {
            if let Some(local) = Local::of(&original)
                && !copies.iter().any(|(_, value)| *value == original)
            {
                copies.push((self.local(local.name()), original));
            }
        }
        with_variables(tree, |name| {
            let is_it = |value: &Expression| matches!(&value.kind, Kind::Variable(key) if key == name);
            copies.iter().find(|(_, value)| is_it(value)).map(|(copy, _)| copy.expression())
        })
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

    /// What is read of in each turn of a loop: a list is made once.
    #[doc(hidden)]
    fn stored(self, stage: &mut Stage, name: &str) -> Expr<Vec<Self::Item>>
    where
        Self: Sized,
    {
        let list = self.listed();
        stage.hold(name, list)
    }
}

impl<T: AslData> Listed for Expr<Vec<T>> {
    type Item = T;

    fn listed(self) -> Self {
        self
    }

    fn stored(self, _: &mut Stage, _: &str) -> Self {
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
