//! The states that call nothing: Pass shapes data, Wait lets time pass, Succeed and Fail end the execution.
//!
//! Every transition of a Standard workflow is charged ($0.025 per 1,000), a Pass state's too. What a Pass would do
//! can often be done where the data is made (`ResultSelector`) or used (`Parameters`).

use asl_core::jsonpath::{Choice, Fail, Pass, Succeed, Wait, next, path, template, var};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    let reminder =
        template().set("channel", "mail").set("to", path("$.user.email")).set("due", path("$.dueDate"));
    StateMachine::builder("Shape")
        .state("Shape", Pass::new(next("WaitUntilDue")).parameters(reminder))
        .state("WaitUntilDue", Wait::timestamp_path("$.due", next("HasAddress")))
        .state("HasAddress", Choice::new().when(var("$.to").matches("*@*"), "Ready").otherwise("NoAddress"))
        .state("Ready", Succeed::new())
        .state("NoAddress", Fail::new().error("NoAddress").cause("the user has no mail address"))
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: Shape,
        States: {
            Shape: Pass {
                Parameters: { channel: "mail", to: $.user.email, due: $.dueDate },
                Next: WaitUntilDue,
            },
            WaitUntilDue: Wait { TimestampPath: $.due, Next: HasAddress },
            HasAddress: Choice {
                matches($.to, "*@*") => Ready,
                _ => NoAddress,
            },
            Ready: Succeed {},
            NoAddress: Fail { Error: "NoAddress", Cause: "the user has no mail address" },
        },
    }
}
