use std::marker::PhantomData;

use crate::builder::{Branch, IntoTransition, Language, setters};
use crate::model::{self, Extra};

setters::state_builder! {
    /// A Parallel state: runs branches at the same time; its result is the array of theirs.
    ///
    /// See [Parallel State](https://states-language.net/#parallel-state).
    ///
    /// ```
    /// use asl_core::jsonpath::{Branch, Parallel, Task, end, next};
    /// use serde_json::json;
    /// let notify = Parallel::new(next("Done"))
    ///     .branch(Branch::single("NotifySlack", Task::lambda("${NotifySlackArn}", end())))
    ///     .branch(Branch::single("UpdateDashboard", Task::lambda("${UpdateDashboardArn}", end())));
    /// assert_eq!(json!(notify)["Branches"][1]["StartAt"], "UpdateDashboard");
    /// ```
    pub struct Parallel<L>(model::state::Parallel);
}

impl<L: Language> Parallel<L> {
    /// A state without branches, to be filled with [`branch`](Self::branch).
    ///
    /// ```
    /// use asl_core::jsonpath::{Parallel, end};
    /// assert_eq!(
    ///     serde_json::json!(Parallel::new(end())),
    ///     serde_json::json!({"Type": "Parallel", "Branches": [], "End": true}),
    /// );
    /// ```
    pub fn new(transition: impl IntoTransition) -> Self {
        Self::from_model(model::state::Parallel {
            comment: None,
            query_language: None,
            input_path: None,
            parameters: None,
            arguments: None,
            branches: Some(Vec::new()),
            result_selector: None,
            result_path: None,
            output_path: None,
            assign: None,
            output: None,
            retry: None,
            catch: None,
            transition: transition.into_transition(),
            extra: Extra::new(),
        })
    }

    /// Adds to `Branches`.
    ///
    /// ```
    /// use asl_core::jsonpath::{Branch, Parallel, Succeed, end};
    /// let parallel = Parallel::new(end()).branch(Branch::single("A", Succeed::new()));
    /// assert_eq!(serde_json::json!(parallel)["Branches"][0]["StartAt"], "A");
    /// ```
    pub fn branch(mut self, branch: Branch) -> Self {
        self.inner.branches.get_or_insert_default().push(branch.into());
        self
    }

    setters::comment!("Parallel::new(end())");
    setters::assign!("Parallel::new(end())");
    setters::retry_and_catch!("Parallel::new(end())");
}

/// What JSONPath alone has.
impl<L: Language> Parallel<L> {
    setters::input_and_output_path!("Parallel::new(end())");
    setters::parameters!(
        "Parallel::new(end())",
        "what every branch is given, as a payload template or as JSON; the input if not set"
    );
    setters::result_selector!("Parallel::new(end())");
    setters::result_path!("Parallel::new(end())");
}

/// What JSONata alone has.
impl<L: Language> Parallel<L> {
    setters::arguments!(
        "Parallel::new(end())",
        "what every branch is given, as a payload, JSON or one expression; the input if not set"
    );
    setters::output!("Parallel::new(end())", "the next state's input; the array of results if not set");
}
