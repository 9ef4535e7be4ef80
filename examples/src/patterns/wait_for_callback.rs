//! A person decides: the workflow hands out a token and waits until someone brings it back.
//!
//! The message carries the token to a mail, a Slack button, a ticket. Whoever decides calls `SendTaskSuccess` with
//! it, or `SendTaskFailure` with the error `Rejected`. The wait costs nothing and may last a year, so say how long it
//! should: without `TimeoutSeconds` a lost message is a lost execution.

use asl_core::jsonpath::{
    Catcher, Fail, PredefinedErrorName, Succeed, Task, days, next, path, task_token, template,
};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    let question = template().set("TaskToken", task_token()).set("OrderId", path("$.orderId"));
    StateMachine::builder("AskForApproval")
        .state(
            "AskForApproval",
            Task::sns_publish("${ApprovalsTopicArn}", question, next("AfterApproval"))
                .wait_for_task_token()
                .timeout(days(7))
                .result_path("$.approval")
                .catch(Catcher::on("Rejected", "Rejected").result_path("$.error"))
                .catch(Catcher::on(PredefinedErrorName::Timeout, "NobodyAnswered").result_path("$.error")),
        )
        .state("AfterApproval", Succeed::new())
        .state("Rejected", Fail::new().error("Rejected").cause_path("$.error.Cause"))
        .state("NobodyAnswered", Fail::new().error("NobodyAnswered").cause("no answer within seven days"))
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: AskForApproval,
        States: {
            AskForApproval: Task {
                Resource: "arn:aws:states:::sns:publish.waitForTaskToken",
                Parameters: {
                    TopicArn: "${ApprovalsTopicArn}",
                    Message: { TaskToken: $$.Task.Token, OrderId: $.orderId },
                },
                TimeoutSeconds: 604_800,
                ResultPath: $.approval,
                Catch: [
                    { ErrorEquals: [Rejected], ResultPath: $.error, Next: Rejected },
                    { ErrorEquals: [States.Timeout], ResultPath: $.error, Next: NobodyAnswered },
                ],
                Next: AfterApproval,
            },
            AfterApproval: Succeed {},
            Rejected: Fail { Error: "Rejected", CausePath: $.error.Cause },
            NobodyAnswered: Fail { Error: "NobodyAnswered", Cause: "no answer within seven days" },
        },
    }
}
