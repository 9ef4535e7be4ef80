//! A job of another system is started, and asked every 30 seconds whether it is done.
//!
//! Each round is three transitions: a job of a day, asked every 30 seconds, is 8,640 of them and $0.22. The machine's
//! `TimeoutSeconds` ends the loop if the job never does. Where the other system can call back, `wait_for_callback`
//! needs no loop; where a service has `.sync`, Step Functions asks by itself.

use asl_core::jsonpath::{Choice, Fail, Succeed, Task, Wait, hours, next, secs, var};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    StateMachine::builder("StartJob")
        .timeout(hours(6))
        .state("StartJob", Task::lambda("${StartJobArn}", next("Wait30Seconds")).result_path("$.job"))
        .state("Wait30Seconds", Wait::seconds(secs(30), next("CheckJob")))
        .state(
            "CheckJob",
            Task::lambda("${CheckJobArn}", next("IsItDone")).input_path("$.job").result_path("$.job"),
        )
        .state(
            "IsItDone",
            Choice::new()
                .when(var("$.job.status").eq("SUCCEEDED"), "Done")
                .when(var("$.job.status").eq("FAILED"), "JobFailed")
                .otherwise("Wait30Seconds"),
        )
        .state("Done", Succeed::new())
        .state("JobFailed", Fail::new().error("JobFailed").cause_path("$.job.reason"))
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: StartJob,
        TimeoutSeconds: 21_600,
        States: {
            StartJob: Task { Resource: "${StartJobArn}", ResultPath: $.job, Next: Wait30Seconds },
            Wait30Seconds: Wait { Seconds: 30, Next: CheckJob },
            CheckJob: Task {
                Resource: "${CheckJobArn}",
                InputPath: $.job,
                ResultPath: $.job,
                Next: IsItDone,
            },
            IsItDone: Choice {
                $.job.status == "SUCCEEDED" => Done,
                $.job.status == "FAILED"    => JobFailed,
                _                           => Wait30Seconds,
            },
            Done: Succeed {},
            JobFailed: Fail { Error: "JobFailed", CausePath: $.job.reason },
        },
    }
}
