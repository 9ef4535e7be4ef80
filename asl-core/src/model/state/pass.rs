use crate::model::object::{FieldValue, Fields, Object, Visit};
use crate::model::{Extra, JsonObject, Kind, PathOrNull, QueryLanguage, Transition, Value};

/// A Pass state: shapes data, calls nothing.
///
/// See [Pass State](https://states-language.net/#pass-state).
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `QueryLanguage` of this state; the machine's if absent.
    pub query_language: Option<QueryLanguage>,
    /// `InputPath` (JSONPath): what of the input the state sees; `$` if absent, `null` for `{}`.
    pub input_path: Option<PathOrNull>,
    /// `Parameters` (JSONPath): a payload template that makes the effective input.
    pub parameters: Option<Value>,
    /// `Result` (JSONPath): the result, verbatim; nothing in it is evaluated.
    pub result: Option<Value>,
    /// `ResultPath` (JSONPath): where the result goes in the input; `$` if absent, `null` to discard it.
    pub result_path: Option<PathOrNull>,
    /// `OutputPath` (JSONPath): what of the result is passed on; `$` if absent, `null` for `{}`.
    pub output_path: Option<PathOrNull>,
    /// `Assign`: variables to set.
    pub assign: Option<JsonObject>,
    /// `Output` (JSONata): the next state's input; this one's if absent.
    pub output: Option<Value>,
    /// `Next` or `End`. Required.
    pub transition: Transition,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for Pass {
    fn kind(&self) -> Kind {
        Kind::Pass
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Type", Some("Pass"));
        fields.put("Comment", self.comment.as_ref());
        fields.put("QueryLanguage", self.query_language.map(|language| FieldValue::Text(language.as_str())));
        fields.put("InputPath", self.input_path.as_ref());
        fields.put("Parameters", self.parameters.as_ref());
        fields.put("Result", self.result.as_ref());
        fields.put("ResultPath", self.result_path.as_ref());
        fields.put("OutputPath", self.output_path.as_ref());
        fields.put("Assign", self.assign.as_ref());
        fields.put("Output", self.output.as_ref());
        fields.transition(&self.transition);
    }
}
