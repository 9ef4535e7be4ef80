//! Effects: what becomes a Task, Wait, Parallel or Map.

use super::distributed::Distributed;
use super::local::Local;
use super::program::{Block, Name, Source};
use crate::model::Retrier;
use crate::syntax::jsonata::{Expression, Kind, Pair};

/// Something that takes time or touches the world, with what is done about its errors.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// What it is.
    pub kind: EffectKind,
    /// How its state is called.
    pub name: Name,
    /// `Comment` of the state.
    pub comment: Option<String>,
    /// Where it stands in the source.
    pub source: Option<Source>,
    /// What its value is bound to; not for a [`Wait`](EffectKind::Wait).
    pub bind: Option<Local>,
    /// How the value is computed from what the state gives, which stands in it as [`result`]; that itself if absent.
    pub value: Option<Expression>,
    /// `Retry`; not for a [`Wait`](EffectKind::Wait).
    pub retry: Vec<Retrier>,
    /// What is done about errors; the first that matches. Not for a [`Wait`](EffectKind::Wait).
    pub handlers: Vec<Handler>,
}

/// What an [`Effect`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum EffectKind {
    /// A call of a service.
    Task(Box<Task>),
    /// A pause.
    Wait(WaitFor),
    /// Several blocks at the same time. Its value is the array of theirs.
    Parallel(Vec<Branch>),
    /// A block for each of many items. Its value is the array of theirs, unless results are
    /// [written](Distributed::writer).
    Map(Box<Map>),
}

/// A call of a service.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// `Resource`.
    pub resource: String,
    /// `Arguments`.
    pub arguments: Expression,
    /// `TimeoutSeconds`, a whole number.
    pub timeout_seconds: Option<Expression>,
    /// `HeartbeatSeconds`, a whole number.
    pub heartbeat_seconds: Option<Expression>,
    /// `Credentials`, an object with `RoleArn`.
    pub credentials: Option<Expression>,
}

/// How long a pause is.
#[derive(Debug, Clone, PartialEq)]
pub enum WaitFor {
    /// `Seconds`, a whole number.
    Seconds(Expression),
    /// `Timestamp`, an RFC 3339 text.
    Timestamp(Expression),
}

/// One of several blocks that run at the same time. Returning from it gives its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// What its value is bound to, outside.
    pub bind: Option<Local>,
    /// What is done. Its locals are its own.
    pub body: Block,
}

/// A block for each of many items.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// `Items`: an array. Not for items that are [read](super::Reader).
    pub items: Option<Expression>,
    /// What an item is bound to; with [batches](super::Batches), the array of a batch.
    pub item: Local,
    /// What the item's place is bound to, counted from 0.
    pub index: Option<Local>,
    /// What is done for each. Returning from it gives the item's result. Its locals are its own.
    pub body: Block,
    /// `MaxConcurrency`, a whole number.
    pub max_concurrency: Option<Expression>,
    /// Iterations that are executions of their own.
    pub distributed: Option<Distributed>,
}

/// What is done about some errors.
#[derive(Debug, Clone, PartialEq)]
pub struct Handler {
    /// Which.
    pub errors: Errors,
    /// What the error is bound to: an object with the texts `Error` and `Cause`, empty where the service gives none, as
    /// for the cause of `States.Timeout`.
    pub bind: Option<Local>,
    /// What is done.
    pub body: Block,
}

/// Which errors a [`Handler`] is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errors {
    /// Those of these names. `States.Timeout` means missed heartbeats too.
    Named(Vec<String>),
    /// Any, but for those that nothing can catch.
    All,
}

impl Effect {
    /// An effect with nothing but what it does.
    #[must_use]
    pub fn new(kind: EffectKind) -> Self {
        Self {
            kind,
            name: Name::Automatic,
            comment: None,
            source: None,
            bind: None,
            value: None,
            retry: Vec::new(),
            handlers: Vec::new(),
        }
    }

    /// A call of a service, named by the function that stands for it in the source.
    #[must_use]
    pub fn task(function: &str, resource: impl Into<String>, arguments: Expression) -> Self {
        let task = Task {
            resource: resource.into(),
            arguments,
            timeout_seconds: None,
            heartbeat_seconds: None,
            credentials: None,
        };
        Self { name: Name::Derived(function.to_owned()), ..Self::new(EffectKind::Task(Box::new(task))) }
    }

    /// A call of a Lambda function; its value is what the function returns.
    #[must_use]
    pub fn lambda(function: &str, arn: &str, payload: Expression) -> Self {
        let text = |text: &str| Expression::new(Kind::String(text.to_owned()), 0..0);
        let pairs = vec![
            Pair { key: text("FunctionName"), value: text(arn) },
            Pair { key: text("Payload"), value: payload },
        ];
        let arguments = Expression::new(Kind::Object(pairs), 0..0);
        let steps = vec![result(), Expression::new(Kind::Name("Payload".to_owned()), 0..0)];
        Self::task(function, "arn:aws:states:::lambda:invoke", arguments)
            .value(Expression::new(Kind::Path(steps), 0..0))
    }

    /// A pause of some seconds.
    #[must_use]
    pub fn wait_seconds(seconds: Expression) -> Self {
        Self::new(EffectKind::Wait(WaitFor::Seconds(seconds)))
    }

    /// A pause until a time.
    #[must_use]
    pub fn wait_until(timestamp: Expression) -> Self {
        Self::new(EffectKind::Wait(WaitFor::Timestamp(timestamp)))
    }

    /// Blocks that run at the same time.
    #[must_use]
    pub fn parallel(branches: impl IntoIterator<Item = Branch>) -> Self {
        Self::new(EffectKind::Parallel(branches.into_iter().collect()))
    }

    /// A block for each item of an array.
    #[must_use]
    pub fn map(items: Expression, item: Local, body: Block) -> Self {
        let (index, max_concurrency, distributed) = (None, None, None);
        let map = Map { items: Some(items), item, index, body, max_concurrency, distributed };
        Self::new(EffectKind::Map(Box::new(map)))
    }

    /// Sets what the value is bound to.
    #[must_use]
    pub fn bind(mut self, local: Local) -> Self {
        self.bind = Some(local);
        self
    }

    /// Sets how the value is computed from the [`result`].
    #[must_use]
    pub fn value(mut self, value: Expression) -> Self {
        self.value = Some(value);
        self
    }

    /// Sets the name of the state.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Name::Given(name.into());
        self
    }

    /// Sets where the effect stands in the source.
    #[must_use]
    pub fn at(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }

    /// Sets `Comment` of the state.
    #[must_use]
    pub fn comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Adds a retrier.
    #[must_use]
    pub fn retry(mut self, retrier: impl Into<Retrier>) -> Self {
        self.retry.push(retrier.into());
        self
    }

    /// Adds a handler for errors of these names.
    #[must_use]
    pub fn on<N: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = N>,
        bind: Option<Local>,
        body: Block,
    ) -> Self {
        let errors = Errors::Named(names.into_iter().map(Into::into).collect());
        self.handlers.push(Handler { errors, bind, body });
        self
    }

    /// Adds a handler for all errors that no handler before it is for.
    #[must_use]
    pub fn on_any(mut self, bind: Option<Local>, body: Block) -> Self {
        self.handlers.push(Handler { errors: Errors::All, bind, body });
        self
    }
}

/// What the state of an effect gives, in [`Effect::value`].
#[must_use]
pub fn result() -> Expression {
    Expression::new(Kind::Variable(RESULT.to_owned()), 0..0)
}

/// What the state of an effect gives.
pub(super) const RESULT: &str = "#result";
