use crate::model::object::{FieldValue, Fields, Object, Visit};
use crate::model::{Extra, Kind, PathOrNull, QueryLanguage, Value};

/// A Succeed state: ends its scope well.
///
/// See [Succeed State](https://states-language.net/#succeed-state).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Succeed {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `QueryLanguage` of this state; the machine's if absent.
    pub query_language: Option<QueryLanguage>,
    /// `InputPath` (JSONPath): what of the input the state sees; `$` if absent, `null` for `{}`.
    pub input_path: Option<PathOrNull>,
    /// `OutputPath` (JSONPath): what of the result is passed on; `$` if absent, `null` for `{}`.
    pub output_path: Option<PathOrNull>,
    /// `Output` (JSONata): the output of the scope; the state's input if absent.
    pub output: Option<Value>,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for Succeed {
    fn kind(&self) -> Kind {
        Kind::Succeed
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Type", Some("Succeed"));
        fields.put("Comment", self.comment.as_ref());
        fields.put("QueryLanguage", self.query_language.map(|language| FieldValue::Text(language.as_str())));
        fields.put("InputPath", self.input_path.as_ref());
        fields.put("OutputPath", self.output_path.as_ref());
        fields.put("Output", self.output.as_ref());
    }
}
