use super::{Call, integration, parameters};
use crate::builder::{IntoPayload, IntoTransition, Language, Plain, Task};

integration! {
    /// `sqs:sendMessage`: see [`Task::sqs_send_message`].
    SqsSendMessage: TakesTaskToken
}

impl<L: Language> Task<L, Plain> {
    /// Sends a message to an SQS queue (`sqs:sendMessage`). A message that is an object is sent as JSON text.
    ///
    /// See [SQS](https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html).
    ///
    /// ```
    /// use asl_core::jsonata::{Task, end, payload, task_token};
    /// use serde_json::json;
    /// let body = payload().set("token", task_token());
    /// let task = Task::sqs_send_message("${QueueUrl}", body, end()).wait_for_task_token();
    /// assert_eq!(json!(task)["Resource"], "arn:aws:states:::sqs:sendMessage.waitForTaskToken");
    /// assert_eq!(json!(task)["Arguments"], json!({
    ///     "QueueUrl": "${QueueUrl}", "MessageBody": {"token": "{% $states.context.Task.Token %}"},
    /// }));
    /// ```
    pub fn sqs_send_message(
        queue_url: impl IntoPayload<L>,
        message_body: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, SqsSendMessage> {
        Task::of_integration(Call::new("sqs:sendMessage"), transition)
            .parameter("QueueUrl", queue_url)
            .parameter("MessageBody", message_body)
    }
}

impl<L: Language> Task<L, SqsSendMessage> {
    parameters! {
        "Task::sqs_send_message(\"${QueueUrl}\", \"hello\", end())";
        /// Sets `DelaySeconds`: how long the message stays invisible, at most 900 seconds.
        delay_seconds "DelaySeconds";
        /// Sets `MessageAttributes`: an object of `DataType` and `StringValue` by name.
        message_attributes "MessageAttributes";
        /// Sets `MessageGroupId` of a FIFO queue.
        message_group_id "MessageGroupId";
        /// Sets `MessageDeduplicationId` of a FIFO queue.
        message_deduplication_id "MessageDeduplicationId";
    }
}
