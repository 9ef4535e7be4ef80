//! Another way to go when a Task has failed for good.
//!
//! A catcher is asked once, after the last retry. If the state that it leads to fails as well, the execution fails:
//! so that one has retries of its own. `ResultPath` puts the error beside the input, which is otherwise lost.

use asl_core::jsonpath::{Catcher, Fail, Retrier, Succeed, Task, next, path, secs, template};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    let failure = template().set("input", path("$")).set("cause", path("$.error.Cause"));
    StateMachine::builder("RunTask")
        .state(
            "RunTask",
            Task::lambda("${RunTaskArn}", next("AfterTask"))
                .catch(Catcher::all("HandleFailure").result_path("$.error")),
        )
        .state("AfterTask", Succeed::new())
        .state(
            "HandleFailure",
            Task::sqs_send_message("${FailuresQueueUrl}", failure, next("Failed"))
                .retry(Retrier::all().interval(secs(2)).max_attempts(5).max_delay(secs(20)))
                .discard_result(),
        )
        .state("Failed", Fail::new().error_path("$.error.Error").cause_path("$.error.Cause"))
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: RunTask,
        States: {
            RunTask: Task {
                Resource: "${RunTaskArn}",
                Catch: [{ ErrorEquals: [States.ALL], ResultPath: $.error, Next: HandleFailure }],
                Next: AfterTask,
            },
            AfterTask: Succeed {},
            HandleFailure: Task {
                Resource: "arn:aws:states:::sqs:sendMessage",
                Parameters: {
                    QueueUrl: "${FailuresQueueUrl}",
                    MessageBody: { input: $, cause: $.error.Cause },
                },
                Retry: [{
                    ErrorEquals: [States.ALL],
                    IntervalSeconds: 2,
                    MaxAttempts: 5,
                    MaxDelaySeconds: 20,
                }],
                ResultPath: null,
                Next: Failed,
            },
            Failed: Fail { ErrorPath: $.error.Error, CausePath: $.error.Cause },
        },
    }
}
