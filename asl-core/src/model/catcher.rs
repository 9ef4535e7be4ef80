use super::object::{Fields, Object, Visit};
use super::{Extra, JsonObject, Kind, PathOrNull, Value};

/// One entry of `Catch`: where a state goes when it has failed for good.
///
/// See [Fallback states](https://states-language.net/#fallback-states).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catcher {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `ErrorEquals`: the error names. Required, not empty.
    pub error_equals: Option<Vec<String>>,
    /// `ResultPath` (JSONPath): where the Error Output goes in the state's input; `$` if absent, which loses the input.
    pub result_path: Option<PathOrNull>,
    /// `Output` (JSONata): the next state's input; the Error Output if absent.
    pub output: Option<Value>,
    /// `Assign`: variables to set.
    pub assign: Option<JsonObject>,
    /// `Next`: the state that takes over. Required.
    pub next: Option<String>,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for Catcher {
    fn kind(&self) -> Kind {
        Kind::Catcher
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Comment", self.comment.as_ref());
        fields.put("ErrorEquals", self.error_equals.as_ref());
        fields.put("ResultPath", self.result_path.as_ref());
        fields.put("Output", self.output.as_ref());
        fields.put("Assign", self.assign.as_ref());
        fields.put("Next", self.next.as_ref());
    }
}
