//! The smallest workflow that does something: one Lambda function.
//!
//! For one or two steps that nobody has to follow, a Lambda function alone is enough; a workflow pays from three steps
//! with branches, retries or a wait between them.

use asl_core::jsonpath::{Task, end};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

const HELLO: &str = "arn:aws:lambda:ap-northeast-2:123456789012:function:hello-fn";

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    StateMachine::builder("SayHello")
        .comment("first state machine")
        .state("SayHello", Task::lambda(HELLO, end()))
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        Comment: "first state machine",
        StartAt: SayHello,
        States: {
            SayHello: Task { Resource: #(HELLO), End: true },
        },
    }
}
