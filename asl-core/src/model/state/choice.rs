use crate::model::object::{FieldValue, Fields, Object, Visit};
use crate::model::{ChoiceRule, Extra, JsonObject, Kind, PathOrNull, QueryLanguage, Value};

/// A Choice state: decides what comes next.
///
/// See [Choice State](https://states-language.net/#choice-state).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choice {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `QueryLanguage` of this state; the machine's if absent.
    pub query_language: Option<QueryLanguage>,
    /// `InputPath` (JSONPath): what of the input the state sees; `$` if absent, `null` for `{}`.
    pub input_path: Option<PathOrNull>,
    /// `OutputPath` (JSONPath): what of the result is passed on; `$` if absent, `null` for `{}`.
    pub output_path: Option<PathOrNull>,
    /// `Choices`: the rules, the first that holds is taken. Required, not empty.
    pub choices: Option<Vec<ChoiceRule>>,
    /// `Default`: the next state if no rule holds; without it that is the error `States.NoChoiceMatched`.
    pub default: Option<String>,
    /// `Assign`: variables to set when `Default` is taken.
    pub assign: Option<JsonObject>,
    /// `Output` (JSONata): the next state's input when `Default` is taken.
    pub output: Option<Value>,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for Choice {
    fn kind(&self) -> Kind {
        Kind::Choice
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Type", Some("Choice"));
        fields.put("Comment", self.comment.as_ref());
        fields.put("QueryLanguage", self.query_language.map(|language| FieldValue::Text(language.as_str())));
        fields.put("InputPath", self.input_path.as_ref());
        fields.put("OutputPath", self.output_path.as_ref());
        fields.put("Choices", self.choices.as_ref());
        fields.put("Default", self.default.as_ref());
        fields.put("Assign", self.assign.as_ref());
        fields.put("Output", self.output.as_ref());
    }
}
