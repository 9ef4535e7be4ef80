//! A container that runs until it is done, for work beyond the 15 minutes of a Lambda function.
//!
//! `.sync` makes Step Functions wait for the ECS task and fail if the task fails; without it the workflow goes on as
//! soon as the container is started. `TimeoutSeconds` keeps a hung container from holding the workflow for a year.

use asl_core::jsonpath::{Succeed, Task, hours, next, path, template};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    let network = template().set(
        "AwsvpcConfiguration",
        template().set("Subnets", ["${SubnetA}", "${SubnetB}"]).set("SecurityGroups", ["${SecurityGroup}"]),
    );
    let job_id = template().set("Name", "JOB_ID").set("Value", path("$.jobId"));
    let container = template().set("Name", "app").set("Environment", [job_id]);
    StateMachine::builder("RunReport")
        .state(
            "RunReport",
            Task::ecs_run_task("myapp:42", next("AfterEcs"))
                .cluster("prod-cluster")
                .launch_type("FARGATE")
                .network_configuration(network)
                .overrides(template().set("ContainerOverrides", [container]))
                .sync()
                .timeout(hours(2))
                .result_path("$.task"),
        )
        .state("AfterEcs", Succeed::new())
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: RunReport,
        States: {
            RunReport: Task {
                Resource: "arn:aws:states:::ecs:runTask.sync",
                Parameters: {
                    TaskDefinition: "myapp:42",
                    Cluster: "prod-cluster",
                    LaunchType: "FARGATE",
                    NetworkConfiguration: {
                        AwsvpcConfiguration: {
                            Subnets: ["${SubnetA}", "${SubnetB}"],
                            SecurityGroups: ["${SecurityGroup}"],
                        },
                    },
                    Overrides: {
                        ContainerOverrides: [{
                            Name: "app",
                            Environment: [{ Name: "JOB_ID", Value: $.jobId }],
                        }],
                    },
                },
                TimeoutSeconds: 7200,
                ResultPath: $.task,
                Next: AfterEcs,
            },
            AfterEcs: Succeed {},
        },
    }
}
