use std::marker::PhantomData;

use crate::model::{self, ChoiceRule, Dynamic, Test};

use super::{Condition, JsonPath, Jsonata, Language, Placeholder, setters};

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
    pub fn when(condition: impl IntoCondition<L>, next: impl Into<String>) -> Self {
        Self::from_model(ChoiceRule { next: Some(next.into()), nested: false, ..condition.into_rule() })
    }

    setters::comment!("Rule::when(var(\"$.a\").eq(1), \"B\")");
    setters::assign!("Rule::when(var(\"$.a\").eq(1), \"B\")");
}

/// What JSONata alone has.
impl<L: Language> Rule<L> {
    setters::output!("Rule::when(jsonata(\"$a\"), \"B\")", "the next state's input if the rule is chosen");
}

/// What a Choice rule of language `L` tests: a [`Condition`] in JSONPath; in JSONata an expression, a constant or a
/// [`placeholder`](super::placeholder).
///
/// ```
/// use asl_core::jsonata::{Choice, jsonata};
/// let choice = Choice::new().when(jsonata("$n > 1"), "Many").when(true, "Few");
/// assert_eq!(serde_json::json!(choice)["Choices"][0]["Condition"], "{% $n > 1 %}");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no condition in `{L}`",
    label = "no condition of this language",
    note = "in JSONPath write `var(\"$.a\").eq(1)`, in JSONata `jsonata(\"$states.input.a = 1\")`"
)]
pub trait IntoCondition<L: Language> {
    /// A rule that tests it, without `Next`.
    #[doc(hidden)]
    fn into_rule(self) -> ChoiceRule;
}

impl IntoCondition<JsonPath> for Condition {
    fn into_rule(self) -> ChoiceRule {
        self.into()
    }
}

fn expression(condition: impl Into<Dynamic<bool>>) -> ChoiceRule {
    ChoiceRule { test: Some(Test::Condition(condition.into())), ..ChoiceRule::default() }
}

impl IntoCondition<Jsonata> for model::Jsonata {
    fn into_rule(self) -> ChoiceRule {
        expression(self)
    }
}

impl IntoCondition<Jsonata> for bool {
    fn into_rule(self) -> ChoiceRule {
        expression(self)
    }
}

impl IntoCondition<Jsonata> for Placeholder {
    fn into_rule(self) -> ChoiceRule {
        expression(self)
    }
}
