//! The order workflow in JSONata: each step says what it needs and what it keeps.
//!
//! `Assign` keeps a value for all later states, so nobody threads the user through every `ResultPath`; `Arguments` is
//! what a function is given, and only that; `Output` is what the next state is given. Write new workflows so.

use asl_core::jsonata::{
    Branch, Choice, Parallel, Retrier, Succeed, Task, end, jsonata, next, payload, secs,
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
    let email = |function| {
        Task::lambda(function, next("RunBilling"))
            .arguments(payload().set("to", jsonata("$user.email")).set("name", jsonata("$user.name")))
    };
    let slack = Task::lambda("${NotifySlackArn}", end())
        .arguments(payload().set("text", jsonata("$user.name & ' was billed ' & $receipt.total")));
    let dashboard = Task::lambda("${UpdateDashboardArn}", end())
        .arguments(payload().set("userId", jsonata("$user.id")).set("receipt", jsonata("$receipt")));
    StateMachine::jsonata_builder("FetchUser")
        .comment("fetch, mail, bill, notify")
        .state(
            "FetchUser",
            Task::lambda("${FetchUserArn}", next("ByPlan"))
                .arguments(payload().set("userId", jsonata("$states.input.userId")))
                .assign_variable("user", jsonata("$states.result")),
        )
        .state(
            "ByPlan",
            Choice::new()
                .when(jsonata("$user.plan = 'pro'"), "SendProEmail")
                .when(jsonata("$user.plan = 'basic'"), "SendBasicEmail")
                .otherwise("SendDefaultEmail"),
        )
        .state("SendProEmail", email("${SendProEmailArn}"))
        .state("SendBasicEmail", email("${SendBasicEmailArn}"))
        .state("SendDefaultEmail", email("${SendDefaultEmailArn}"))
        .state(
            "RunBilling",
            Task::lambda("${RunBillingArn}", next("Notify"))
                .arguments(payload().set("userId", jsonata("$user.id")).set("plan", jsonata("$user.plan")))
                .assign_variable("receipt", jsonata("$states.result"))
                .retry(
                    Retrier::on("BillingRateLimitError").interval(secs(60)).max_attempts(3).backoff_rate(1),
                ),
        )
        .state(
            "Notify",
            Parallel::new(next("Done"))
                .branch(Branch::single("NotifySlack", slack))
                .branch(Branch::single("UpdateDashboard", dashboard)),
        )
        .state(
            "Done",
            Succeed::new()
                .output(payload().set("userId", jsonata("$user.id")).set("total", jsonata("$receipt.total"))),
        )
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        Comment: "fetch, mail, bill, notify",
        QueryLanguage: JSONata,
        StartAt: FetchUser,
        States: {
            FetchUser: Task {
                Resource: "${FetchUserArn}",
                Arguments: { userId: "{% $states.input.userId %}" },
                Assign: { user: "{% $states.result %}" },
                Next: ByPlan,
            },
            ByPlan: Choice {
                "{% $user.plan = 'pro' %}"   => SendProEmail,
                "{% $user.plan = 'basic' %}" => SendBasicEmail,
                _                            => SendDefaultEmail,
            },
            SendProEmail: Task {
                Resource: "${SendProEmailArn}",
                Arguments: { to: "{% $user.email %}", name: "{% $user.name %}" },
                Next: RunBilling,
            },
            SendBasicEmail: Task {
                Resource: "${SendBasicEmailArn}",
                Arguments: { to: "{% $user.email %}", name: "{% $user.name %}" },
                Next: RunBilling,
            },
            SendDefaultEmail: Task {
                Resource: "${SendDefaultEmailArn}",
                Arguments: { to: "{% $user.email %}", name: "{% $user.name %}" },
                Next: RunBilling,
            },
            RunBilling: Task {
                Resource: "${RunBillingArn}",
                Arguments: { userId: "{% $user.id %}", plan: "{% $user.plan %}" },
                Assign: { receipt: "{% $states.result %}" },
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
                        States: {
                            NotifySlack: Task {
                                Resource: "${NotifySlackArn}",
                                Arguments: { text: "{% $user.name & ' was billed ' & $receipt.total %}" },
                                End: true,
                            },
                        },
                    },
                    {
                        StartAt: UpdateDashboard,
                        States: {
                            UpdateDashboard: Task {
                                Resource: "${UpdateDashboardArn}",
                                Arguments: { userId: "{% $user.id %}", receipt: "{% $receipt %}" },
                                End: true,
                            },
                        },
                    },
                ],
                Next: Done,
            },
            Done: Succeed {
                Output: { userId: "{% $user.id %}", total: "{% $receipt.total %}" },
            },
        },
    }
}
