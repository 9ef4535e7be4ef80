use crate::builder::{IntoTransition, Language, Plain, Task};

impl<L: Language> Task<L, Plain> {
    /// Waits for a worker that polls an activity, given by its ARN; Standard workflows only.
    ///
    /// See [Activities](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, hours, minutes};
    /// let review = Task::activity("${ReviewActivityArn}", end()).timeout(hours(8)).heartbeat(minutes(5));
    /// assert_eq!(serde_json::json!(review)["Resource"], "${ReviewActivityArn}");
    /// ```
    pub fn activity(activity_arn: impl Into<String>, transition: impl IntoTransition) -> Self {
        Self::new(activity_arn, transition)
    }
}
