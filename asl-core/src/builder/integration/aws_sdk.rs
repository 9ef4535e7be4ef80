use super::{Call, integration};
use crate::builder::{IntoTransition, Language, Plain, Task};

integration! {
    /// `aws-sdk:…`: see [`Task::aws_sdk`].
    AwsSdk: TakesTaskToken
}

integration! {
    /// An optimized integration that has no constructor of its own: see [`Task::optimized`].
    Optimized: RunsJob, TakesTaskToken
}

impl<L: Language> Task<L, Plain> {
    /// Calls any action of any service, as the AWS SDK has it (`aws-sdk:service:action`).
    ///
    /// The service is named as in the SDK for Java, in lower case (`sfn`, `eventbridge`); the action begins with a
    /// small letter, its parameters with a capital.
    /// See [AWS SDK](https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, next};
    /// use serde_json::json;
    /// let put = Task::aws_sdk("dynamodb", "putItem", next("Done")).parameters(json!({
    ///     "TableName": "users",
    ///     "Item": {"id": {"S.$": "$.user.id"}, "name": {"S.$": "$.user.name"}},
    /// }));
    /// assert_eq!(json!(put)["Resource"], "arn:aws:states:::aws-sdk:dynamodb:putItem");
    /// ```
    pub fn aws_sdk(service: &str, action: &str, transition: impl IntoTransition) -> Task<L, AwsSdk> {
        Task::of_integration(Call::new(format!("aws-sdk:{service}:{action}")), transition)
    }

    /// Calls an action that is made for Step Functions and has no constructor of its own (`service:action`).
    ///
    /// Whether it supports [`sync`](Task::sync) and [`wait_for_task_token`](Task::wait_for_task_token) is left to
    /// validation. See
    /// [Optimized integrations](https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, path};
    /// let job = Task::optimized("glue", "startJobRun", end()).parameter("JobName", path("$.job")).sync();
    /// assert_eq!(serde_json::json!(job)["Resource"], "arn:aws:states:::glue:startJobRun.sync");
    /// ```
    pub fn optimized(service: &str, action: &str, transition: impl IntoTransition) -> Task<L, Optimized> {
        Task::of_integration(Call::new(format!("{service}:{action}")), transition)
    }
}
