//! Branches that run at the same time, and a block for each of many items.

use std::marker::PhantomData;

use super::work::WorkKind;
use super::{Open, Returns, Stage, Strict, Work};
use crate::expr::{AslData, AslError, Expr};
use crate::flow::{Block, Branch, Effect, EffectKind, Map, Name, StatementKind};

/// Branches that are being written.
#[derive(Debug)]
pub struct Join<E> {
    branches: Vec<Branch>,
    strict: Vec<Strict>,
    types: PhantomData<fn() -> E>,
}

impl<E: AslError> Join<E> {
    /// No branch yet.
    #[expect(clippy::new_without_default, reason = "only generated code makes one")]
    #[must_use]
    pub fn new() -> Self {
        Self { branches: Vec::new(), strict: Vec::new(), types: PhantomData }
    }

    /// How a branch ends. All fail with one type.
    #[must_use]
    pub fn returns<T: AslData>(&self) -> Returns<T, E> {
        Returns::new()
    }
}

impl Stage {
    /// Ends a branch, the block that was begun last, and gives its value.
    pub fn branch<T: AslData, E: AslError>(&mut self, join: &mut Join<E>, _: Returns<T, E>) -> Expr<T> {
        let bind = self.local("branch");
        let value = Expr::from_tree(bind.expression());
        let (body, strict) = self.end_with_strict();
        join.branches.push(Branch { bind: Some(bind), body });
        join.strict.extend(strict);
        value
    }

    /// All branches; `value` is the tuple of theirs.
    pub fn joined<T: AslData, E: AslError>(&mut self, join: Join<E>, value: Expr<T>) -> Work<T, E> {
        let kind = WorkKind::Effect {
            effect: Box::new(Effect::parallel(join.branches)),
            gives: Some(value.into_tree()),
            is_nested: false,
        };
        Work { kind, hint: "branches".to_owned(), strict: join.strict, types: PhantomData }
    }

    /// A single branch that may be tried again.
    pub fn attempted<T: AslData, E: AslError>(&mut self, join: Join<E>, value: Expr<T>) -> Work<T, E> {
        // natively it catches all errors too, and makes its own of them
        self.strict.truncate(self.strict.len().saturating_sub(join.strict.len()));
        let mut work = self.joined(join, value);
        if let WorkKind::Effect { effect, .. } = &mut work.kind {
            effect.name = Name::Derived("attempt".to_owned());
        }
        Work { hint: "value".to_owned(), strict: Vec::new(), ..work }
    }

    /// What an item is bound to.
    pub fn item<I: AslData>(&mut self, _: &Expr<Vec<I>>, name: &str) -> Expr<I> {
        self.slot(name)
    }

    /// A block for each item, the one that was begun last.
    pub fn each<I: AslData, T: AslData, E: AslError>(
        &mut self,
        items: Expr<Vec<I>>,
        item: &Expr<I>,
        name: &str,
        _: Returns<T, E>,
    ) -> Work<Vec<T>, E> {
        let (body, strict) = self.end_with_strict();
        let Some(item) = crate::flow::Local::of(item.tree()) else {
            return Work::of_effect("results", Effect::parallel([]));
        };
        let map = Map {
            items: Some(items.into_tree()),
            item,
            index: None,
            body,
            max_concurrency: None,
            distributed: None,
        };
        let mut effect = Effect::new(EffectKind::Map(Box::new(map)));
        if !name.is_empty() {
            effect.name = Name::Derived(name.to_owned());
        }
        Work { strict, ..Work::of_effect("results", effect) }
    }

    /// Ends a block that is awaited.
    pub fn awaited<T: AslData, E: AslError>(&mut self, returns: Returns<T, E>) -> Work<T, E> {
        let Some((value, label)) = returns.region else {
            return Work::of_effect("value", Effect::parallel([]));
        };
        self.labelled_into(label);
        let (body, strict) = self.end_with_strict();
        Work { kind: WorkKind::Region { body, value }, hint: "value".to_owned(), strict, types: PhantomData }
    }

    /// Puts the block that was begun last under a label into a block of its own.
    fn labelled_into(&mut self, label: crate::flow::Label) {
        let (body, strict) = self.end_with_strict();
        self.open.push(Open { block: Block::new(), strict: self.strict.len() - strict.len() });
        self.push(StatementKind::Labelled { label, body });
    }
}
