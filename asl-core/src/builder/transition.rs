use crate::model::Transition;

/// `"Next": "Name"`: the state that follows.
///
/// ```
/// use asl_core::jsonpath::{Pass, next};
/// assert_eq!(serde_json::json!(Pass::new(next("Bill")))["Next"], "Bill");
/// ```
#[must_use]
pub fn next(name: impl Into<String>) -> Transition {
    Transition::Next(name.into())
}

/// `"End": true`: the state ends its scope, which is the machine, the branch or the item.
///
/// ```
/// use asl_core::jsonpath::{Pass, end};
/// assert_eq!(serde_json::json!(Pass::new(end()))["End"], true);
/// ```
#[must_use]
pub const fn end() -> Transition {
    Transition::End
}

/// What the constructors of states take for their `Next` or `End`: [`next`] or [`end`].
///
/// The name alone is not enough, as it would be taken for one more parameter.
///
/// ```
/// use asl_core::jsonpath::{Task, next};
/// let fetch = Task::lambda("${FetchArn}", next("Bill"));
/// assert_eq!(serde_json::json!(fetch)["Next"], "Bill");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what follows the state",
    label = "neither `next(\"Name\")` nor `end()`",
    note = "write `next(\"Name\")`, with the name of the state that follows, or `end()`"
)]
pub trait IntoTransition {
    /// The transition.
    #[doc(hidden)]
    fn into_transition(self) -> Transition;
}

impl IntoTransition for Transition {
    fn into_transition(self) -> Transition {
        self
    }
}
