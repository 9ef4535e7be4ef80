use crate::syntax::PredefinedErrorName;

/// An Error Name in `ErrorEquals`: text, or a name that the language reserves.
///
/// ```
/// use asl_core::jsonpath::{ErrorName, PredefinedErrorName};
/// assert_eq!(ErrorName::from(PredefinedErrorName::Timeout), ErrorName::from("States.Timeout"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorName(String);

impl From<&str> for ErrorName {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl From<String> for ErrorName {
    fn from(name: String) -> Self {
        Self(name)
    }
}

impl From<PredefinedErrorName> for ErrorName {
    fn from(name: PredefinedErrorName) -> Self {
        Self(name.name().to_owned())
    }
}

pub(super) fn texts(errors: impl IntoIterator<Item: Into<ErrorName>>) -> Vec<String> {
    errors.into_iter().map(|error| error.into().0).collect()
}
