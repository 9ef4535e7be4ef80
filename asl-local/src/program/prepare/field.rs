//! Single fields.

use std::rc::Rc;

use asl_core::model::{self, Dynamic, JsonObject, Path, PathOrNull, QueryLanguage, Static, ValueOrPath};
use asl_core::syntax::Timestamp;
use serde_json::{Number, Value};

use super::{Places, Unready};
use crate::json_path::Select;
use crate::program::{Assign, Integer, PathStep, Payload, ReadNumber, ResultPath, StateId, TextField, Until};
use crate::template::Expression;
use crate::{jsonata, template};

/// Where a field stands, for messages and for its language.
pub(super) struct Field<'a> {
    pub(super) state: &'a str,
    pub(super) language: QueryLanguage,
}

/// A value that must be there before anything runs.
pub(super) fn constant<T: Copy>(place: &str, value: &Static<T>) -> Result<T, Unready> {
    match value {
        Static::Literal(value) => Ok(*value),
        Static::Placeholder(text) => Err(placeholder(place, text)),
    }
}

fn placeholder(place: &str, text: &str) -> Unready {
    Unready {
        place: place.to_owned(),
        message: format!("`{text}` is a placeholder; put a value in its place before the machine is run"),
    }
}

pub(super) fn target(place: &str, name: &str, places: &Places) -> Result<StateId, Unready> {
    places.get(name).copied().ok_or_else(|| Unready {
        place: place.to_owned(),
        message: format!("there is no state `{name}` in this scope"),
    })
}

impl Field<'_> {
    fn place(&self, field: &str) -> String {
        format!("state `{}`, {field}", self.state)
    }

    pub(super) fn fault(&self, field: &str, message: &str) -> Unready {
        Unready { place: self.place(field), message: message.to_owned() }
    }

    pub(super) fn target(&self, field: &str, name: &str, places: &Places) -> Result<StateId, Unready> {
        target(&self.place(field), name, places)
    }

    pub(super) fn select(&self, field: &str, path: &Path) -> Result<Select, Unready> {
        Select::parse(path.as_str()).map_err(|error| self.fault(field, &error.to_string()))
    }

    pub(super) fn path_step(&self, field: &str, path: Option<&PathOrNull>) -> Result<PathStep, Unready> {
        Ok(match path {
            None => PathStep::Whole,
            Some(PathOrNull::Null) => PathStep::Empty,
            Some(PathOrNull::Path(path)) if path.as_str() == "$" => PathStep::Whole,
            Some(PathOrNull::Path(path)) => PathStep::Select(self.select(field, path)?),
        })
    }

    pub(super) fn result_path(&self, field: &str, path: Option<&PathOrNull>) -> Result<ResultPath, Unready> {
        Ok(match path {
            None => ResultPath::Replace,
            Some(PathOrNull::Null) => ResultPath::Discard,
            Some(PathOrNull::Path(path)) if path.as_str() == "$" => ResultPath::Replace,
            Some(PathOrNull::Path(path)) => {
                let parsed = path.parse_reference();
                ResultPath::At(parsed.map_err(|error| self.fault(field, &error.to_string()))?)
            }
        })
    }

    /// A payload in the state's language.
    pub(super) fn payload(&self, field: &str, value: Option<&Value>) -> Result<Option<Payload>, Unready> {
        value.map(|value| self.payload_of(field, value)).transpose()
    }

    fn payload_of(&self, field: &str, value: &Value) -> Result<Payload, Unready> {
        match self.language {
            QueryLanguage::JsonPath => {
                template::Template::prepare(value).map(Payload::JsonPath).map_err(|it| it.to_string())
            }
            QueryLanguage::Jsonata => {
                jsonata::Template::prepare(value).map(Payload::Jsonata).map_err(|it| it.to_string())
            }
        }
        .map_err(|message| self.fault(field, &message))
    }

    pub(super) fn assign(&self, field: &str, assign: Option<&JsonObject>) -> Result<Option<Assign>, Unready> {
        let Some(assign) = assign else { return Ok(None) };
        let one = |(key, value): (&String, &Value)| match self.language {
            QueryLanguage::Jsonata => Ok((Rc::from(key.as_str()), self.payload_of(field, value)?)),
            QueryLanguage::JsonPath => {
                let member = Value::Object([(key.clone(), value.clone())].into_iter().collect());
                let name = key.strip_suffix(".$").unwrap_or(key);
                Ok((Rc::from(name), self.payload_of(field, &member)?))
            }
        };
        Ok(Some(Assign(assign.iter().map(one).collect::<Result<_, Unready>>()?)))
    }

    pub(super) fn expression(
        &self,
        field: &str,
        code: &model::Jsonata,
    ) -> Result<jsonata::Template, Unready> {
        let value = Value::String(code.as_str().to_owned());
        jsonata::Template::prepare(&value).map_err(|error| self.fault(field, &error.to_string()))
    }

    /// A field that may be an expression, of an integer.
    pub(super) fn dynamic_integer(
        &self,
        field: &'static str,
        value: &Dynamic<i64>,
    ) -> Result<Integer, Unready> {
        match value {
            Dynamic::Literal(value) => Ok(Integer::Value(*value)),
            Dynamic::Expression(code) => {
                Ok(Integer::Expression { field, expression: self.expression(field, code)? })
            }
            Dynamic::Placeholder(text) => Err(placeholder(&self.place(field), text)),
        }
    }

    pub(super) fn integer_path(&self, field: &'static str, path: &Path) -> Result<Integer, Unready> {
        Ok(Integer::Path { field, path: self.select(field, path)? })
    }

    /// A field with a `…Path` sibling.
    pub(super) fn integer(
        &self,
        [field, path_field]: [&'static str; 2],
        value: Option<&ValueOrPath<i64>>,
    ) -> Result<Option<Integer>, Unready> {
        Ok(match value {
            None => None,
            Some(ValueOrPath::Value(value)) => Some(self.dynamic_integer(field, value)?),
            Some(ValueOrPath::Path(path)) => Some(self.integer_path(path_field, path)?),
        })
    }

    pub(super) fn number(
        &self,
        [field, path_field]: [&'static str; 2],
        value: Option<&ValueOrPath<Number>>,
    ) -> Result<Option<ReadNumber>, Unready> {
        Ok(match value {
            None => None,
            Some(ValueOrPath::Value(Dynamic::Literal(value))) => {
                Some(ReadNumber::Value(value.as_f64().unwrap_or_default()))
            }
            Some(ValueOrPath::Value(Dynamic::Expression(code))) => {
                Some(ReadNumber::Expression { field, expression: self.expression(field, code)? })
            }
            Some(ValueOrPath::Value(Dynamic::Placeholder(text))) => {
                return Err(placeholder(&self.place(field), text));
            }
            Some(ValueOrPath::Path(path)) => Some(ReadNumber::Path(self.select(path_field, path)?)),
        })
    }

    pub(super) fn text(
        &self,
        field: &str,
        path_field: &str,
        value: Option<&ValueOrPath<String>>,
    ) -> Result<Option<TextField>, Unready> {
        Ok(match value {
            None => None,
            Some(ValueOrPath::Value(Dynamic::Literal(text) | Dynamic::Placeholder(text))) => {
                Some(TextField::Text(text.as_str().into()))
            }
            Some(ValueOrPath::Value(Dynamic::Expression(code))) => {
                Some(TextField::Expression(self.expression(field, code)?))
            }
            Some(ValueOrPath::Path(path)) => {
                let path = Expression::parse(path.as_str());
                Some(TextField::Path(path.map_err(|error| self.fault(path_field, &error.to_string()))?))
            }
        })
    }

    pub(super) fn timestamp(&self, time: &Dynamic<String>) -> Result<Until, Unready> {
        match time {
            Dynamic::Literal(text) => {
                let time =
                    Timestamp::parse(text).map_err(|error| self.fault("Timestamp", &error.to_string()))?;
                Ok(Until::Time(time.unix_seconds().saturating_mul(1_000)))
            }
            Dynamic::Expression(code) => {
                Ok(Until::TimestampExpression(Payload::Jsonata(self.expression("Timestamp", code)?)))
            }
            Dynamic::Placeholder(text) => Err(placeholder(&self.place("Timestamp"), text)),
        }
    }

    /// `Parameters` or `Arguments`, as the language has it.
    pub(super) fn given(
        &self,
        parameters: Option<&Value>,
        arguments: Option<&Value>,
    ) -> Result<Option<Payload>, Unready> {
        match self.language {
            QueryLanguage::JsonPath => self.payload("Parameters", parameters),
            QueryLanguage::Jsonata => self.payload("Arguments", arguments),
        }
    }
}
