//! Payload Templates of the query language JSONPath: `Parameters`, `ResultSelector`, `ItemSelector`, `Assign` and
//! the like.
//!
//! A field whose name ends in `.$` has its value computed and loses the ending; objects and arrays are walked, all
//! else stays as it is written. A template without such a field costs nothing to evaluate.
//!
//! The fields of an object come out in the service's order, which shows in its histories and in the text that
//! `States.JsonToString` makes of them: first those that are written, then the computed ones in the order of Java's
//! hash tables. All recordings fit this.

mod expression;

use serde_json::{Map, Value};

use crate::Failure;
use crate::data::{Data, Scope};
use crate::hash_order;
use crate::random::Random;
use crate::unprepared::Unprepared;

pub(crate) use expression::Expression;

/// A payload template that is ready to be evaluated.
#[derive(Debug, Clone)]
pub(crate) enum Template {
    /// Nothing in it is computed.
    Constant(Data),
    Computed(Node),
}

/// A value of a template in which something is computed.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Constant(Value),
    Object(Vec<(Box<str>, Field)>),
    Array(Vec<Node>),
}

#[derive(Debug, Clone)]
pub(crate) enum Field {
    /// Of a field whose name ends in `.$`, the name included.
    Computed {
        field: Box<str>,
        value: Expression,
    },
    Written(Node),
}

impl Template {
    /// Makes a template ready.
    ///
    /// # Errors
    ///
    /// If a field that ends in `.$` holds no path and no call, or one that cannot be evaluated.
    pub(crate) fn prepare(template: &Value) -> Result<Self, Unprepared> {
        Ok(match Node::prepare(template)? {
            Node::Constant(value) => Self::Constant(value.into()),
            node => Self::Computed(node),
        })
    }

    /// The template with all values in it computed.
    ///
    /// # Errors
    ///
    /// The first that fails, in the order in which the fields come out.
    pub(crate) fn evaluate(&self, scope: &dyn Scope, random: &dyn Random) -> Result<Data, Failure> {
        match self {
            Self::Constant(data) => Ok(data.clone()),
            Self::Computed(node) => node.evaluate(scope, random).map(Data::from),
        }
    }
}

impl Node {
    fn prepare(template: &Value) -> Result<Self, Unprepared> {
        match template {
            Value::Object(fields) => {
                let fields = fields
                    .iter()
                    .map(|(name, value)| Ok((name.as_str(), Field::prepare(name, value)?)))
                    .collect::<Result<Vec<_>, Unprepared>>()?;
                if fields.iter().all(|(_, field)| matches!(field, Field::Written(Self::Constant(_)))) {
                    return Ok(Self::Constant(template.clone()));
                }
                let (written, mut computed): (Vec<_>, Vec<_>) =
                    fields.into_iter().partition(|(_, field)| matches!(field, Field::Written(_)));
                for (name, _) in &mut computed {
                    *name = name.strip_suffix(".$").unwrap_or(name);
                }
                hash_order::sort(&mut computed, |(name, _)| hash_order::hash_of_text(name));
                let fields = written.into_iter().chain(computed);
                Ok(Self::Object(fields.map(|(name, field)| (name.into(), field)).collect()))
            }
            Value::Array(elements) => {
                let elements = elements.iter().map(Self::prepare).collect::<Result<Vec<_>, _>>()?;
                if elements.iter().all(|element| matches!(element, Self::Constant(_))) {
                    return Ok(Self::Constant(template.clone()));
                }
                Ok(Self::Array(elements))
            }
            other => Ok(Self::Constant(other.clone())),
        }
    }

    fn evaluate(&self, scope: &dyn Scope, random: &dyn Random) -> Result<Value, Failure> {
        match self {
            Self::Constant(value) => Ok(value.clone()),
            Self::Array(elements) => elements.iter().map(|element| element.evaluate(scope, random)).collect(),
            Self::Object(fields) => {
                let mut object = Map::with_capacity(fields.len());
                for (name, field) in fields {
                    let value = match field {
                        Field::Computed { field, value } => value.evaluate(field, scope, random)?,
                        Field::Written(node) => node.evaluate(scope, random)?,
                    };
                    object.insert(name.to_string(), value);
                }
                Ok(Value::Object(object))
            }
        }
    }
}

impl Field {
    fn prepare(name: &str, value: &Value) -> Result<Self, Unprepared> {
        if !name.ends_with(".$") {
            return Node::prepare(value).map(Self::Written);
        }
        let Value::String(text) = value else {
            return Err(Unprepared::new(
                value.to_string(),
                format!("the field `{name}` needs a path or a call"),
            ));
        };
        Ok(Self::Computed { field: name.into(), value: Expression::parse(text)? })
    }
}

#[cfg(test)]
mod tests;
