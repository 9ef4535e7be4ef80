use std::marker::PhantomData;

use crate::builder::{IntoTransition, IsJsonPath, Language, setters};
use crate::model::{self, Extra, Value};

setters::state_builder! {
    /// A Pass state: shapes data, calls nothing.
    ///
    /// See [Pass State](https://states-language.net/#pass-state).
    ///
    /// ```
    /// use asl_core::jsonpath::{Pass, next};
    /// use serde_json::json;
    /// let start = Pass::new(next("Count")).result(json!({"count": 0})).result_path("$.progress");
    /// assert_eq!(json!(start), json!({
    ///     "Type": "Pass", "Result": {"count": 0}, "ResultPath": "$.progress", "Next": "Count",
    /// }));
    /// ```
    pub struct Pass<L>(model::state::Pass);
}

impl<L: Language> Pass<L> {
    /// A state that passes on its input.
    ///
    /// ```
    /// use asl_core::jsonpath::{Pass, end};
    /// assert_eq!(serde_json::json!(Pass::new(end())), serde_json::json!({"Type": "Pass", "End": true}));
    /// ```
    pub fn new(transition: impl IntoTransition) -> Self {
        Self::from_model(model::state::Pass {
            comment: None,
            query_language: None,
            input_path: None,
            parameters: None,
            result: None,
            result_path: None,
            output_path: None,
            assign: None,
            output: None,
            transition: transition.into_transition(),
            extra: Extra::new(),
        })
    }

    setters::comment!("Pass::new(end())");
    setters::assign!("Pass::new(end())");
}

/// What JSONPath alone has.
impl<L: Language> Pass<L> {
    setters::input_and_output_path!("Pass::new(end())");
    setters::parameters!(
        "Pass::new(end())",
        "the result, as a payload template or as JSON; the input if not set"
    );

    /// Sets `Result`: the result, verbatim. Nothing in it is evaluated: for that there is
    /// [`parameters`](Self::parameters).
    ///
    /// ```
    /// use asl_core::jsonpath::{Pass, end};
    /// assert_eq!(serde_json::json!(Pass::new(end()).result("done"))["Result"], "done");
    /// ```
    pub fn result(mut self, result: impl Into<Value>) -> Self
    where
        L: IsJsonPath,
    {
        self.inner.result = Some(result.into());
        self
    }

    setters::result_path!("Pass::new(end())");
}

/// What JSONata alone has.
impl<L: Language> Pass<L> {
    setters::output!("Pass::new(end())", "the next state's input; this one's if not set");
}
