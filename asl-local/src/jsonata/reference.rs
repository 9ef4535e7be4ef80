//! Expressions that only name data: a constant, or fields of `$states` and of variables. They need no evaluator.

use asl_core::syntax::jsonata::{Expression, Kind};
use serde_json::Value;

use super::backend::Step;
use super::needs::{Field, is_function};
use super::number;
use crate::{Data, Scope};

/// An expression that only names data.
pub(super) enum Reference {
    Constant(Data),
    Path { root: Root, names: Vec<Box<str>> },
}

/// Where a path begins.
pub(super) enum Root {
    States(Field),
    Variable(Box<str>),
}

/// What a reference finds.
pub(super) enum Found {
    Data(Data),
    Nothing,
    /// It leads through an array, or the name is a function's: only the evaluator knows.
    Unclear,
}

impl Reference {
    /// The expression as a reference, if it is one.
    pub(super) fn of(expression: &Expression) -> Option<Self> {
        if let Some(value) = constant(expression) {
            return Some(Self::Constant(Data::from(value)));
        }
        let steps = match &expression.kind {
            Kind::Path(steps) => &steps[..],
            _ => std::slice::from_ref(expression),
        };
        let Kind::Variable(name) = &steps.first()?.kind else { return None };
        let names = steps[1..].iter().map(|step| match &step.kind {
            Kind::Name(name) | Kind::String(name) => Some(name.as_str().into()),
            _ => None,
        });
        let mut names = names.collect::<Option<Vec<Box<str>>>>()?;
        let root = if name == "states" {
            let field = Field::named(names.first()?)?;
            names.remove(0);
            Root::States(field)
        } else {
            Root::Variable(name.as_str().into())
        };
        Some(Self::Path { root, names })
    }

    pub(super) fn find(&self, scope: &dyn Scope) -> Found {
        match self {
            Self::Constant(data) => Found::Data(data.clone()),
            Self::Path { root, names } => match root.data(scope) {
                Some(data) => select(data, names),
                None if matches!(root, Root::Variable(name) if is_function(name)) => Found::Unclear,
                None => Found::Nothing,
            },
        }
    }
}

impl Root {
    fn data<'s>(&self, scope: &'s dyn Scope) -> Option<&'s Data> {
        match self {
            Self::States(field) => field.of(scope),
            Self::Variable(name) => scope.variable(name),
        }
    }
}

impl Field {
    /// The field's value, where it is available.
    pub(super) fn of(self, scope: &dyn Scope) -> Option<&Data> {
        match self {
            Self::Input => Some(scope.input()),
            Self::Context => Some(scope.context()),
            Self::Result => scope.result(),
            Self::ErrorOutput => scope.error_output(),
        }
    }
}

/// A number, text, boolean or null.
fn constant(expression: &Expression) -> Option<Value> {
    Some(match &expression.kind {
        Kind::Null => Value::Null,
        Kind::Boolean(boolean) => Value::Bool(*boolean),
        Kind::String(text) => Value::from(text.as_str()),
        Kind::Number(number) => number::to_json(*number),
        Kind::Negate(inner) => match inner.kind {
            Kind::Number(number) => number::to_json(-number),
            _ => return None,
        },
        _ => return None,
    })
}

/// Goes from field to field, without converting anything where that is possible.
fn select(data: &Data, names: &[Box<str>]) -> Found {
    if names.is_empty() && data.is_plain() {
        return Found::Data(data.clone());
    }
    // data that only ever was JSON: a field with text or a number can be taken out of it as it is
    if data.native_if_there().is_none() || !data.is_plain() {
        let value = match walk(data.json(), names) {
            Step::Found(value) => value,
            Step::Missing => return Found::Nothing,
            Step::Each => return Found::Unclear,
        };
        if !(value.is_array() || value.is_object()) || !data.is_plain() {
            return Found::Data(Data::from(number::settle(value)));
        }
    }
    let mut native = data.native().clone();
    for name in names {
        native = match native.step(name) {
            Step::Found(value) => value,
            Step::Missing => return Found::Nothing,
            Step::Each => return Found::Unclear,
        };
    }
    Found::Data(Data::from_native(native))
}

fn walk<'v>(value: &'v Value, names: &[Box<str>]) -> Step<&'v Value> {
    let mut value = value;
    for name in names {
        value = match value {
            Value::Object(fields) => match fields.get(&**name) {
                Some(value) => value,
                None => return Step::Missing,
            },
            Value::Array(_) => return Step::Each,
            _ => return Step::Missing,
        };
    }
    Step::Found(value)
}
