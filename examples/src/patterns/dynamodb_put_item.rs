//! A row in a DynamoDB table, without a Lambda function in between.
//!
//! Any action of the AWS SDK can be a Task. That is one function less to write, deploy and start cold, and the call
//! can be seen in the execution's history, which a call inside a function cannot.

use asl_core::jsonpath::{Succeed, Task, next, path, template};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    StateMachine::builder("SaveUser")
        .state(
            "SaveUser",
            Task::aws_sdk("dynamodb", "putItem", next("Done")).parameter("TableName", "users").parameter(
                "Item",
                template()
                    .set("id", template().set("S", path("$.user.id")))
                    .set("name", template().set("S", path("$.user.name"))),
            ),
        )
        .state("Done", Succeed::new())
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: SaveUser,
        States: {
            SaveUser: Task {
                Resource: "arn:aws:states:::aws-sdk:dynamodb:putItem",
                Parameters: {
                    TableName: "users",
                    Item: {
                        id: { S: $.user.id },
                        name: { S: $.user.name },
                    },
                },
                Next: Done,
            },
            Done: Succeed {},
        },
    }
}
