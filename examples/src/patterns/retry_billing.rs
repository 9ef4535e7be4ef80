//! Retries that are part of the definition instead of a loop with `sleep` in code.
//!
//! `States.TaskFailed` is any failure but a timeout, `States.Timeout` the timeout, and `BillingRateLimitError` the
//! name of an error that the function throws. The first retrier that matches is used, and each counts for itself.
//!
//! Add up the waits before you choose numbers: here 5 + 10 + 20 = 35 seconds for a failure. Ten attempts with a
//! `BackoffRate` of 3 that begin at one second would wait for 29,524 seconds, more than eight hours;
//! `MaxDelaySeconds` bounds each wait.

use asl_core::jsonpath::{PredefinedErrorName, Retrier, Succeed, Task, minutes, next, secs};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

const RUN_BILLING: &str = "arn:aws:lambda:ap-northeast-2:123456789012:function:run-billing";

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    StateMachine::builder("RunBilling")
        .state(
            "RunBilling",
            Task::lambda(RUN_BILLING, next("AfterBilling"))
                .timeout(minutes(1))
                .retry(
                    Retrier::on(["States.TaskFailed", "BillingRateLimitError"])
                        .interval(secs(5))
                        .max_attempts(3)
                        .backoff_rate(2.0),
                )
                .retry(Retrier::on(PredefinedErrorName::Timeout).interval(secs(30)).max_attempts(1)),
        )
        .state("AfterBilling", Succeed::new())
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: RunBilling,
        States: {
            RunBilling: Task {
                Resource: #(RUN_BILLING),
                TimeoutSeconds: 60,
                Retry: [
                    {
                        ErrorEquals: [States.TaskFailed, BillingRateLimitError],
                        IntervalSeconds: 5,
                        MaxAttempts: 3,
                        BackoffRate: 2.0,
                    },
                    { ErrorEquals: [States.Timeout], IntervalSeconds: 30, MaxAttempts: 1 },
                ],
                Next: AfterBilling,
            },
            AfterBilling: Succeed {},
        },
    }
}
