use std::marker::PhantomData;

use super::Strict;
use crate::ctx::{Projection, Retry, Task};
use crate::expr::{AslData, AslError, Expr, tree};
use crate::flow::{Block, Effect, EffectKind, Local, Name, result, with_variables};
use crate::syntax::jsonata::{Expression, Kind};

/// What can be awaited, and gives `Result<T, E>`: a task that was called, branches, a Map, a block.
#[derive(Debug)]
#[must_use]
pub struct Work<T: AslData, E> {
    pub(super) kind: WorkKind,
    /// What the locals around it are called where the source gives no name.
    pub(super) hint: String,
    /// Tasks within it whose other errors pass all handlers.
    pub(super) strict: Vec<Strict>,
    pub(super) types: PhantomData<fn() -> (T, E)>,
}

#[derive(Debug)]
pub(super) enum WorkKind {
    /// An effect, and what it gives if that is not its own value.
    Effect { effect: Box<Effect>, gives: Option<Expression>, is_nested: bool },
    /// A block, and where its value is.
    Region { body: Block, value: Local },
}

/// What is taken of a task's result. A part that is missing is null: in a template it would fail the state.
fn projected<T: AslData>(task: &Task) -> Expression {
    let value = task.stage_result(&result());
    match task.result {
        Projection::Object(_) => {
            let whole = result();
            let Kind::Variable(name) = &whole.kind else { return value };
            with_variables(&T::rebuilt(whole.clone()), |variable| (variable == name).then(|| value.clone()))
        }
        Projection::Whole | Projection::Nothing | Projection::Path(_) => value,
    }
}

// what an error type must be is asked where it is declared
impl<T: AslData, E> Work<T, E> {
    pub(super) fn of_effect(hint: &str, effect: Effect) -> Self {
        let kind = WorkKind::Effect { effect: Box::new(effect), gives: None, is_nested: false };
        Self { kind, hint: hint.to_owned(), strict: Vec::new(), types: PhantomData }
    }

    /// A task function that was called with these arguments.
    pub fn task<const N: usize>(task: &Task, parameters: [Expression; N]) -> Self {
        let mut effect = Effect::task(task.function, task.resource, task.stage(&parameters));
        effect.name = Name::Suggested(task.state.to_owned());
        effect.value = Some(projected::<T>(task));
        Self::of_effect(task.function, effect)
    }

    /// Another state machine that was called with this input: it is started, and its end is waited for.
    pub fn machine(function: &str, arn: &str, input: Expression) -> Self {
        let arguments = tree::object([("StateMachineArn", tree::string(arn)), ("Input", input)]);
        let mut effect = Effect::task(function, "arn:aws:states:::states:startExecution.sync:2", arguments);
        effect.value = Some(tree::field(&result(), "Output"));
        let kind = WorkKind::Effect { effect: Box::new(effect), gives: None, is_nested: true };
        Self { kind, hint: function.to_owned(), strict: Vec::new(), types: PhantomData }
    }
}

impl<T: AslData, E: AslError> Work<T, E> {
    fn set(mut self, set: impl FnOnce(&mut Effect)) -> Self {
        if let WorkKind::Effect { effect, .. } = &mut self.kind {
            set(effect);
        }
        self
    }

    fn set_task(self, set: impl FnOnce(&mut crate::flow::Task)) -> Self {
        self.set(|effect| {
            if let EffectKind::Task(task) = &mut effect.kind {
                set(task);
            }
        })
    }

    /// `Retry`: adds a retrier.
    pub fn retry(self, retry: Retry) -> Self {
        self.set(|effect| effect.retry.push(retry.retrier().into()))
    }

    /// `TimeoutSeconds`.
    pub fn timeout(self, seconds: Expr<u64>) -> Self {
        self.set_task(|task| task.timeout_seconds = Some(seconds.into_tree()))
    }

    /// `HeartbeatSeconds`.
    pub fn heartbeat(self, seconds: Expr<u64>) -> Self {
        self.set_task(|task| task.heartbeat_seconds = Some(seconds.into_tree()))
    }

    /// `Credentials`.
    pub fn credentials(self, role_arn: Expr<String>) -> Self {
        let credentials = tree::object([("RoleArn", role_arn.into_value())]);
        self.set_task(|task| task.credentials = Some(credentials))
    }

    /// The state's name.
    pub fn named(self, name: &str) -> Self {
        self.set(|effect| effect.name = Name::Given(name.to_owned()))
    }

    /// `MaxConcurrency` of a Map.
    pub fn max_concurrency(self, most: Expr<u32>) -> Self {
        self.set(|effect| {
            if let EffectKind::Map(map) = &mut effect.kind {
                map.max_concurrency = Some(most.into_tree());
            }
        })
    }
}
