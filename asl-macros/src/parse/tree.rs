//! What the tokens say, before anything is known about states and fields.

use std::ops::Range;

use proc_macro2::{Span, TokenStream};

use crate::errors::Place;

/// The body of a macro.
#[derive(Debug)]
pub(crate) struct Definition {
    /// Whether `#![express]` stands at the top.
    pub(crate) express: bool,
    pub(crate) machine: Object,
}

/// `{ … }`: entries, and in Choice states arms.
#[derive(Debug)]
pub(crate) struct Object {
    /// The opening brace; the whole call for the body of the macro, which has none of its own.
    pub(crate) place: Place,
    pub(crate) members: Vec<Member>,
}

#[derive(Debug)]
pub(crate) enum Member {
    Entry(Entry),
    Arm(Box<Arm>),
}

/// `Key: value`
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_place: Place,
    pub(crate) value: Value,
}

/// `condition => target`
#[derive(Debug)]
pub(crate) struct Arm {
    pub(crate) place: Place,
    pub(crate) pattern: Pattern,
    pub(crate) target: Target,
}

#[derive(Debug)]
pub(crate) enum Pattern {
    /// `_`
    Otherwise,
    /// A JSONata condition.
    Jsonata(Text),
    /// A condition on paths.
    Condition(Box<Condition>),
}

/// What stands after `=>`.
#[derive(Debug)]
pub(crate) enum Target {
    /// The name of a state.
    Next(Value),
    /// `{ Next: …, Assign: … }`
    Fields(Object),
}

#[derive(Debug)]
pub(crate) struct Value {
    pub(crate) place: Place,
    pub(crate) kind: ValueKind,
}

#[derive(Debug)]
pub(crate) enum ValueKind {
    Null,
    Bool(bool),
    /// As JSON spells it.
    Number(String),
    /// A string literal.
    String(Text),
    /// A name without quotes: `ByPlan`, `JSONata`, `States.ALL`.
    Word(String),
    /// `$.user.plan`
    Path(Text),
    /// `States.UUID()`
    Intrinsic(Text),
    Array(Vec<Value>),
    Object(Object),
    /// `Task { … }`
    Typed(String, Place, Object),
    /// `#(expression)`
    Hole(TokenStream),
}

/// The text of a JSON string, and which token says which part of it.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) value: String,
    /// Empty for a literal: stable rustc cannot point into one.
    pub(crate) pieces: Vec<(Range<usize>, Span)>,
}

impl Text {
    pub(crate) fn literal(value: String) -> Self {
        Self { value, pieces: Vec::new() }
    }

    pub(crate) fn empty() -> Self {
        Self::literal(String::new())
    }

    /// Adds what a token says.
    pub(crate) fn push(&mut self, text: &str, span: Span) {
        let start = self.value.len();
        self.value.push_str(text);
        self.pieces.push((start..self.value.len(), span));
    }

    /// Adds another text at the end.
    pub(crate) fn append(&mut self, other: Self) {
        let start = self.value.len();
        self.value.push_str(&other.value);
        self.pieces
            .extend(other.pieces.into_iter().map(|(it, span)| (it.start + start..it.end + start, span)));
    }
}

/// A condition of an arm.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) place: Place,
    pub(crate) kind: ConditionKind,
}

#[derive(Debug)]
pub(crate) enum ConditionKind {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Comparison(Box<Comparison>),
}

/// `path operator operand`, or a test of the path like `is_null(path)`.
#[derive(Debug)]
pub(crate) struct Comparison {
    pub(crate) variable: Text,
    pub(crate) variable_place: Place,
    /// The name of the field in JSON: `StringEquals`.
    pub(crate) comparator: String,
    /// The operator, or the name of the test.
    pub(crate) comparator_place: Place,
    pub(crate) operand: Value,
}
