use asl_core::syntax::TemplateValue;
use serde_json::Value;

use crate::Failure;
use crate::data::Scope;
use crate::intrinsic::Call;
use crate::json_path::Select;
use crate::random::Random;
use crate::unprepared::Unprepared;

/// A path or a call of an intrinsic function: the value of a field whose name ends in `.$`, of `ErrorPath` and of
/// `CausePath`.
#[derive(Debug, Clone)]
pub(crate) enum Expression {
    Path(Select),
    Call(Call),
}

impl Expression {
    /// Makes the text of such a field ready.
    ///
    /// # Errors
    ///
    /// If it is no path and no call, or one that cannot be evaluated.
    pub(crate) fn parse(text: &str) -> Result<Self, Unprepared> {
        match TemplateValue::parse(text).map_err(|error| Unprepared::new(text, error.message))? {
            TemplateValue::Path(path) => Select::prepare(&path, text).map(Self::Path),
            TemplateValue::Intrinsic(call) => Call::prepare(&call, text).map(Self::Call),
        }
    }

    /// The value; `field` is the field's name, with its `.$`, for the sentence of a path that leads nowhere.
    ///
    /// # Errors
    ///
    /// `States.Runtime` if a path leads nowhere or a function fails.
    pub(crate) fn evaluate(
        &self,
        field: &str,
        scope: &dyn Scope,
        random: &dyn Random,
    ) -> Result<Value, Failure> {
        match self {
            Self::Call(call) => call.evaluate(scope, random),
            Self::Path(path) => match path.select(scope) {
                Ok(value) => Ok(value.into_owned()),
                // the service was measured to give `null` for `$.items[5]` of a shorter array, and to fail for all
                // other paths that lead nowhere
                Err(fault) if fault.is_past_end() => Ok(Value::Null),
                Err(fault) => Err(fault.in_field(field, scope)),
            },
        }
    }

    /// The text that `ErrorPath` or `CausePath` gives.
    ///
    /// # Errors
    ///
    /// As for [`Expression::evaluate`], and if the value is no text; of that there is no record.
    pub(crate) fn text(
        &self,
        field: &str,
        scope: &dyn Scope,
        random: &dyn Random,
    ) -> Result<String, Failure> {
        match self.evaluate(field, scope, random)? {
            Value::String(text) => Ok(text),
            other => {
                Err(Failure::runtime(format!("The value of the field '{field}' is not a string: {other}")))
            }
        }
    }
}
