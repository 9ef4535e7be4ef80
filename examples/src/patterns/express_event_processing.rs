//! An Express workflow: an event of EventBridge, one Lambda function, a row in DynamoDB.
//!
//! Express is for what is short and frequent: at most five minutes, paid by duration and memory, no history but in
//! CloudWatch Logs, and no `.sync` or `.waitForTaskToken`, which validation as an Express workflow reports. Begin
//! with Standard; move here when a workflow is short and runs very often.
//!
//! An event may be processed twice. `attribute_not_exists` lets the first row win, and the catcher takes the second
//! for what it is: done already. DynamoDB takes numbers as text, hence the `States.Format`.

use asl_core::jsonpath::{Catcher, Retrier, Succeed, Task, intrinsic, minutes, next, path, template};
use asl_core::model::{StateMachine, WorkflowType};
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    let row = template()
        .set("eventId", template().set("S", path("$.id")))
        .set("kind", template().set("S", path("$.detail-type")))
        .set("score", template().set("N", intrinsic::format("{}", [path("$.enriched.score")])));
    StateMachine::builder("Enrich")
        .timeout(minutes(1))
        .state(
            "Enrich",
            Task::lambda("${EnrichArn}", next("Save"))
                .input_path("$.detail")
                .result_path("$.enriched")
                // a minute is all there is: 2, 4 and 8 seconds fit into it, six retries would not
                .retry(Retrier::lambda_transient().max_attempts(3)),
        )
        .state(
            "Save",
            Task::dynamodb_put_item("${EventsTable}", row, next("Saved"))
                .condition_expression("attribute_not_exists(eventId)")
                .catch(Catcher::on("DynamoDB.ConditionalCheckFailedException", "SavedBefore")),
        )
        .state("Saved", Succeed::new())
        .state("SavedBefore", Succeed::new())
        .validate_as(WorkflowType::Express)
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        #![express]
        StartAt: Enrich,
        TimeoutSeconds: 60,
        States: {
            Enrich: Task {
                Resource: "${EnrichArn}",
                InputPath: $.detail,
                ResultPath: $.enriched,
                Retry: [{
                    ErrorEquals: [
                        Lambda.ServiceException,
                        Lambda.AWSLambdaException,
                        Lambda.SdkClientException,
                        Lambda.TooManyRequestsException,
                    ],
                    IntervalSeconds: 2,
                    MaxAttempts: 3,
                    BackoffRate: 2,
                }],
                Next: Save,
            },
            Save: Task {
                Resource: "arn:aws:states:::dynamodb:putItem",
                Parameters: {
                    TableName: "${EventsTable}",
                    Item: {
                        eventId: { S: $.id },
                        kind: { S: $.detail-type },
                        score: { N: States.Format("{}", $.enriched.score) },
                    },
                    ConditionExpression: "attribute_not_exists(eventId)",
                },
                Catch: [{
                    ErrorEquals: [DynamoDB.ConditionalCheckFailedException],
                    Next: SavedBefore,
                }],
                Next: Saved,
            },
            Saved: Succeed {},
            SavedBefore: Succeed {},
        },
    }
}
