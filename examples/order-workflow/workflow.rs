//! The order workflow: fetch a user, send the mail of the plan, bill, tell two systems at once, done.
//!
//! Beside `build.rs`, which is its only user: the crate itself needs nothing but the file that results.

use asl_core::jsonpath::{
    Branch, Catcher, Choice, Fail, Parallel, Retrier, Succeed, Task, end, hours, next, secs, var,
};
use asl_core::model::StateMachine;

/// The machine, not yet validated. Each `${…}` is filled in by the deployment.
pub(crate) fn order_workflow() -> StateMachine {
    let email = |function| Task::lambda(function, next("RunBilling")).discard_result();
    let rate_limit = Retrier::on("BillingRateLimitError").interval(secs(60)).max_attempts(3).backoff_rate(1);
    StateMachine::builder("FetchUser")
        .comment("fetch, mail, bill, notify")
        .timeout(hours(1))
        .state(
            "FetchUser",
            Task::lambda("${FetchUserArn}", next("ByPlan"))
                .result_path("$.user")
                .retry(Retrier::lambda_transient()),
        )
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
            Task::lambda("${RunBillingArn}", next("Notify"))
                .result_path("$.receipt")
                .retry(rate_limit)
                .catch(Catcher::all("BillingFailed").result_path("$.error")),
        )
        .state(
            "Notify",
            Parallel::new(next("Done"))
                .branch(Branch::single("NotifySlack", Task::lambda("${NotifySlackArn}", end())))
                .branch(Branch::single("UpdateDashboard", Task::lambda("${UpdateDashboardArn}", end())))
                .discard_result(),
        )
        .state("Done", Succeed::new())
        .state("BillingFailed", Fail::new().error("BillingFailed").cause_path("$.error.Cause"))
        .build()
}
