use std::marker::PhantomData;

use crate::builder::{Language, setters};
use crate::model;

setters::state_builder! {
    /// A Fail state: ends its scope with an error.
    ///
    /// See [Fail State](https://states-language.net/#fail-state).
    ///
    /// ```
    /// use asl_core::jsonpath::Fail;
    /// use serde_json::json;
    /// let fail = Fail::new().error("OrderRejected").cause("the customer is unknown");
    /// assert_eq!(json!(fail), json!({
    ///     "Type": "Fail", "Error": "OrderRejected", "Cause": "the customer is unknown",
    /// }));
    /// ```
    pub struct Fail<L>(model::state::Fail);
}

impl<L: Language> Fail<L> {
    /// A state that fails without a name and a cause, both of which are optional.
    ///
    /// ```
    /// use asl_core::jsonpath::Fail;
    /// assert_eq!(serde_json::json!(Fail::new()), serde_json::json!({"Type": "Fail"}));
    /// ```
    pub fn new() -> Self {
        Self::from_model(model::state::Fail::default())
    }

    setters::comment!("Fail::new()");

    setters::value! {
        /// Sets `Error`: the error's name, which Retriers and Catchers around this scope see.
        ///
        /// ```
        /// use asl_core::jsonata::{Fail, jsonata};
        /// let fail = Fail::new().error(jsonata("$failure.Error"));
        /// assert_eq!(serde_json::json!(fail)["Error"], "{% $failure.Error %}");
        /// ```
        error: String = "Error", "a string"
    }

    setters::value! {
        /// Sets `Cause`: text that explains the error.
        ///
        /// ```
        /// use asl_core::jsonpath::Fail;
        /// let fail = Fail::new().cause("no stock");
        /// assert_eq!(serde_json::json!(fail)["Cause"], "no stock");
        /// ```
        cause: String = "Cause", "a string"
    }
}

/// What JSONPath alone has.
impl<L: Language> Fail<L> {
    setters::path_in_place! {
        /// Sets `ErrorPath`: a path to the error's name, or an intrinsic function that gives it, in place of `Error`.
        ///
        /// ```
        /// use asl_core::jsonpath::{Fail, intrinsic, path};
        /// let fail = Fail::new().error_path(intrinsic::format("{}Failed", [path("$.step")]));
        /// assert_eq!(serde_json::json!(fail)["ErrorPath"], "States.Format('{}Failed', $.step)");
        /// ```
        error_path error
    }

    setters::path_in_place! {
        /// Sets `CausePath`: a path to the text, or an intrinsic function that gives it, in place of `Cause`.
        ///
        /// ```
        /// use asl_core::jsonpath::Fail;
        /// let fail = Fail::new().cause_path("$.error.Cause");
        /// assert_eq!(serde_json::json!(fail)["CausePath"], "$.error.Cause");
        /// ```
        cause_path cause
    }
}

impl<L: Language> Default for Fail<L> {
    fn default() -> Self {
        Self::new()
    }
}
