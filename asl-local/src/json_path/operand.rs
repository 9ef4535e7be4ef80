use std::borrow::Cow;
use std::cmp::Ordering;

use asl_core::syntax::json_path::{Operand as Written, Term};
use asl_core::syntax::{JsonPath, Root};
use regex::{Regex, RegexBuilder};
use serde_json::Value;

use super::order::{number_order, text_order};
use super::prepare::{steps, variable};
use super::walk::{Evaluation, walk};
use super::{Document, Miss, Step};
use crate::unprepared::Unprepared;

/// A side of a comparison, or an argument of a path's function.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    Literal(Value),
    /// `['a', @.b]`.
    Array(Vec<Operand>),
    Regex(Regex),
    Path(Inner),
}

/// A path inside a filter or among a function's arguments.
#[derive(Debug, Clone)]
pub(super) struct Inner {
    start: Start,
    steps: Vec<Step>,
    definite: bool,
}

#[derive(Debug, Clone)]
enum Start {
    /// `@`, the value that the filter looks at.
    Current,
    /// `$`: the document that the path around it starts from, whichever that is, since the service hands
    /// json-path one document.
    Same,
    Other(Document),
}

impl Operand {
    pub(super) fn prepare(operand: &Written, written: &str) -> Result<Self, Unprepared> {
        Ok(match &operand.term {
            Term::Path(path) => Self::Path(Inner::prepare(path, written)?),
            Term::Text(text) => Self::Literal(Value::String(text.clone())),
            Term::Number(number) => Self::Literal(Value::Number(number.clone())),
            Term::Bool(value) => Self::Literal(Value::Bool(*value)),
            Term::Null => Self::Literal(Value::Null),
            Term::Array(elements) => Self::Array(
                elements.iter().map(|element| Self::prepare(element, written)).collect::<Result<_, _>>()?,
            ),
            Term::Regex { pattern, flags } => Self::Regex(regex(pattern, flags, written)?),
            Term::Placeholder(_) => return Err(Unprepared::placeholder(written)),
        })
    }

    /// The operand's value; none where its path leads nowhere, and for a regular expression.
    pub(super) fn value<'a>(
        &'a self,
        current: &'a Value,
        evaluation: &Evaluation<'a>,
    ) -> Result<Option<Cow<'a, Value>>, Miss> {
        Ok(match self {
            Self::Literal(value) => Some(Cow::Borrowed(value)),
            Self::Regex(_) => None,
            Self::Path(path) => path.value(current, evaluation)?,
            Self::Array(elements) => {
                let mut values = Vec::with_capacity(elements.len());
                for element in elements {
                    if let Some(value) = element.value(current, evaluation)? {
                        evaluation.budget.spend_on(&value)?;
                        values.push(value.into_owned());
                    }
                }
                Some(Cow::Owned(Value::Array(values)))
            }
        })
    }
}

impl Inner {
    fn prepare(path: &JsonPath, written: &str) -> Result<Self, Unprepared> {
        let start = match path.root() {
            Root::Current => Start::Current,
            Root::Input => Start::Same,
            Root::Context => Start::Other(Document::Context),
            Root::Variable(name) => Start::Other(Document::Variable(variable(name, written)?)),
            Root::Placeholder(_) => return Err(Unprepared::placeholder(written)),
        };
        let (steps, definite) = steps(path, written)?;
        Ok(Self { start, steps, definite })
    }

    fn value<'a>(
        &'a self,
        current: &'a Value,
        evaluation: &Evaluation<'a>,
    ) -> Result<Option<Cow<'a, Value>>, Miss> {
        let document = match &self.start {
            Start::Current => current,
            Start::Same => evaluation.document,
            Start::Other(Document::Variable(name)) => match evaluation.scope.variable(name) {
                Some(data) => data.json(),
                None => return Ok(None),
            },
            Start::Other(_) => evaluation.scope.context().json(),
        };
        let found = match walk(&self.steps, self.definite, document, evaluation) {
            Ok(found) => found,
            Err(Miss::TooMany) => return Err(Miss::TooMany),
            Err(_) => return Ok(None),
        };
        if self.definite {
            return Ok(found.into_iter().next());
        }
        let mut values = Vec::with_capacity(found.len());
        for value in found {
            evaluation.budget.spend_on(&value)?;
            values.push(value.into_owned());
        }
        Ok(Some(Cow::Owned(Value::Array(values))))
    }

    /// Whether the path leads somewhere.
    pub(super) fn exists(&self, current: &Value, evaluation: &Evaluation<'_>) -> Result<bool, Miss> {
        let value = self.value(current, evaluation)?;
        Ok(match value.as_deref() {
            Some(Value::Array(values)) if !self.definite => !values.is_empty(),
            value => value.is_some(),
        })
    }
}

/// The expression as Java's `matches` applies it: to the whole text.
fn regex(pattern: &str, flags: &str, written: &str) -> Result<Regex, Unprepared> {
    let comments = flags.contains('x');
    // the line break ends a comment that the pattern may end in
    let end = if comments { "\n" } else { "" };
    RegexBuilder::new(&format!(r"\A(?:{pattern}{end})\z"))
        .ignore_whitespace(comments)
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .dot_matches_new_line(flags.contains('s'))
        .build()
        .map_err(|error| Unprepared::new(written, error.to_string()))
}

/// Whether two values are equal for a filter. `1` equals `1.0`, and a number equals a text that spells it.
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => number_order(left, right) == Some(Ordering::Equal),
        (Value::Number(left), Value::String(right)) => right
            .parse()
            .is_ok_and(|right: serde_json::Number| number_order(left, &right) == Some(Ordering::Equal)),
        // json-path takes the right side for what the left is, thus writes the number out
        (Value::String(left), Value::Number(right)) => *left == right.to_string(),
        _ => left == right,
    }
}

/// The order of two numbers or two texts; others have none.
pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => number_order(left, right),
        (Value::String(left), Value::String(right)) => Some(text_order(left, right)),
        _ => None,
    }
}
