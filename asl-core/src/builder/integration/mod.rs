//! Service integrations: constructors of [`Task`] that know the resource, named for the service and its action as the
//! ARN has them: `ecs:runTask` is [`Task::ecs_run_task`].
//!
//! What an action requires is an argument, in the service's words; what it often takes has a setter, and everything
//! else goes through [`Task::parameter`]. A value may be literal, or whatever the language computes: see
//! [`IntoPayload`](super::IntoPayload). How the state waits is a modifier, which only those integrations have that
//! support it: [`Task::sync`], [`Task::wait_for_task_token`]. For the actions without a constructor there are
//! [`Task::optimized`] and [`Task::aws_sdk`].
//!
//! ```
//! use asl_core::jsonpath::{Task, next};
//! use serde_json::json;
//! let run = Task::ecs_run_task("myapp:42", next("AfterEcs")).cluster("prod-cluster").launch_type("FARGATE").sync();
//! assert_eq!(json!(run), json!({
//!     "Type": "Task",
//!     "Resource": "arn:aws:states:::ecs:runTask.sync",
//!     "Parameters": {"TaskDefinition": "myapp:42", "Cluster": "prod-cluster", "LaunchType": "FARGATE"},
//!     "Next": "AfterEcs",
//! }));
//! ```

use super::{Language, Task};
use crate::syntax::resource::Pattern;

mod activity;
mod aws_sdk;
mod dynamodb;
mod ecs;
mod events;
mod http;
mod lambda;
mod sns;
mod sqs;
mod states;

pub use aws_sdk::{AwsSdk, Optimized};
pub use dynamodb::{DynamodbDeleteItem, DynamodbGetItem, DynamodbPutItem, DynamodbUpdateItem};
pub use ecs::EcsRunTask;
pub use events::{EventsPutEvents, event};
pub use http::HttpInvoke;
pub use lambda::LambdaInvoke;
pub use sns::SnsPublish;
pub use sqs::SqsSendMessage;
pub use states::StatesStartExecution;

/// What the resource of an integration is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    partition: String,
    /// `ecs:runTask`, `aws-sdk:s3:getObject`.
    action: String,
    pattern: Pattern,
}

impl Call {
    fn new(action: impl Into<String>) -> Self {
        Self { partition: "aws".to_owned(), action: action.into(), pattern: Pattern::RequestResponse }
    }

    pub(super) fn resource(&self) -> String {
        format!("arn:{}:states:::{}{}", self.partition, self.action, self.pattern)
    }
}

/// The second parameter of a [`Task`] that calls a service.
///
/// ```
/// use asl_core::builder::integration::{Integration, SqsSendMessage};
/// fn is_integration<I: Integration>() {}
/// is_integration::<SqsSendMessage>();
/// ```
pub trait Integration: sealed::Integration {}

/// An integration that can wait for the job that it starts: see [`Task::sync`].
///
/// ```
/// use asl_core::builder::integration::{EcsRunTask, RunsJob};
/// fn runs_job<I: RunsJob>() {}
/// runs_job::<EcsRunTask>();
/// ```
pub trait RunsJob: Integration {}

/// An integration that can wait for a callback: see [`Task::wait_for_task_token`].
///
/// ```
/// use asl_core::builder::integration::{SnsPublish, TakesTaskToken};
/// fn takes_task_token<I: TakesTaskToken>() {}
/// takes_task_token::<SnsPublish>();
/// ```
pub trait TakesTaskToken: Integration {}

mod sealed {
    /// Closes the set of integrations.
    pub trait Integration {}
}

impl<L: Language, I: Integration> Task<L, I> {
    /// Sets the partition of the resource's ARN, `aws` if not set: `aws-cn`, `aws-us-gov`, or a placeholder.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// let task = Task::sqs_send_message("${QueueUrl}", "hello", end()).partition("${AWS::Partition}");
    /// assert_eq!(serde_json::json!(task)["Resource"], "arn:${AWS::Partition}:states:::sqs:sendMessage");
    /// ```
    pub fn partition(self, partition: impl Into<String>) -> Self {
        self.change_call(|call| call.partition = partition.into())
    }
}

impl<L: Language, I: RunsJob> Task<L, I> {
    /// Waits until the job is done that the task starts (`.sync`); Standard workflows only.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// let task = Task::ecs_run_task("myapp:42", end()).sync();
    /// assert_eq!(serde_json::json!(task)["Resource"], "arn:aws:states:::ecs:runTask.sync");
    /// ```
    ///
    /// An integration that starts no job has no such method:
    ///
    /// ```compile_fail,E0599
    /// use asl_core::jsonpath::{Task, end};
    /// let task = Task::sqs_send_message("${QueueUrl}", "hello", end()).sync();
    /// ```
    pub fn sync(self) -> Self {
        self.change_call(|call| call.pattern = Pattern::Sync)
    }
}

impl<L: Language, I: TakesTaskToken> Task<L, I> {
    /// Waits until someone returns the task token (`.waitForTaskToken`), which must be handed out in the parameters
    /// with `task_token()`; Standard workflows only.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, path, task_token, template};
    /// use serde_json::json;
    /// let message = template().set("TaskToken", task_token()).set("OrderId", path("$.orderId"));
    /// let approval = Task::sns_publish("${TopicArn}", message, end()).wait_for_task_token();
    /// assert_eq!(json!(approval)["Resource"], "arn:aws:states:::sns:publish.waitForTaskToken");
    /// assert_eq!(json!(approval)["Parameters"]["Message"]["TaskToken.$"], "$$.Task.Token");
    /// ```
    pub fn wait_for_task_token(self) -> Self {
        self.change_call(|call| call.pattern = Pattern::WaitForTaskToken)
    }
}

/// The type of an integration, and what it supports.
macro_rules! integration {
    ($(#[$doc:meta])* $name:ident $(: $($support:ident),+)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name;

        impl super::sealed::Integration for $name {}
        impl super::Integration for $name {}
        $($(impl super::$support for $name {})+)?
    };
}

/// Setters of single parameters.
macro_rules! parameters {
    ($example:literal; $($(#[$doc:meta])* $name:ident $key:literal;)+) => {
        $(
            $(#[$doc])*
            ///
            /// ```
            /// # use asl_core::jsonpath::*;
            #[doc = concat!("let task = ", $example, ".", stringify!($name), "(path(\"$.value\"));")]
            #[doc = concat!("assert_eq!(serde_json::json!(task)[\"Parameters\"][\"", $key, ".$\"], \"$.value\");")]
            /// ```
            pub fn $name(self, value: impl $crate::builder::IntoPayload<L>) -> Self {
                self.parameter($key, value)
            }
        )+
    };
}

use {integration, parameters};

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::builder::{JsonPath, end};
    use crate::syntax::resource::{Resource, optimized};

    fn json<I>(task: &Task<JsonPath, I>) -> Value {
        json!(task)
    }

    #[test]
    fn each_constructor_names_a_known_action_and_gives_what_it_requires() {
        for task in [
            json(&Task::lambda_invoke("f", end())),
            json(&Task::ecs_run_task("t", end())),
            json(&Task::sns_publish("t", "m", end())),
            json(&Task::sns_publish_to_target("t", "m", end())),
            json(&Task::sns_publish_to_phone_number("t", "m", end())),
            json(&Task::sqs_send_message("q", "m", end())),
            json(&Task::events_put_events([event("s", "t", json!({}))], end())),
            json(&Task::dynamodb_get_item("t", json!({}), end())),
            json(&Task::dynamodb_put_item("t", json!({}), end())),
            json(&Task::dynamodb_update_item("t", json!({}), end())),
            json(&Task::dynamodb_delete_item("t", json!({}), end())),
            json(&Task::states_start_execution("m", end())),
            json(&Task::http_invoke("https://example.com", "GET", "c", end())),
        ] {
            let resource = task["Resource"].as_str().unwrap();
            let Ok(Resource::Integration(integration)) = Resource::parse(resource) else {
                panic!("{resource} is no integration");
            };
            let action = optimized(integration.service(), integration.action()).unwrap();
            for name in action.required {
                assert!(task["Parameters"].get(name).is_some(), "{resource} has no {name}");
            }
            let one_of = action.one_of.iter().filter(|name| task["Parameters"].get(name).is_some()).count();
            assert_eq!(one_of, usize::from(!action.one_of.is_empty()), "{resource}");
        }
    }

    /// Whether the table of actions supports a pattern.
    fn supports(service: &str, action: &str, pattern: Pattern) -> bool {
        optimized(service, action).unwrap().patterns.contains(&pattern)
    }

    #[test]
    fn the_modifiers_are_those_of_the_table() {
        for task in [
            json(&Task::lambda_invoke("f", end()).wait_for_task_token()),
            json(&Task::ecs_run_task("t", end()).sync()),
            json(&Task::ecs_run_task("t", end()).wait_for_task_token()),
            json(&Task::sns_publish("t", "m", end()).wait_for_task_token()),
            json(&Task::sqs_send_message("q", "m", end()).wait_for_task_token()),
            json(&Task::events_put_events([event("s", "t", json!({}))], end()).wait_for_task_token()),
            json(&Task::states_start_execution("m", end()).sync()),
            json(&Task::states_start_execution("m", end()).sync2()),
            json(&Task::states_start_execution("m", end()).wait_for_task_token()),
        ] {
            let resource = task["Resource"].as_str().unwrap();
            let Ok(Resource::Integration(integration)) = Resource::parse(resource) else {
                panic!("{resource} is no integration");
            };
            assert!(
                supports(integration.service(), integration.action(), integration.pattern()),
                "{resource}"
            );
        }
        for (service, action) in
            [("lambda", "invoke"), ("sns", "publish"), ("sqs", "sendMessage"), ("events", "putEvents")]
        {
            assert!(!supports(service, action, Pattern::Sync), "{service}:{action} could have `sync`");
        }
        for action in ["getItem", "putItem", "updateItem", "deleteItem"] {
            assert!(!supports("dynamodb", action, Pattern::WaitForTaskToken), "{action} could wait");
        }
    }

    #[test]
    fn the_last_modifier_counts_and_the_partition_stays() {
        let task = Task::states_start_execution("m", end()).partition("aws-cn").sync().sync2();
        assert_eq!(json(&task)["Resource"], "arn:aws-cn:states:::states:startExecution.sync:2");
    }
}
