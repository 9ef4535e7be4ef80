//! The walk over an object's fields that does not need to know its type.

use serde_json::Number;

use super::{
    Branch, Catcher, ChoiceRule, Comparator, Dynamic, Extra, Field, JsonObject, Kind, Path, PathOrNull,
    Retrier, States, Static, Value, ValueOrPath,
};

/// What one field of an object holds.
#[derive(Clone, Copy)]
pub enum FieldValue<'a> {
    /// Constant text: `Type`, `Comment`, `Resource`, `Label`, an enumerated value.
    Text(&'a str),
    /// A flag: `End`.
    Flag(bool),
    /// A whole number, known at deployment.
    StaticInteger(&'a Static<i64>),
    /// A number, known at deployment.
    StaticNumber(&'a Static<Number>),
    /// A whole number or an expression.
    Integer(&'a Dynamic<i64>),
    /// A number or an expression.
    Number(&'a Dynamic<Number>),
    /// Text or an expression.
    DynamicText(&'a Dynamic<String>),
    /// A flag or an expression.
    DynamicFlag(&'a Dynamic<bool>),
    /// A path.
    Path(&'a Path),
    /// A path or `null`.
    PathOrNull(&'a PathOrNull),
    /// Any JSON: payload template, arguments, output.
    Json(&'a Value),
    /// A JSON object: `Assign`.
    JsonObject(&'a JsonObject),
    /// The operand of a comparison.
    Operand(Comparator, &'a Value),
    /// Strings: `ErrorEquals`, `CSVHeaders`.
    Texts(&'a [String]),
    /// An object of the language.
    Object(&'a dyn Object),
    /// `States`.
    States(&'a States),
    /// `Branches`.
    Branches(&'a [Branch]),
    /// `Retry`.
    Retriers(&'a [Retrier]),
    /// `Catch`.
    Catchers(&'a [Catcher]),
    /// `Choices`, `And`, `Or`.
    Rules(&'a [ChoiceRule]),
}

/// What a walk calls for each field that is there, in canonical order.
pub type Visit<'v, 'a> = dyn FnMut(&'static str, FieldValue<'a>) + 'v;

/// An object of the language: a machine, a state, a retrier, a choice rule, …
pub trait Object {
    /// Which object it is; [`Kind::fields`] lists the fields it may have.
    fn kind(&self) -> Kind;

    /// The fields that its type cannot hold.
    fn extra(&self) -> &Extra;

    /// Calls `visit` for each field that is there, in canonical order, [`extra`](Self::extra) left out.
    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>);

    /// The table row of one of its fields.
    fn field(&self, name: &str) -> Option<&'static Field> {
        self.kind().field(name)
    }
}

/// Shortens the `visit` functions of the model: one call a field, nothing for a field that is absent.
pub(super) struct Fields<'f, 'v, 'a>(pub(super) &'f mut Visit<'v, 'a>);

impl<'a> Fields<'_, '_, 'a> {
    pub(super) fn put(&mut self, name: &'static str, value: Option<impl Into<FieldValue<'a>>>) {
        if let Some(value) = value {
            (self.0)(name, value.into());
        }
    }

    /// One of two fields, whichever is there.
    pub(super) fn either<T>(
        &mut self,
        name: &'static str,
        path_name: &'static str,
        value: Option<&'a ValueOrPath<T>>,
    ) where
        FieldValue<'a>: From<&'a Dynamic<T>>,
    {
        match value {
            Some(ValueOrPath::Value(value)) => (self.0)(name, value.into()),
            Some(ValueOrPath::Path(path)) => (self.0)(path_name, FieldValue::Path(path)),
            None => {}
        }
    }

    pub(super) fn transition(&mut self, transition: &'a super::Transition) {
        use super::Transition;
        let (next, end) = match transition {
            Transition::Next(name) => (Some(name), None),
            Transition::End => (None, Some(true)),
            Transition::Irregular { next, end } => (next.as_ref(), *end),
        };
        self.put("Next", next);
        self.put("End", end.map(FieldValue::Flag));
    }
}

macro_rules! from {
    ($($source:ty => $variant:ident,)+) => {
        $(impl<'a> From<&'a $source> for FieldValue<'a> {
            fn from(value: &'a $source) -> Self {
                Self::$variant(value)
            }
        })+
    };
}

from! {
    str => Text,
    String => Text,
    Static<i64> => StaticInteger,
    Static<Number> => StaticNumber,
    Dynamic<i64> => Integer,
    Dynamic<Number> => Number,
    Dynamic<String> => DynamicText,
    Dynamic<bool> => DynamicFlag,
    Path => Path,
    PathOrNull => PathOrNull,
    Value => Json,
    JsonObject => JsonObject,
    States => States,
}

impl<'a> From<&'a Vec<String>> for FieldValue<'a> {
    fn from(value: &'a Vec<String>) -> Self {
        Self::Texts(value)
    }
}

impl<'a> From<&'a Vec<Retrier>> for FieldValue<'a> {
    fn from(value: &'a Vec<Retrier>) -> Self {
        Self::Retriers(value)
    }
}

impl<'a> From<&'a Vec<Catcher>> for FieldValue<'a> {
    fn from(value: &'a Vec<Catcher>) -> Self {
        Self::Catchers(value)
    }
}

impl<'a> From<&'a Vec<ChoiceRule>> for FieldValue<'a> {
    fn from(value: &'a Vec<ChoiceRule>) -> Self {
        Self::Rules(value)
    }
}

impl<'a> From<&'a Vec<Branch>> for FieldValue<'a> {
    fn from(value: &'a Vec<Branch>) -> Self {
        Self::Branches(value)
    }
}

impl<'a, T: Object> From<&'a T> for FieldValue<'a> {
    fn from(value: &'a T) -> Self {
        Self::Object(value)
    }
}

/// A constant of a few: what [`FieldValue::constant`] takes.
pub(super) trait Constant {
    fn text(&self) -> &'static str;
}

impl<'a> FieldValue<'a> {
    /// The text of an enumerated value.
    pub(super) fn constant<T: Constant>(value: &'a Static<T>) -> Self {
        match value {
            Static::Literal(value) => Self::Text(value.text()),
            Static::Placeholder(text) => Self::Text(text),
        }
    }
}
