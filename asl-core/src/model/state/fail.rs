use crate::model::object::{FieldValue, Fields, Object, Visit};
use crate::model::{Extra, Kind, QueryLanguage, ValueOrPath};

/// A Fail state: ends its scope with an error.
///
/// See [Fail State](https://states-language.net/#fail-state).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fail {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `QueryLanguage` of this state; the machine's if absent.
    pub query_language: Option<QueryLanguage>,
    /// `Error` or `ErrorPath`: the error's name.
    pub error: Option<ValueOrPath<String>>,
    /// `Cause` or `CausePath`: text that explains the error.
    pub cause: Option<ValueOrPath<String>>,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for Fail {
    fn kind(&self) -> Kind {
        Kind::Fail
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Type", Some("Fail"));
        fields.put("Comment", self.comment.as_ref());
        fields.put("QueryLanguage", self.query_language.map(|language| FieldValue::Text(language.as_str())));
        fields.either("Error", "ErrorPath", self.error.as_ref());
        fields.either("Cause", "CausePath", self.cause.as_ref());
    }
}
