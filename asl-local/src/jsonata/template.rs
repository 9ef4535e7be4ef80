use std::fmt;

use asl_core::syntax::Jsonata;
use serde_json::Value;

use super::place::Place;
use super::prepared::{Prepared, Unprepared};
use super::with_stack;
use crate::{Data, Failure, Scope};

/// A JSON value with expressions at any depth: `Arguments`, `Output`, `Assign`, `Items`, `ItemSelector` and their like.
///
/// Every string between `{%` and `%}` is replaced by what it gives. Names of fields are never evaluated. What has no
/// expression in it is made once, and shared.
///
/// ```
/// use asl_local::jsonata::Template;
/// use serde_json::json;
///
/// assert!(Template::prepare(&json!({"total": "{% $sum($states.input.prices) %}", "unit": "EUR"})).is_ok());
/// let error = Template::prepare(&json!("{% $sum( %}")).unwrap_err();
/// assert_eq!(error.to_string(), "expected `)`, found the end of the expression");
/// ```
#[derive(Debug)]
pub struct Template(Node);

enum Node {
    Constant(Data),
    Expression(Box<Prepared>),
    Object(Vec<(Box<str>, Node)>),
    Array(Vec<Node>),
}

impl Template {
    /// Reads all expressions of a value.
    ///
    /// # Errors
    ///
    /// If one of them, or a string with one of the delimiters, is none. Those of a validated machine are.
    pub fn prepare(value: &Value) -> Result<Self, Unprepared> {
        Ok(Self(Node::of(value)?))
    }

    /// A template of a single expression, without its delimiters.
    ///
    /// # Errors
    ///
    /// As for [`Prepared::new`].
    pub fn expression(code: &str) -> Result<Self, Unprepared> {
        Ok(Self(Node::Expression(Box::new(Prepared::new(code)?))))
    }

    /// The value with every expression replaced by its result. The field is where the template stands in its state, such
    /// as `Output`, `Assign/total` or `Choices[1]/Output`; failures name places below it.
    ///
    /// # Errors
    ///
    /// `States.QueryEvaluationError`, if an expression fails or gives nothing.
    pub fn evaluate(&self, field: impl fmt::Display, scope: &dyn Scope) -> Result<Data, Failure> {
        self.0.evaluate(&Place::Field(&field), scope)
    }

    /// The single expression that the template is, if it is one.
    #[must_use]
    pub fn as_expression(&self) -> Option<&Prepared> {
        match &self.0 {
            Node::Expression(expression) => Some(expression),
            _ => None,
        }
    }

    /// The value, if there is no expression in it.
    #[must_use]
    pub fn as_constant(&self) -> Option<&Data> {
        match &self.0 {
            Node::Constant(data) => Some(data),
            _ => None,
        }
    }
}

impl Node {
    fn of(value: &Value) -> Result<Self, Unprepared> {
        let node = match value {
            Value::String(text) => match code(text)? {
                Some(code) => Self::Expression(Box::new(Prepared::new(code)?)),
                None => Self::constant(value),
            },
            Value::Object(fields) => {
                let node = |(name, value): (&String, &Value)| Ok((name.as_str().into(), Self::of(value)?));
                let nodes = with_stack(|| fields.iter().map(node).collect::<Result<Vec<_>, Unprepared>>())?;
                let is_constant = nodes.iter().all(|(_, node)| node.is_constant());
                if is_constant { Self::constant(value) } else { Self::Object(nodes) }
            }
            Value::Array(elements) => {
                let nodes =
                    with_stack(|| elements.iter().map(Self::of).collect::<Result<Vec<_>, Unprepared>>())?;
                let is_constant = nodes.iter().all(Self::is_constant);
                if is_constant { Self::constant(value) } else { Self::Array(nodes) }
            }
            _ => Self::constant(value),
        };
        Ok(node)
    }

    fn constant(value: &Value) -> Self {
        let data = Data::from(value.clone());
        // made now, so that what is put around it needs no conversion
        data.native();
        Self::Constant(data)
    }

    fn is_constant(&self) -> bool {
        matches!(self, Self::Constant(_))
    }

    fn evaluate(&self, place: &Place<'_>, scope: &dyn Scope) -> Result<Data, Failure> {
        match self {
            Self::Constant(data) => Ok(data.clone()),
            Self::Expression(expression) => expression.evaluate_at(place, scope),
            Self::Object(fields) => with_stack(|| {
                let field = |(name, node): &(Box<str>, Self)| {
                    let value = node.evaluate(&Place::Name(place, name), scope)?;
                    Ok((String::from(&**name), value))
                };
                Ok(Data::object(fields.iter().map(field).collect::<Result<Vec<_>, Failure>>()?))
            }),
            Self::Array(elements) => with_stack(|| {
                let element =
                    |(index, node): (usize, &Self)| node.evaluate(&Place::Index(place, index), scope);
                let elements = elements.iter().enumerate().map(element);
                Ok(Data::array(elements.collect::<Result<Vec<_>, Failure>>()?))
            }),
        }
    }
}

/// What stands between the delimiters, if the string is an expression.
fn code(text: &str) -> Result<Option<&str>, Unprepared> {
    // with white space around the delimiters it is text: recorded, though whoever wrote it will have meant otherwise
    if !text.starts_with("{%") && !text.ends_with("%}") {
        return Ok(None);
    }
    Jsonata::delimited(text).map_err(|error| Unprepared { code: None, text: error.message })
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(data) => data.fmt(f),
            Self::Expression(expression) => expression.fmt(f),
            Self::Object(fields) => {
                f.debug_map().entries(fields.iter().map(|(name, node)| (name, node))).finish()
            }
            Self::Array(elements) => f.debug_list().entries(elements).finish(),
        }
    }
}
