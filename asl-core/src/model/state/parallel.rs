use crate::model::object::{FieldValue, Fields, Object, Visit};
use crate::model::{
    Branch, Catcher, Extra, JsonObject, Kind, PathOrNull, QueryLanguage, Retrier, Transition, Value,
};

/// A Parallel state: runs branches at the same time; its result is the array of theirs.
///
/// See [Parallel State](https://states-language.net/#parallel-state).
#[derive(Debug, Clone, PartialEq)]
pub struct Parallel {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `QueryLanguage` of this state; the machine's if absent.
    pub query_language: Option<QueryLanguage>,
    /// `InputPath` (JSONPath): what of the input the state sees; `$` if absent, `null` for `{}`.
    pub input_path: Option<PathOrNull>,
    /// `Parameters` (JSONPath): a payload template that makes the effective input.
    pub parameters: Option<Value>,
    /// `Arguments` (JSONata): what the work is given; the state's input if absent.
    pub arguments: Option<Value>,
    /// `Branches`. Required, not empty.
    pub branches: Option<Vec<Branch>>,
    /// `ResultSelector` (JSONPath): a payload template over the result.
    pub result_selector: Option<Value>,
    /// `ResultPath` (JSONPath): where the result goes in the input; `$` if absent, `null` to discard it.
    pub result_path: Option<PathOrNull>,
    /// `OutputPath` (JSONPath): what of the result is passed on; `$` if absent, `null` for `{}`.
    pub output_path: Option<PathOrNull>,
    /// `Assign`: variables to set.
    pub assign: Option<JsonObject>,
    /// `Output` (JSONata): the next state's input; the result if absent.
    pub output: Option<Value>,
    /// `Retry`: what is tried again, in order.
    pub retry: Option<Vec<Retrier>>,
    /// `Catch`: where failures go, in order.
    pub catch: Option<Vec<Catcher>>,
    /// `Next` or `End`. Required.
    pub transition: Transition,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for Parallel {
    fn kind(&self) -> Kind {
        Kind::Parallel
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Type", Some("Parallel"));
        fields.put("Comment", self.comment.as_ref());
        fields.put("QueryLanguage", self.query_language.map(|language| FieldValue::Text(language.as_str())));
        fields.put("InputPath", self.input_path.as_ref());
        fields.put("Parameters", self.parameters.as_ref());
        fields.put("Arguments", self.arguments.as_ref());
        fields.put("Branches", self.branches.as_ref());
        fields.put("ResultSelector", self.result_selector.as_ref());
        fields.put("ResultPath", self.result_path.as_ref());
        fields.put("OutputPath", self.output_path.as_ref());
        fields.put("Assign", self.assign.as_ref());
        fields.put("Output", self.output.as_ref());
        fields.put("Retry", self.retry.as_ref());
        fields.put("Catch", self.catch.as_ref());
        fields.transition(&self.transition);
    }
}
