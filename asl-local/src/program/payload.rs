//! The fields of states, ready to be evaluated in either query language.

use std::ops::RangeInclusive;
use std::rc::Rc;

use asl_core::model::QueryLanguage;
use serde_json::Value;

use super::Name;
use super::state::{Condition, PathStep, ResultPath, TextField};
use crate::data::Scope;
use crate::json_path::{Select, read, write};
use crate::random::Random;
use crate::{Data, Failure, jsonata, template};

/// The chance of an execution, as intrinsic functions ask for it.
pub(crate) struct OfScope<'a>(pub(crate) &'a dyn Scope);

impl Random for OfScope<'_> {
    fn next_u64(&self) -> u64 {
        self.0.random()
    }
}

/// A payload: `Parameters`, `Arguments`, `Output` and their like.
#[derive(Debug)]
pub(crate) enum Payload {
    JsonPath(template::Template),
    Jsonata(jsonata::Template),
}

impl Payload {
    /// Evaluates the payload of this field. The name is for messages.
    pub(crate) fn evaluate(&self, field: &str, scope: &dyn Scope) -> Result<Data, Failure> {
        match self {
            Self::JsonPath(template) => template.evaluate(scope, &OfScope(scope)),
            Self::Jsonata(template) => template.evaluate(field, scope),
        }
    }
}

/// `Assign`: a payload for each variable, in the order in which they are written.
#[derive(Debug)]
pub(crate) struct Assign(pub(crate) Vec<(Name, Payload)>);

impl Assign {
    pub(crate) fn evaluate(&self, field: &str, scope: &dyn Scope) -> Result<Vec<(Name, Data)>, Failure> {
        let one = |(name, payload): &(Name, Payload)| {
            let value = match payload {
                Payload::JsonPath(template) => {
                    // `x` and `x.$` are fields of a template, which gives an object with this one member
                    let object = template.evaluate(scope, &OfScope(scope))?;
                    object.member(name).unwrap_or(object)
                }
                Payload::Jsonata(template) => template.evaluate(format_args!("{field}/{name}"), scope)?,
            };
            Ok((Rc::clone(name), value))
        };
        self.0.iter().map(one).collect()
    }
}

/// A field that is an integer: written out, selected by a `…Path` field, or computed.
#[derive(Debug)]
pub(crate) enum Integer {
    Value(i64),
    Path { field: &'static str, path: Select },
    Expression { field: &'static str, expression: jsonata::Template },
}

impl Integer {
    pub(crate) fn read(&self, scope: &dyn Scope) -> Result<i64, Failure> {
        match self {
            Self::Value(value) => Ok(*value),
            Self::Path { field: "SecondsPath", path } => read::seconds("SecondsPath", path, scope)
                .map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX)),
            Self::Path { field: field @ ("TimeoutSecondsPath" | "HeartbeatSecondsPath"), path } => {
                read::seconds(field, path, scope).map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX))
            }
            Self::Path { field: "ToleratedFailureCountPath", path } => {
                read::tolerated_failure_count(path, scope)
                    .map(|count| i64::try_from(count).unwrap_or(i64::MAX))
            }
            Self::Path { field, path } => read::integer(field, path, scope),
            Self::Expression { field, expression } => {
                let value = jsonata::integer(field, expression, scope)?;
                match range(field) {
                    Some((range, wanted)) if !range.contains(&value) => {
                        Err(jsonata::out_of_range(field, expression, wanted, value))
                    }
                    _ => Ok(value),
                }
            }
        }
    }
}

/// What an expression may give for the field: the same as may be written out there.
///
/// What `MaxItems` and the sizes of batches may be is looked at where items are read, with its own error.
fn range(field: &str) -> Option<(RangeInclusive<i64>, &'static str)> {
    const MOST_SECONDS: i64 = 99_999_999;
    Some(match field {
        "Seconds" => (0..=MOST_SECONDS, "from 0 to 99999999"),
        "TimeoutSeconds" | "HeartbeatSeconds" => (1..=MOST_SECONDS, "from 1 to 99999999"),
        "MaxConcurrency" | "ToleratedFailureCount" => (0..=i64::MAX, "that is not negative"),
        _ => return None,
    })
}

/// `ToleratedFailurePercentage`, which need not be an integer.
#[derive(Debug)]
pub(crate) enum ReadNumber {
    Value(f64),
    Path(Select),
    Expression { field: &'static str, expression: jsonata::Template },
}

impl ReadNumber {
    pub(crate) fn read(&self, scope: &dyn Scope) -> Result<f64, Failure> {
        match self {
            Self::Value(value) => Ok(*value),
            Self::Path(path) => read::tolerated_failure_percentage(path, scope),
            Self::Expression { field, expression } => {
                let value = jsonata::number(field, expression, scope)?;
                if (0.0..=100.0).contains(&value) {
                    return Ok(value);
                }
                Err(jsonata::out_of_range(field, expression, "from 0 to 100", value))
            }
        }
    }
}

impl TextField {
    /// `Error` or `Cause`.
    pub(crate) fn read(&self, field: &str, scope: &dyn Scope) -> Result<Rc<str>, Failure> {
        match self {
            Self::Text(text) => Ok(Rc::clone(text)),
            Self::Expression(expression) => jsonata::string(field, expression, scope).map(Rc::from),
            Self::Path(path) => path.text(&format!("{field}Path"), scope, &OfScope(scope)).map(Rc::from),
        }
    }
}

impl Condition {
    /// Whether the rule with this index is chosen.
    pub(crate) fn holds(&self, index: usize, scope: &dyn Scope) -> Result<bool, Failure> {
        match self {
            Self::Constant(holds) => Ok(*holds),
            Self::JsonPath(rule) => rule.holds(scope),
            Self::Jsonata(condition) => condition.holds(format_args!("Choices[{index}]/Condition"), scope),
        }
    }
}

impl PathStep {
    /// What `InputPath` or `OutputPath` selects of `$`.
    pub(crate) fn apply(&self, scope: &dyn Scope) -> Result<Data, Failure> {
        match self {
            Self::Whole => Ok(scope.input().clone()),
            Self::Empty => Ok(Data::from(Value::Object(serde_json::Map::new()))),
            Self::Select(path) => path.data(scope).map_err(|fault| fault.invalid_path(scope)),
        }
    }
}

impl ResultPath {
    /// The raw input with the result put where it belongs.
    pub(crate) fn place(&self, raw: &Data, result: Data) -> Result<Data, Failure> {
        match self {
            Self::Replace => Ok(result),
            Self::Discard => Ok(raw.clone()),
            Self::At(path) => write::put(raw.json(), path, result.json().clone()).map(Data::from),
        }
    }
}

impl super::State {
    /// The field with what the state's work is given.
    pub(crate) fn parameters_name(&self) -> &'static str {
        match self.language {
            QueryLanguage::JsonPath => "Parameters",
            QueryLanguage::Jsonata => "Arguments",
        }
    }
}
