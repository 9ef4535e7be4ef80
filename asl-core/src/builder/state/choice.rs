use std::marker::PhantomData;

use crate::builder::{IntoCondition, Language, Rule, setters};
use crate::model;

setters::state_builder! {
    /// A Choice state: decides what comes next. The first rule that holds is taken.
    ///
    /// See [Choice State](https://states-language.net/#choice-state).
    ///
    /// ```
    /// use asl_core::jsonpath::{Choice, var};
    /// use serde_json::json;
    /// let by_plan = Choice::new()
    ///     .when(var("$.user.plan").eq("pro"), "SendProEmail")
    ///     .otherwise("SendDefaultEmail");
    /// assert_eq!(json!(by_plan), json!({
    ///     "Type": "Choice",
    ///     "Choices": [{"Variable": "$.user.plan", "StringEquals": "pro", "Next": "SendProEmail"}],
    ///     "Default": "SendDefaultEmail",
    /// }));
    /// ```
    ///
    /// ```
    /// use asl_core::jsonata::{Choice, jsonata};
    /// use serde_json::json;
    /// let by_size = Choice::new().when(jsonata("$states.input.n > 1"), "Many").otherwise("One");
    /// assert_eq!(json!(by_size)["Choices"][0], json!({"Condition": "{% $states.input.n > 1 %}", "Next": "Many"}));
    /// ```
    pub struct Choice<L>(model::state::Choice);
}

impl<L: Language> Choice<L> {
    /// A state without rules, to be filled with [`when`](Self::when).
    ///
    /// ```
    /// use asl_core::jsonpath::{Choice, var};
    /// let choice = Choice::new().when(var("$.done").eq(true), "Report");
    /// assert_eq!(serde_json::json!(choice)["Choices"][0]["BooleanEquals"], true);
    /// ```
    pub fn new() -> Self {
        Self::from_model(model::state::Choice {
            choices: Some(Vec::new()),
            ..model::state::Choice::default()
        })
    }

    /// Adds to `Choices`: if the condition holds, the state named `next` follows.
    ///
    /// ```
    /// use asl_core::jsonpath::{Choice, var};
    /// let choice = Choice::new().when(var("$.n").gt(3).or(var("$.force").is_present()), "Run");
    /// assert_eq!(serde_json::json!(choice)["Choices"][0]["Next"], "Run");
    /// ```
    pub fn when(self, condition: impl IntoCondition<L>, next: impl Into<String>) -> Self {
        self.rule(Rule::when(condition, next))
    }

    /// Adds to `Choices` a rule that says more than a condition and a state: variables, output, a comment.
    ///
    /// ```
    /// use asl_core::jsonpath::{Choice, Rule, var};
    /// let choice = Choice::new().rule(Rule::when(var("$.n").gt(3), "Run").comment("more than three"));
    /// assert_eq!(serde_json::json!(choice)["Choices"][0]["Comment"], "more than three");
    /// ```
    pub fn rule(mut self, rule: Rule<L>) -> Self {
        self.inner.choices.get_or_insert_default().push(rule.into());
        self
    }

    /// Sets `Default`: the state that follows if no rule holds. Without it that is the error
    /// `States.NoChoiceMatched`.
    ///
    /// ```
    /// use asl_core::jsonpath::{Choice, var};
    /// let choice = Choice::new().when(var("$.n").gt(3), "Run").default("Skip");
    /// assert_eq!(serde_json::json!(choice)["Default"], "Skip");
    /// ```
    pub fn default(mut self, next: impl Into<String>) -> Self {
        self.inner.default = Some(next.into());
        self
    }

    /// Sets `Default`, in words that read on after [`when`](Self::when).
    ///
    /// ```
    /// use asl_core::jsonpath::{Choice, var};
    /// let choice = Choice::new().when(var("$.n").gt(3), "Run").otherwise("Skip");
    /// assert_eq!(serde_json::json!(choice)["Default"], "Skip");
    /// ```
    pub fn otherwise(self, next: impl Into<String>) -> Self {
        self.default(next)
    }

    setters::comment!("Choice::new()");
    setters::assign!("Choice::new().otherwise(\"Next\")");
}

/// What JSONPath alone has.
impl<L: Language> Choice<L> {
    setters::input_and_output_path!("Choice::new()");
}

/// What JSONata alone has.
impl<L: Language> Choice<L> {
    setters::output!(
        "Choice::new()",
        "the next state's input where `Default` is taken; the state's input if not set"
    );
}

impl<L: Language> Default for Choice<L> {
    fn default() -> Self {
        Self::new()
    }
}
