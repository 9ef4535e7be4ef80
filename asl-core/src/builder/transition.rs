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
