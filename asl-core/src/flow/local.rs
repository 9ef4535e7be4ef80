//! Locals and labels: the names of a program.

use std::sync::Arc;

use crate::syntax::jsonata::{Expression, Kind};

/// A local of the source. Two locals of the same name are different; where a local's value lives, lowering decides.
///
/// ```
/// use asl_core::flow::Locals;
/// let mut locals = Locals::new();
/// let user = locals.local("user");
/// assert_eq!(user.key(), "user#0");
/// assert_ne!(user, locals.local("user"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Local {
    number: u32,
    name: Arc<str>,
}

/// The target of a [`Break`](super::StatementKind::Break) or [`Continue`](super::StatementKind::Continue).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Label(u32);

/// Gives out locals and labels, each different from all others of the program.
#[derive(Debug, Clone, Default)]
pub struct Locals {
    next_local: u32,
    next_label: u32,
}

impl Locals {
    /// Nothing is given out yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A new local, with the name that it has in the source.
    pub fn local(&mut self, name: &str) -> Local {
        let number = self.next_local;
        self.next_local += 1;
        Local { number, name: name.trim_start_matches("r#").replace(MARK, "").into() }
    }

    /// A new label.
    pub fn label(&mut self) -> Label {
        self.next_label += 1;
        Label(self.next_label - 1)
    }

    /// Gives out nothing below this number from now on.
    pub(super) fn starting_at(next_local: u32) -> Self {
        Self { next_local, next_label: 0 }
    }
}

/// Stands between name and number of a local, since no variable of JSONata can have it.
const MARK: char = '#';

impl Local {
    /// The name in the source.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its number, unique in the program.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How it is called in trees.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}{MARK}{}", self.name, self.number)
    }

    /// The local as a leaf.
    #[must_use]
    pub fn expression(&self) -> Expression {
        Expression::new(Kind::Variable(self.key()), 0..0)
    }

    /// A field of the local's value.
    ///
    /// ```
    /// # use asl_core::flow::Locals;
    /// assert_eq!(Locals::new().local("user").field("plan").to_string(), "$user#0.plan");
    /// ```
    #[must_use]
    pub fn field(&self, name: &str) -> Expression {
        let steps = vec![self.expression(), Expression::new(Kind::Name(name.to_owned()), 0..0)];
        Expression::new(Kind::Path(steps), 0..0)
    }

    /// The local that a leaf is, if it is one and nothing else.
    #[must_use]
    pub fn of(leaf: &Expression) -> Option<Self> {
        match &leaf.kind {
            Kind::Variable(key) => Self::of_key(key),
            _ => None,
        }
    }

    /// The local that a variable of a tree stands for, if it stands for one.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        let (name, number) = key.rsplit_once(MARK)?;
        Some(Self { number: number.parse().ok()?, name: name.into() })
    }
}
