use std::marker::PhantomData;

use crate::model::ChoiceRule;

use super::{Jsonata, Language, setters};

setters::builder! {
    /// One rule of a [`Choice`](super::Choice): where to go if a condition holds.
    ///
    /// [`Choice::when`](super::Choice::when) is shorter where the rule has no more than that.
    /// See [Choice State](https://states-language.net/#choice-state).
    ///
    /// ```
    /// use asl_core::jsonpath::{Rule, var};
    /// use serde_json::json;
    /// let rule = Rule::when(var("$.total").gt(100), "AskManager").assign_variable("large", true);
    /// assert_eq!(json!(rule), json!({
    ///     "Variable": "$.total", "NumericGreaterThan": 100, "Assign": {"large": true}, "Next": "AskManager",
    /// }));
    /// ```
    pub struct Rule<L>(ChoiceRule);
}

impl<L: Language> Rule<L> {
    /// A rule: if the condition holds, the state named `next` follows.
    ///
    /// ```
    /// use asl_core::jsonata::{Rule, jsonata};
    /// use serde_json::json;
    /// let rule = Rule::when(jsonata("$states.input.total > 100"), "AskManager");
    /// assert_eq!(json!(rule), json!({"Condition": "{% $states.input.total > 100 %}", "Next": "AskManager"}));
    /// ```
    pub fn when(condition: impl Into<L::Condition>, next: impl Into<String>) -> Self {
        Self::from_model(ChoiceRule { next: Some(next.into()), ..L::rule(condition.into()) })
    }

    setters::comment!("Rule::when(var(\"$.a\").eq(1), \"B\")");
    setters::assign!("Rule::when(var(\"$.a\").eq(1), \"B\")");
}

impl Rule<Jsonata> {
    setters::output!("Rule::when(jsonata(\"$a\"), \"B\")", "the next state's input if the rule is chosen");
}
