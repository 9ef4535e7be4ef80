use serde_json::Number;

use super::{Jsonata, Path};

/// A value that is known when the machine is deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Static<T> {
    /// The value itself.
    Literal(T),
    /// `${Name}`, which the deployment replaces.
    Placeholder(String),
}

/// A value that may be computed while the machine runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dynamic<T> {
    /// The value itself.
    Literal(T),
    /// A JSONata expression; legal in JSONata states only.
    Expression(Jsonata),
    /// `${Name}`, which the deployment replaces.
    Placeholder(String),
}

/// A value, or the Reference Path at which a JSONPath state finds it: `TimeoutSeconds` or `TimeoutSecondsPath`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueOrPath<T> {
    /// The field without the suffix.
    Value(Dynamic<T>),
    /// The field that ends in `Path`.
    Path(Path),
}

impl<T> Static<T> {
    /// The value, where it is written out.
    pub const fn literal(&self) -> Option<&T> {
        match self {
            Self::Literal(value) => Some(value),
            Self::Placeholder(_) => None,
        }
    }
}

impl<T> Dynamic<T> {
    /// The value, where it is written out.
    pub const fn literal(&self) -> Option<&T> {
        match self {
            Self::Literal(value) => Some(value),
            Self::Expression(_) | Self::Placeholder(_) => None,
        }
    }
}

impl<T> ValueOrPath<T> {
    /// The value, where it is written out.
    pub const fn literal(&self) -> Option<&T> {
        match self {
            Self::Value(value) => value.literal(),
            Self::Path(_) => None,
        }
    }
}

impl<T> From<T> for Static<T> {
    fn from(value: T) -> Self {
        Self::Literal(value)
    }
}

impl From<i64> for Dynamic<i64> {
    fn from(value: i64) -> Self {
        Self::Literal(value)
    }
}

impl From<bool> for Dynamic<bool> {
    fn from(value: bool) -> Self {
        Self::Literal(value)
    }
}

impl From<Number> for Dynamic<Number> {
    fn from(value: Number) -> Self {
        Self::Literal(value)
    }
}

/// Text that begins with `{%` becomes an expression.
impl From<&str> for Dynamic<String> {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// Text that begins with `{%` becomes an expression.
impl From<String> for Dynamic<String> {
    fn from(text: String) -> Self {
        if Jsonata::is_meant(&text) {
            Self::Expression(Jsonata::as_written(text))
        } else {
            Self::Literal(text)
        }
    }
}

impl<T> From<Jsonata> for Dynamic<T> {
    fn from(expression: Jsonata) -> Self {
        Self::Expression(expression)
    }
}

impl<T, V: Into<Dynamic<T>>> From<V> for ValueOrPath<T> {
    fn from(value: V) -> Self {
        Self::Value(value.into())
    }
}
