//! The whole workflow: fetch a user, send the mail of the plan, bill, tell two systems at once, done.
//!
//! As one Lambda function this is a handful of `if`, `try` and `sleep`, with 15 minutes in all and logs to search for
//! where it stopped. As a state machine every step can be seen, waits for the rate limit cost nothing, and the retry
//! policy stands beside the step. A Standard workflow: people ask where an order is.

use asl_core::jsonpath::{Branch, Choice, Parallel, Retrier, Succeed, Task, end, next, secs, var};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    let email = |function| Task::lambda(function, next("RunBilling")).discard_result();
    StateMachine::builder("FetchUser")
        .comment("fetch, mail, bill, notify")
        .state("FetchUser", Task::lambda("${FetchUserArn}", next("ByPlan")).result_path("$.user"))
        .state(
            "ByPlan",
            Choice::new()
                .when(var("$.user.plan").eq("pro"), "SendProEmail")
                .when(var("$.user.plan").eq("basic"), "SendBasicEmail")
                .otherwise("SendDefaultEmail"),
        )
        .state("SendProEmail", email("${SendProEmailArn}"))
        .state("SendBasicEmail", email("${SendBasicEmailArn}"))
        .state("SendDefaultEmail", email("${SendDefaultEmailArn}"))
        .state(
            "RunBilling",
            Task::lambda("${RunBillingArn}", next("Notify")).result_path("$.receipt").retry(
                Retrier::on("BillingRateLimitError").interval(secs(60)).max_attempts(3).backoff_rate(1),
            ),
        )
        .state(
            "Notify",
            Parallel::new(next("Done"))
                .branch(Branch::single("NotifySlack", Task::lambda("${NotifySlackArn}", end())))
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
        Comment: "fetch, mail, bill, notify",
        StartAt: FetchUser,
        States: {
            FetchUser: Task { Resource: "${FetchUserArn}", ResultPath: $.user, Next: ByPlan },
            ByPlan: Choice {
                $.user.plan == "pro"   => SendProEmail,
                $.user.plan == "basic" => SendBasicEmail,
                _                      => SendDefaultEmail,
            },
            SendProEmail: Task { Resource: "${SendProEmailArn}", ResultPath: null, Next: RunBilling },
            SendBasicEmail: Task { Resource: "${SendBasicEmailArn}", ResultPath: null, Next: RunBilling },
            SendDefaultEmail: Task { Resource: "${SendDefaultEmailArn}", ResultPath: null, Next: RunBilling },
            RunBilling: Task {
                Resource: "${RunBillingArn}",
                ResultPath: $.receipt,
                Retry: [{
                    ErrorEquals: [BillingRateLimitError],
                    IntervalSeconds: 60,
                    MaxAttempts: 3,
                    BackoffRate: 1,
                }],
                Next: Notify,
            },
            Notify: Parallel {
                Branches: [
                    {
                        StartAt: NotifySlack,
                        States: { NotifySlack: Task { Resource: "${NotifySlackArn}", End: true } },
                    },
                    {
                        StartAt: UpdateDashboard,
                        States: { UpdateDashboard: Task { Resource: "${UpdateDashboardArn}", End: true } },
                    },
                ],
                ResultPath: null,
                Next: Done,
            },
            Done: Succeed {},
        },
    }
}
