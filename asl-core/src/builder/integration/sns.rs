use super::{Call, integration, parameters};
use crate::builder::{IntoPayload, IntoTransition, Language, Plain, Task};

integration! {
    /// `sns:publish`: see [`Task::sns_publish`].
    SnsPublish: TakesTaskToken
}

impl<L: Language> Task<L, Plain> {
    /// Publishes a message to an SNS topic (`sns:publish`). A message that is an object is sent as JSON text.
    ///
    /// See [SNS](https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, intrinsic, path};
    /// let text = intrinsic::format("Order {} has shipped", [path("$.orderId")]);
    /// let task = Task::sns_publish("${TopicArn}", text, end()).subject("Good news");
    /// assert_eq!(
    ///     serde_json::json!(task)["Parameters"]["Message.$"],
    ///     "States.Format('Order {} has shipped', $.orderId)",
    /// );
    /// ```
    pub fn sns_publish(
        topic_arn: impl IntoPayload<L>,
        message: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, SnsPublish> {
        publish("TopicArn", topic_arn, message, transition)
    }

    /// Publishes a message to the endpoint of a device or an application (`sns:publish` with `TargetArn`).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// let task = Task::sns_publish_to_target("${EndpointArn}", "hello", end());
    /// assert_eq!(serde_json::json!(task)["Parameters"]["TargetArn"], "${EndpointArn}");
    /// ```
    pub fn sns_publish_to_target(
        target_arn: impl IntoPayload<L>,
        message: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, SnsPublish> {
        publish("TargetArn", target_arn, message, transition)
    }

    /// Sends a text message to a telephone (`sns:publish` with `PhoneNumber`).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, path};
    /// let task = Task::sns_publish_to_phone_number(path("$.phone"), "hello", end());
    /// assert_eq!(serde_json::json!(task)["Parameters"]["PhoneNumber.$"], "$.phone");
    /// ```
    pub fn sns_publish_to_phone_number(
        phone_number: impl IntoPayload<L>,
        message: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, SnsPublish> {
        publish("PhoneNumber", phone_number, message, transition)
    }
}

fn publish<L: Language>(
    to: &str,
    whom: impl IntoPayload<L>,
    message: impl IntoPayload<L>,
    transition: impl IntoTransition,
) -> Task<L, SnsPublish> {
    Task::of_integration(Call::new("sns:publish"), transition)
        .parameter(to, whom)
        .parameter("Message", message)
}

impl<L: Language> Task<L, SnsPublish> {
    parameters! {
        "Task::sns_publish(\"${TopicArn}\", \"hello\", end())";
        /// Sets `Subject`: of the e-mails.
        subject "Subject";
        /// Sets `MessageAttributes`: an object of `DataType` and `StringValue` by name.
        message_attributes "MessageAttributes";
        /// Sets `MessageStructure`: `json` for another message by protocol.
        message_structure "MessageStructure";
        /// Sets `MessageGroupId` of a FIFO topic.
        message_group_id "MessageGroupId";
        /// Sets `MessageDeduplicationId` of a FIFO topic.
        message_deduplication_id "MessageDeduplicationId";
    }
}
