//! Writing blocks: one method for each statement.

use super::effect::{Effect, Errors, Handler};
use super::local::{Label, Local};
use super::program::{Block, If, Name, Source, Statement, StatementKind};
use crate::syntax::jsonata::Expression;

impl Block {
    /// An empty block.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A block that something writes.
    ///
    /// ```
    /// use asl_core::flow::{Block, Effect};
    /// use asl_core::syntax::jsonata::Expression;
    /// let pause = Block::of(|block| {
    ///     block.effect(Effect::wait_seconds(Expression::parse_strict("30").unwrap()));
    /// });
    /// assert_eq!(pause.statements.len(), 1);
    /// ```
    #[must_use]
    pub fn of(write: impl FnOnce(&mut Self)) -> Self {
        let mut block = Self::new();
        write(&mut block);
        block
    }

    /// Says where the statement that was written last stands in the source.
    pub fn at(&mut self, source: Source) {
        if let Some(last) = self.statements.last_mut() {
            last.source = Some(source);
        }
    }

    /// Adds a statement.
    pub fn push(&mut self, kind: StatementKind) {
        self.statements.push(Statement { source: None, kind });
    }

    /// Gives a local a value.
    pub fn set(&mut self, local: &Local, value: Expression) {
        self.push(StatementKind::Set(vec![(local.clone(), value)]));
    }

    /// Gives several locals their values at once.
    pub fn set_all(&mut self, values: impl IntoIterator<Item = (Local, Expression)>) {
        self.push(StatementKind::Set(values.into_iter().collect()));
    }

    /// Does something that takes time or touches the world.
    pub fn effect(&mut self, effect: Effect) {
        let source = effect.source;
        self.push(StatementKind::Effect(Box::new(effect)));
        if let (Some(last), Some(_)) = (self.statements.last_mut(), source) {
            last.source = source;
        }
    }

    /// Goes on with the first arm whose condition holds.
    pub fn choose(&mut self, chain: If) {
        self.push(StatementKind::If(chain));
    }

    /// Does something if a condition holds.
    pub fn when(&mut self, condition: Expression, then: impl FnOnce(&mut Self)) {
        self.choose(If::new(condition, Self::of(then)));
    }

    /// Repeats a block until something leaves it.
    pub fn repeat(&mut self, label: Label, body: impl FnOnce(&mut Self)) {
        self.push(StatementKind::Loop { label, body: Self::of(body) });
    }

    /// Does what can be left early.
    pub fn labelled(&mut self, label: Label, body: impl FnOnce(&mut Self)) {
        self.push(StatementKind::Labelled { label, body: Self::of(body) });
    }

    /// Leaves a loop or a labelled block.
    pub fn break_(&mut self, label: Label) {
        self.push(StatementKind::Break(label));
    }

    /// Begins a loop anew.
    pub fn continue_(&mut self, label: Label) {
        self.push(StatementKind::Continue(label));
    }

    /// Does what may fail, and then what the handlers say.
    pub fn attempt(&mut self, body: impl FnOnce(&mut Self), handlers: Vec<Handler>) {
        self.push(StatementKind::Attempt { body: Self::of(body), handlers });
    }

    /// Fails with an error.
    pub fn raise(&mut self, error: Expression, cause: Expression) {
        self.push(StatementKind::Raise { error, cause, name: Name::Automatic });
    }

    /// Ends with a value.
    pub fn return_(&mut self, value: Expression) {
        self.push(StatementKind::Return(value));
    }

    /// Registers what undoes the step before.
    pub fn compensate(&mut self, effect: Effect) {
        self.push(StatementKind::Compensate(Box::new(effect)));
    }
}

impl Handler {
    /// A handler for errors of these names.
    #[must_use]
    pub fn on<N: Into<String>>(names: impl IntoIterator<Item = N>, bind: Option<Local>, body: Block) -> Self {
        Self { errors: Errors::Named(names.into_iter().map(Into::into).collect()), bind, body }
    }

    /// A handler for all errors that no handler before it is for.
    #[must_use]
    pub fn on_any(bind: Option<Local>, body: Block) -> Self {
        Self { errors: Errors::All, bind, body }
    }
}
