//! The data of a program: blocks of statements, and the effects among them.

use super::effect::{Effect, Handler};
use super::local::{Label, Local};
use crate::syntax::jsonata::Expression;

/// A workflow as structured control flow, before it becomes states.
///
/// Its leaves are JSONata trees in which a local stands as [`Local::expression`]. Each leaf must have a value where
/// it is evaluated: one that is missing fails its state with `States.QueryEvaluationError`, as in any definition.
///
/// ```
/// use asl_core::flow::{Block, Effect, Locals, Program};
///
/// let mut locals = Locals::new();
/// let order = locals.local("order");
/// let mut body = Block::new();
/// let receipt = locals.local("receipt");
/// body.effect(Effect::lambda("charge_card", "${ChargeCardArn}", order.expression()).bind(receipt.clone()));
/// body.return_(receipt.field("payment_id"));
///
/// let lowered = Program::new(order, body).lower()?;
/// let json = serde_json::to_value(&lowered.machine)?;
/// assert_eq!(json["StartAt"], "ChargeCard");
/// assert_eq!(json["States"]["ChargeCard"]["Output"], "{% $states.result.Payload.payment_id %}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// What the machine's input is bound to.
    pub input: Local,
    /// What is done.
    pub body: Block,
    /// `Comment` of the machine.
    pub comment: Option<String>,
    /// `TimeoutSeconds` of the machine.
    pub timeout_seconds: Option<i64>,
}

impl Program {
    /// A program without comment and timeout.
    #[must_use]
    pub fn new(input: Local, body: Block) -> Self {
        Self { input, body, comment: None, timeout_seconds: None }
    }

    /// Sets `Comment` of the machine.
    #[must_use]
    pub fn comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Sets `TimeoutSeconds` of the machine.
    #[must_use]
    pub fn timeout_seconds(mut self, seconds: i64) -> Self {
        self.timeout_seconds = Some(seconds);
        self
    }
}

/// A place in the author's source: a number that means something to whoever builds the program, such as the index of
/// a line in a table. Faults and states carry it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source(pub u32);

/// How the state of a statement is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Name {
    /// By what the statement does.
    #[default]
    Automatic,
    /// By a text of the source: the name of a function becomes PascalCase, that of a condition gets a `?`.
    Derived(String),
    /// By a name as it is, with a number if it is taken.
    Suggested(String),
    /// By the author's own word, as it is.
    Given(String),
}

/// Statements, one after the other. A block that ends without a jump goes on with what follows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// The statements in their order.
    pub statements: Vec<Statement>,
}

/// One statement, and where it stands in the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Where it stands, if that is known.
    pub source: Option<Source>,
    /// What it does.
    pub kind: StatementKind,
}

/// What a [`Statement`] does.
#[derive(Debug, Clone, PartialEq)]
pub enum StatementKind {
    /// Gives locals their values, all at once: the values are computed from what the locals were before.
    /// Declaring a local and changing it is the same.
    Set(Vec<(Local, Expression)>),
    /// Something that takes time or touches the world. Becomes a state.
    Effect(Box<Effect>),
    /// Goes on with the first arm whose condition holds.
    If(If),
    /// Repeats its body until something leaves it.
    Loop {
        /// For [`Break`](Self::Break) and [`Continue`](Self::Continue).
        label: Label,
        /// What is repeated.
        body: Block,
    },
    /// A block that can be left early.
    Labelled {
        /// For [`Break`](Self::Break).
        label: Label,
        /// What is done.
        body: Block,
    },
    /// Leaves a loop or a labelled block. A value is [`Set`](Self::Set) before.
    Break(Label),
    /// Begins a loop anew.
    Continue(Label),
    /// A block whose errors are handled: those of its effects that they do not handle themselves, and those that are
    /// raised in it.
    Attempt {
        /// What is tried.
        body: Block,
        /// What is done about errors; the first that matches.
        handlers: Vec<Handler>,
    },
    /// Fails with an error: the nearest handler around gets it, else the execution, branch or iteration fails.
    Raise {
        /// The error's name, a text.
        error: Expression,
        /// What happened, a text.
        cause: Expression,
        /// How the Fail state is called, where one is needed.
        name: Name,
    },
    /// Ends the execution, branch or iteration with a value.
    Return(Expression),
    /// Registers what undoes the step that was just completed.
    ///
    /// Whenever an error goes past this place, the effect runs first; those registered last run first; then the error
    /// goes on unchanged. An undoing that fails itself stops neither those before it nor the error.
    /// Its leaves read the locals as they are when it runs.
    Compensate(Box<Effect>),
}

/// A chain of conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct If {
    /// How the Choice is called.
    pub name: Name,
    /// Conditions and what they lead to.
    pub arms: Vec<(Expression, Block)>,
    /// What is done if none holds.
    pub otherwise: Otherwise,
}

/// What follows if no condition of an [`If`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Otherwise {
    /// This block; an empty one goes on behind the chain.
    Block(Block),
    /// One always does, as in a `match` over all variants: a value that is none of them fails the execution with
    /// `States.NoChoiceMatched`.
    Never,
}

impl If {
    /// A single condition.
    #[must_use]
    pub fn new(condition: Expression, then: Block) -> Self {
        let otherwise = Otherwise::Block(Block::new());
        Self { name: Name::Automatic, arms: vec![(condition, then)], otherwise }
    }

    /// Adds a condition, asked if none before holds.
    #[must_use]
    pub fn or_if(mut self, condition: Expression, then: Block) -> Self {
        self.arms.push((condition, then));
        self
    }

    /// Sets what is done if no condition holds.
    #[must_use]
    pub fn or_else(mut self, block: Block) -> Self {
        self.otherwise = Otherwise::Block(block);
        self
    }

    /// Says that one of the conditions always holds.
    #[must_use]
    pub fn exhaustive(mut self) -> Self {
        self.otherwise = Otherwise::Never;
        self
    }

    /// Names the Choice by the text of the condition in the source.
    #[must_use]
    pub fn derived(mut self, text: impl Into<String>) -> Self {
        self.name = Name::Derived(text.into());
        self
    }
}
