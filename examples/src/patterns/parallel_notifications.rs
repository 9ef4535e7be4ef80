//! Two systems are told at the same time, and the workflow goes on when both are done.
//!
//! Each branch is given the same input and has retries of its own. If one fails and nothing catches it, the other is
//! stopped and the whole state fails. The result is an array, one element a branch; here nobody needs it, so
//! `ResultPath: null` passes the input on.

use asl_core::jsonpath::{Branch, Parallel, Retrier, Succeed, Task, end, next};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    let slack =
        Task::lambda("${NotifySlackArn}", end()).retry(Retrier::on("SlackRateLimitError").max_attempts(5));
    StateMachine::builder("Notify")
        .state(
            "Notify",
            Parallel::new(next("Done"))
                .branch(Branch::single("NotifySlack", slack))
                .branch(Branch::single("UpdateDashboard", Task::lambda("${UpdateDashboardArn}", end())))
                .discard_result(),
        )
        .state("Done", Succeed::new())
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: Notify,
        States: {
            Notify: Parallel {
                Branches: [
                    {
                        StartAt: NotifySlack,
                        States: {
                            NotifySlack: Task {
                                Resource: "${NotifySlackArn}",
                                Retry: [{ ErrorEquals: [SlackRateLimitError], MaxAttempts: 5 }],
                                End: true,
                            },
                        },
                    },
                    {
                        StartAt: UpdateDashboard,
                        States: {
                            UpdateDashboard: Task { Resource: "${UpdateDashboardArn}", End: true },
                        },
                    },
                ],
                ResultPath: null,
                Next: Done,
            },
            Done: Succeed {},
        },
    }
}
