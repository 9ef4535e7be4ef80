use crate::model::object::{FieldValue, Fields, Object, Visit};
use crate::model::{
    Catcher, Extra, JsonObject, Kind, PathOrNull, QueryLanguage, Retrier, Transition, Value, ValueOrPath,
};

/// A Task state: one unit of work, done by a Lambda function, an AWS service or an activity.
///
/// See [Task State](https://states-language.net/#task-state).
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `QueryLanguage` of this state; the machine's if absent.
    pub query_language: Option<QueryLanguage>,
    /// `Resource`: what does the work, as an ARN. Required.
    pub resource: Option<String>,
    /// `InputPath` (JSONPath): what of the input the state sees; `$` if absent, `null` for `{}`.
    pub input_path: Option<PathOrNull>,
    /// `Parameters` (JSONPath): a payload template that makes the effective input.
    pub parameters: Option<Value>,
    /// `Arguments` (JSONata): what the work is given; the state's input if absent.
    pub arguments: Option<Value>,
    /// `Credentials`: an object with `RoleArn`, the role that the work runs under.
    pub credentials: Option<Value>,
    /// `TimeoutSeconds` or `TimeoutSecondsPath`: 1 to 99,999,999 seconds from the start of the work; no limit if absent.
    pub timeout_seconds: Option<ValueOrPath<i64>>,
    /// `HeartbeatSeconds` or `HeartbeatSecondsPath`: the longest silence, less than the timeout.
    pub heartbeat_seconds: Option<ValueOrPath<i64>>,
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

impl Object for Task {
    fn kind(&self) -> Kind {
        Kind::Task
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Type", Some("Task"));
        fields.put("Comment", self.comment.as_ref());
        fields.put("QueryLanguage", self.query_language.map(|language| FieldValue::Text(language.as_str())));
        fields.put("Resource", self.resource.as_ref());
        fields.put("InputPath", self.input_path.as_ref());
        fields.put("Parameters", self.parameters.as_ref());
        fields.put("Arguments", self.arguments.as_ref());
        fields.put("Credentials", self.credentials.as_ref());
        fields.either("TimeoutSeconds", "TimeoutSecondsPath", self.timeout_seconds.as_ref());
        fields.either("HeartbeatSeconds", "HeartbeatSecondsPath", self.heartbeat_seconds.as_ref());
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
