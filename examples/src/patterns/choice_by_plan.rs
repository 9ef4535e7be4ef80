//! Another mail for each plan: the data decides which state is next.
//!
//! Without a `Default`, an input that no rule matches fails the execution. A path that finds nothing
//! (`$.usr.plan`) fails it too, and is only seen in the input of the execution that stopped; a path with a dot or a
//! `$` too many is found before anything is deployed.

use asl_core::jsonpath::{Choice, Task, end, var};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    StateMachine::builder("ByPlan")
        .state(
            "ByPlan",
            Choice::new()
                .when(var("$.user.plan").eq("pro"), "SendProEmail")
                .when(var("$.user.plan").eq("basic"), "SendBasicEmail")
                .otherwise("SendDefaultEmail"),
        )
        .state("SendProEmail", Task::lambda("${SendProEmailArn}", end()))
        .state("SendBasicEmail", Task::lambda("${SendBasicEmailArn}", end()))
        .state("SendDefaultEmail", Task::lambda("${SendDefaultEmailArn}", end()))
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: ByPlan,
        States: {
            ByPlan: Choice {
                $.user.plan == "pro"   => SendProEmail,
                $.user.plan == "basic" => SendBasicEmail,
                _                      => SendDefaultEmail,
            },
            SendProEmail: Task { Resource: "${SendProEmailArn}", End: true },
            SendBasicEmail: Task { Resource: "${SendBasicEmailArn}", End: true },
            SendDefaultEmail: Task { Resource: "${SendDefaultEmailArn}", End: true },
        },
    }
}
