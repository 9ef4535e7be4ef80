use super::{Call, integration, parameters};
use crate::builder::{IntoPayload, IntoTransition, Language, Plain, Task};

integration! {
    /// `lambda:invoke`: see [`Task::lambda_invoke`].
    LambdaInvoke: TakesTaskToken
}

impl<L: Language> Task<L, Plain> {
    /// Calls a Lambda function, given by its ARN: what the function returns is the result as it is.
    ///
    /// The input, or `Parameters` or `Arguments`, is the event. [`Task::lambda_invoke`] has more to set.
    ///
    /// ```
    /// use asl_core::jsonpath::{Retrier, Task, next};
    /// let fetch = Task::lambda("${FetchUserArn}", next("ByPlan")).retry(Retrier::lambda_transient());
    /// assert_eq!(serde_json::json!(fetch)["Resource"], "${FetchUserArn}");
    /// ```
    pub fn lambda(function_arn: impl Into<String>, transition: impl IntoTransition) -> Self {
        Self::new(function_arn, transition)
    }

    /// Calls a Lambda function by its name or ARN (`lambda:invoke`): the result is an object whose `Payload` is what the
    /// function returns.
    ///
    /// The event is [`payload`](Task::payload); without it, the function gets none.
    /// See [Lambda](https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, path};
    /// use serde_json::json;
    /// let task = Task::lambda_invoke("charge", end()).payload(path("$.order")).qualifier("live");
    /// assert_eq!(json!(task)["Resource"], "arn:aws:states:::lambda:invoke");
    /// assert_eq!(
    ///     json!(task)["Parameters"],
    ///     json!({"FunctionName": "charge", "Payload.$": "$.order", "Qualifier": "live"}),
    /// );
    /// ```
    pub fn lambda_invoke(
        function_name: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, LambdaInvoke> {
        Task::of_integration(Call::new("lambda:invoke"), transition).parameter("FunctionName", function_name)
    }
}

impl<L: Language> Task<L, LambdaInvoke> {
    parameters! {
        "Task::lambda_invoke(\"charge\", end())";
        /// Sets `Payload`: the event that the function gets.
        payload "Payload";
        /// Sets `Qualifier`: a version or an alias of the function.
        qualifier "Qualifier";
        /// Sets `InvocationType`: `RequestResponse`, `Event` (do not wait) or `DryRun`.
        invocation_type "InvocationType";
        /// Sets `ClientContext`: data about the caller, in Base64.
        client_context "ClientContext";
        /// Sets `LogType`: `Tail` for the end of the log in the result.
        log_type "LogType";
    }
}
