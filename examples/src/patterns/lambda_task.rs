//! A Task that calls a Lambda function and puts its result beside the input.
//!
//! - `InputPath`: which part of the input the function is given. `$`, all of it, is the default.
//! - `ResultPath`: where the result goes in the input. Without it the result takes the input's place, and what later
//!   states need is lost.
//! - `OutputPath`: which part of the two together the next state is given. `$`, all of it, is the default.
//!
//! Each function of a workflow may start cold. Where latency counts, let one function do what always goes together,
//! or keep it warm with provisioned concurrency.

use asl_core::jsonpath::{Succeed, Task, next};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

const FETCH_USER: &str = "arn:aws:lambda:ap-northeast-2:123456789012:function:fetch-user";

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    StateMachine::builder("FetchUser")
        .state(
            "FetchUser",
            Task::lambda(FETCH_USER, next("BranchByPlan"))
                .input_path("$")
                .result_path("$.user")
                .output_path("$"),
        )
        .state("BranchByPlan", Succeed::new().comment("the next pattern, choice_by_plan"))
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: FetchUser,
        States: {
            FetchUser: Task {
                Resource: #(FETCH_USER),
                InputPath: $,
                ResultPath: $.user,
                OutputPath: $,
                Next: BranchByPlan,
            },
            BranchByPlan: Succeed { Comment: "the next pattern, choice_by_plan" },
        },
    }
}
