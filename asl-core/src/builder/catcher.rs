use std::marker::PhantomData;

use crate::model;
use crate::syntax::PredefinedErrorName;

use super::{IntoErrorNames, IntoPathOrNull, IsJsonPath, Language, setters};

setters::builder! {
    /// One entry of `Catch`: where a state goes when it has failed for good.
    ///
    /// See [Fallback states](https://states-language.net/#fallback-states).
    ///
    /// ```
    /// use asl_core::jsonpath::Catcher;
    /// use serde_json::json;
    /// let catcher = Catcher::all("HandleFailure").result_path("$.error");
    /// assert_eq!(json!(catcher), json!({
    ///     "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "HandleFailure",
    /// }));
    /// ```
    pub struct Catcher<L>(model::Catcher);
}

impl<L: Language> Catcher<L> {
    /// Catches the named errors, one or several; the state named `next` takes over.
    ///
    /// ```
    /// use asl_core::jsonpath::Catcher;
    /// let catcher = Catcher::on("OutOfStock", "Refund");
    /// assert_eq!(
    ///     serde_json::json!(catcher),
    ///     serde_json::json!({"ErrorEquals": ["OutOfStock"], "Next": "Refund"}),
    /// );
    /// ```
    pub fn on(errors: impl IntoErrorNames, next: impl Into<String>) -> Self {
        Self::from_model(model::Catcher {
            error_equals: Some(errors.into_error_names()),
            next: Some(next.into()),
            ..model::Catcher::default()
        })
    }

    /// Catches every error (`States.ALL`) but `States.DataLimitExceeded` and `States.Runtime`. The last Catcher, if
    /// there are several.
    ///
    /// ```
    /// use asl_core::jsonata::Catcher;
    /// assert_eq!(serde_json::json!(Catcher::all("Refund"))["ErrorEquals"][0], "States.ALL");
    /// ```
    pub fn all(next: impl Into<String>) -> Self {
        Self::on(PredefinedErrorName::All, next)
    }

    setters::comment!("Catcher::all(\"Refund\")");
    setters::assign!("Catcher::all(\"Refund\")");
}

/// What JSONPath alone has.
impl<L: Language> Catcher<L> {
    /// Sets `ResultPath`: where the error goes in the state's input; in its place (`$`) if not set, which loses the
    /// input; nowhere if `None` (`null`).
    ///
    /// ```
    /// use asl_core::jsonpath::Catcher;
    /// let catcher = Catcher::all("Refund").result_path("$.error");
    /// assert_eq!(serde_json::json!(catcher)["ResultPath"], "$.error");
    /// ```
    pub fn result_path(mut self, path: impl IntoPathOrNull) -> Self
    where
        L: IsJsonPath,
    {
        self.inner.result_path = Some(path.into_path_or_null());
        self
    }

    /// Sets `ResultPath` to `null`: the error is dropped, and the input passed on.
    ///
    /// ```
    /// use asl_core::jsonpath::Catcher;
    /// let catcher = Catcher::all("Refund").discard_result();
    /// assert_eq!(serde_json::json!(catcher).get("ResultPath"), Some(&serde_json::Value::Null));
    /// ```
    pub fn discard_result(self) -> Self
    where
        L: IsJsonPath,
    {
        self.result_path(None)
    }
}

/// What JSONata alone has.
impl<L: Language> Catcher<L> {
    setters::output!("Catcher::all(\"Refund\")", "the next state's input; the error if not set");
}
