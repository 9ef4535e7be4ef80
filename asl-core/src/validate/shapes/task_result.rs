use crate::syntax::Resource;
use crate::syntax::resource::{IntegrationKind, Pattern};

use super::shape::Shape;

/// What is known of the result of a Task from its `Resource`: the envelopes that integrations put around answers.
///
/// All are open, and no field is taken to be there: services add fields, and leave out those that have no value.
pub(super) fn task_result(resource: &str) -> Shape {
    // what is not an integration answers with whatever it likes
    if !resource.contains(":states:::") {
        return Shape::UNKNOWN;
    }
    let Ok(Resource::Integration(integration)) = Resource::parse(resource) else { return Shape::UNKNOWN };
    let (service, action) = (integration.service(), integration.action());
    if integration.pattern() == Pattern::WaitForTaskToken {
        return Shape::UNKNOWN;
    }
    let text = Shape::string;
    let number = Shape::number;
    match (integration.kind(), service, action, integration.pattern()) {
        (IntegrationKind::Optimized, "lambda", "invoke", _) => {
            response([("ExecutedVersion", text()), ("StatusCode", number())])
        }
        // the same call through the SDK does not read the answer: it stays JSON text
        (IntegrationKind::AwsSdk, "lambda", "invoke", _) => {
            response([("ExecutedVersion", text()), ("Payload", text()), ("StatusCode", number())])
        }
        (IntegrationKind::Optimized, "states", "startExecution", Pattern::RequestResponse) => {
            response([("ExecutionArn", text()), ("StartDate", Shape::UNKNOWN)])
        }
        (IntegrationKind::Optimized, "states", "startExecution", Pattern::Sync) => {
            Shape::open(execution().into_iter().chain([("Input", text()), ("Output", text())]))
        }
        (IntegrationKind::Optimized, "states", "startExecution", Pattern::Sync2) => Shape::open(execution()),
        (IntegrationKind::Optimized, "apigateway", "invoke", _) | (IntegrationKind::Http, _, _, _) => {
            Shape::open([("Headers", Shape::open([])), ("StatusCode", number()), ("StatusText", text())])
        }
        (IntegrationKind::Optimized, "sqs", "sendMessage", _)
        | (IntegrationKind::Optimized, "sns", "publish", _) => response([("MessageId", text())]),
        (IntegrationKind::Optimized, "dynamodb", _, _) => {
            response([("Item", Shape::open([])), ("Attributes", Shape::open([]))])
        }
        _ => Shape::UNKNOWN,
    }
}

/// The description of an execution that has ended.
fn execution() -> [(&'static str, Shape); 4] {
    ["ExecutionArn", "Name", "StateMachineArn", "Status"].map(|name| (name, Shape::string()))
}

/// The response of a call with its metadata.
fn response<const N: usize>(fields: [(&'static str, Shape); N]) -> Shape {
    let metadata = ["SdkHttpMetadata", "SdkResponseMetadata"].map(|name| (name, Shape::open([])));
    Shape::open(fields.into_iter().chain(metadata))
}
