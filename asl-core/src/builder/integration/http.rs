use super::{Call, integration, parameters};
use crate::builder::{IntoPayload, IntoTransition, Language, Payload, Plain, Task};

integration! {
    /// `http:invoke`: see [`Task::http_invoke`].
    HttpInvoke
}

impl<L: Language> Task<L, Plain> {
    /// Calls an HTTPS endpoint (`http:invoke`), with the credentials of an EventBridge connection; at most 60 seconds.
    ///
    /// See [HTTP tasks](https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, path};
    /// use serde_json::json;
    /// let task = Task::http_invoke("https://api.example.com/orders", "POST", "${ConnectionArn}", end())
    ///     .request_body(path("$.order"));
    /// assert_eq!(json!(task)["Parameters"], json!({
    ///     "ApiEndpoint": "https://api.example.com/orders",
    ///     "Method": "POST",
    ///     "InvocationConfig": {"ConnectionArn": "${ConnectionArn}"},
    ///     "RequestBody.$": "$.order",
    /// }));
    /// ```
    pub fn http_invoke(
        api_endpoint: impl IntoPayload<L>,
        method: impl IntoPayload<L>,
        connection_arn: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, HttpInvoke> {
        Task::of_integration(Call::new("http:invoke"), transition)
            .parameter("ApiEndpoint", api_endpoint)
            .parameter("Method", method)
            .parameter("InvocationConfig", Payload::<L>::new().set("ConnectionArn", connection_arn))
    }
}

impl<L: Language> Task<L, HttpInvoke> {
    parameters! {
        "Task::http_invoke(\"https://example.com\", \"GET\", \"${ConnectionArn}\", end())";
        /// Sets `Headers`: an object of strings or arrays of strings.
        headers "Headers";
        /// Sets `QueryParameters`: an object of strings or arrays of strings.
        query_parameters "QueryParameters";
        /// Sets `RequestBody`: JSON.
        request_body "RequestBody";
        /// Sets `Transform`: how the request body is written, as JSON if not set.
        transform "Transform";
    }
}
