//! The key is passed on, not the payload.
//!
//! Input and output of a state hold 256 KiB; a function that returns more fails with `States.DataLimitExceeded`, which
//! no catcher for `States.ALL` sees. So big data stays in S3, and the states hand each other
//! `{"s3Bucket": "myapp-pipeline", "s3Key": "jobs/abc123/input.json"}`. `ResultSelector` keeps what else a function
//! says out of the way.

use asl_core::jsonpath::{Task, end, intrinsic, next, path, template};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

const BUCKET: &str = "myapp-pipeline";

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    let reference = template().set("s3Bucket", path("$.s3Bucket")).set("s3Key", path("$.s3Key"));
    StateMachine::builder("Extract")
        .state(
            "Extract",
            Task::lambda("${ExtractArn}", next("Transform"))
                .parameter("jobId", path("$.jobId"))
                .parameter("s3Bucket", BUCKET)
                .parameter("s3Key", intrinsic::format("jobs/{}/input.json", [path("$.jobId")]))
                .result_selector(reference.clone())
                .result_path("$.data"),
        )
        .state(
            "Transform",
            Task::lambda("${TransformArn}", next("Load"))
                .input_path("$.data")
                .result_selector(reference)
                .result_path("$.data"),
        )
        .state("Load", Task::lambda("${LoadArn}", end()).input_path("$.data"))
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: Extract,
        States: {
            Extract: Task {
                Resource: "${ExtractArn}",
                Parameters: {
                    jobId: $.jobId,
                    s3Bucket: #(BUCKET),
                    s3Key: States.Format("jobs/{}/input.json", $.jobId),
                },
                ResultSelector: { s3Bucket: $.s3Bucket, s3Key: $.s3Key },
                ResultPath: $.data,
                Next: Transform,
            },
            Transform: Task {
                Resource: "${TransformArn}",
                InputPath: $.data,
                ResultSelector: { s3Bucket: $.s3Bucket, s3Key: $.s3Key },
                ResultPath: $.data,
                Next: Load,
            },
            Load: Task { Resource: "${LoadArn}", InputPath: $.data, End: true },
        },
    }
}
