use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::{self, Path};

/// What a payload template evaluates: a [path], a [context path](context), a [variable] or a call of an
/// [intrinsic function](super::intrinsic).
///
/// ```
/// use asl_core::jsonpath::{intrinsic, path};
/// assert_eq!(intrinsic::format("Hello {}", [path("$.name")]).to_string(), "States.Format('Hello {}', $.name)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression(String);

impl Expression {
    pub(super) const fn new(code: String) -> Self {
        Self(code)
    }
}

/// A path: `$.user.plan`, `$$.Execution.Id`, `$variable.field`, written as in the definition.
///
/// ```
/// use asl_core::jsonpath::{path, template};
/// let parameters = template().set("userId", path("$.user.id"));
/// assert_eq!(serde_json::json!(parameters)["userId.$"], "$.user.id");
/// ```
#[must_use]
pub fn path(path: impl Into<Path>) -> Expression {
    Expression(path.into().to_string())
}

/// A path into the Context Object: `context("Execution.Id")` is `$$.Execution.Id`, `context("")` the whole of it.
///
/// ```
/// use asl_core::jsonpath::context;
/// assert_eq!(context("Map.Item.Value").to_string(), "$$.Map.Item.Value");
/// assert_eq!(context("$$.State.Name").to_string(), "$$.State.Name");
/// ```
#[must_use]
pub fn context(path: &str) -> Expression {
    Expression(match path {
        "" => "$$".to_owned(),
        _ if path.starts_with("$$") => path.to_owned(),
        _ if path.starts_with('[') => format!("$${path}"),
        _ => format!("$$.{path}"),
    })
}

/// A variable that an `Assign` has set: `variable("order.id")` is `$order.id`.
///
/// ```
/// use asl_core::jsonpath::variable;
/// assert_eq!(variable("order.id").to_string(), "$order.id");
/// assert_eq!(variable("$order").to_string(), "$order");
/// ```
#[must_use]
pub fn variable(name: &str) -> Expression {
    Expression(if name.starts_with('$') { name.to_owned() } else { format!("${name}") })
}

/// The token that a `.waitForTaskToken` task hands out: `$$.Task.Token`.
///
/// ```
/// use asl_core::jsonpath::{task_token, template};
/// assert_eq!(serde_json::json!(template().set("Token", task_token()))["Token.$"], "$$.Task.Token");
/// ```
#[must_use]
pub fn task_token() -> Expression {
    context("Task.Token")
}

/// A JSONata expression from its code; the delimiters `{%` and `%}` are put around it.
///
/// ```
/// use asl_core::jsonata::{Pass, end, jsonata};
/// let pass = Pass::new(end()).output(jsonata("$states.input.total * 1.19"));
/// assert_eq!(serde_json::json!(pass)["Output"], "{% $states.input.total * 1.19 %}");
/// ```
#[must_use]
pub fn jsonata(code: impl Into<String>) -> model::Jsonata {
    model::Jsonata::new(code)
}

/// The token that a `.waitForTaskToken` task hands out, in JSONata: `{% $states.context.Task.Token %}`.
///
/// ```
/// use asl_core::jsonata::{payload, task_token};
/// let arguments = payload().set("Token", task_token());
/// assert_eq!(serde_json::json!(arguments)["Token"], "{% $states.context.Task.Token %}");
/// ```
#[must_use]
pub fn jsonata_task_token() -> model::Jsonata {
    jsonata("$states.context.Task.Token")
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Expression> for String {
    fn from(expression: Expression) -> Self {
        expression.0
    }
}

/// For fields that take more than a plain path: `ErrorPath` takes an intrinsic function, `ItemsPath` a variable.
impl From<Expression> for Path {
    fn from(expression: Expression) -> Self {
        Self::new(expression.0)
    }
}

impl Serialize for Expression {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
