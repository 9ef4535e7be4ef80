use crate::model::object::{FieldValue, Fields, Object, Visit};
use crate::model::{Dynamic, Extra, JsonObject, Kind, Path, PathOrNull, QueryLanguage, Transition, Value};

/// A Wait state: lets time pass.
///
/// See [Wait State](https://states-language.net/#wait-state).
#[derive(Debug, Clone, PartialEq)]
pub struct Wait {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `QueryLanguage` of this state; the machine's if absent.
    pub query_language: Option<QueryLanguage>,
    /// `InputPath` (JSONPath): what of the input the state sees; `$` if absent, `null` for `{}`.
    pub input_path: Option<PathOrNull>,
    /// `OutputPath` (JSONPath): what of the result is passed on; `$` if absent, `null` for `{}`.
    pub output_path: Option<PathOrNull>,
    /// `Seconds`, `SecondsPath`, `Timestamp` or `TimestampPath`. Required.
    pub until: Option<WaitUntil>,
    /// `Assign`: variables to set.
    pub assign: Option<JsonObject>,
    /// `Output` (JSONata): the next state's input; this one's if absent.
    pub output: Option<Value>,
    /// `Next` or `End`. Required.
    pub transition: Transition,
    /// What does not belong here.
    pub extra: Extra,
}

/// How long a Wait state waits: exactly one of these.
#[derive(Debug, Clone, PartialEq)]
pub enum WaitUntil {
    /// `Seconds`: 0 to 99,999,999.
    Seconds(Dynamic<i64>),
    /// `SecondsPath` (JSONPath): where the number of seconds stands.
    SecondsPath(Path),
    /// `Timestamp`: an RFC 3339 time; one in the past does not wait.
    Timestamp(Dynamic<String>),
    /// `TimestampPath` (JSONPath): where the timestamp stands.
    TimestampPath(Path),
}

impl Object for Wait {
    fn kind(&self) -> Kind {
        Kind::Wait
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Type", Some("Wait"));
        fields.put("Comment", self.comment.as_ref());
        fields.put("QueryLanguage", self.query_language.map(|language| FieldValue::Text(language.as_str())));
        fields.put("InputPath", self.input_path.as_ref());
        fields.put("OutputPath", self.output_path.as_ref());
        match &self.until {
            Some(WaitUntil::Seconds(seconds)) => fields.put("Seconds", Some(seconds)),
            Some(WaitUntil::SecondsPath(path)) => fields.put("SecondsPath", Some(path)),
            Some(WaitUntil::Timestamp(time)) => fields.put("Timestamp", Some(time)),
            Some(WaitUntil::TimestampPath(path)) => fields.put("TimestampPath", Some(path)),
            None => {}
        }
        fields.put("Assign", self.assign.as_ref());
        fields.put("Output", self.output.as_ref());
        fields.transition(&self.transition);
    }
}
