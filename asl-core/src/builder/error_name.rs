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

/// What `ErrorEquals` takes: one Error Name, or an array, a slice or a `Vec` of them.
///
/// ```
/// use asl_core::jsonpath::{PredefinedErrorName, Retrier};
/// assert_eq!(Retrier::on("Busy"), Retrier::on(["Busy"]));
/// assert_eq!(Retrier::on(PredefinedErrorName::Timeout), Retrier::on(vec!["States.Timeout".to_owned()]));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no Error Name",
    label = "neither an Error Name nor several",
    note = "write one name, `\"Busy\"` or `PredefinedErrorName::Timeout`, or several, `[\"Busy\", \"RateLimit\"]`"
)]
pub trait IntoErrorNames {
    /// The names.
    #[doc(hidden)]
    fn into_error_names(self) -> Vec<String>;
}

macro_rules! one_name {
    ($($name:ty)+) => {
        $(impl IntoErrorNames for $name {
            fn into_error_names(self) -> Vec<String> {
                vec![ErrorName::from(self).0]
            }
        })+
    };
}

one_name!(&str String PredefinedErrorName ErrorName);

impl<T: IntoErrorNames, const N: usize> IntoErrorNames for [T; N] {
    fn into_error_names(self) -> Vec<String> {
        self.into_iter().flat_map(T::into_error_names).collect()
    }
}

impl<T: IntoErrorNames> IntoErrorNames for Vec<T> {
    fn into_error_names(self) -> Vec<String> {
        self.into_iter().flat_map(T::into_error_names).collect()
    }
}

impl<T: IntoErrorNames + Clone> IntoErrorNames for &[T] {
    fn into_error_names(self) -> Vec<String> {
        self.iter().cloned().flat_map(T::into_error_names).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_and_several_are_taken_in_their_order() {
        assert_eq!("A".into_error_names(), ["A"]);
        assert_eq!("A".to_owned().into_error_names(), ["A"]);
        assert_eq!(PredefinedErrorName::Timeout.into_error_names(), ["States.Timeout"]);
        assert_eq!(["B", "A"].into_error_names(), ["B", "A"]);
        assert_eq!(vec!["B".to_owned(), "A".to_owned()].into_error_names(), ["B", "A"]);
        assert_eq!(["B", "A"].as_slice().into_error_names(), ["B", "A"]);
        assert_eq!([ErrorName::from("A")].as_slice().into_error_names(), ["A"]);
        assert_eq!([PredefinedErrorName::All].into_error_names(), ["States.ALL"]);
    }
}
