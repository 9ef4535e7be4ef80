use super::{Call, integration, parameters};
use crate::builder::{IntoPayload, IntoTransition, Language, Plain, Task};

integration! {
    /// `ecs:runTask`: see [`Task::ecs_run_task`].
    EcsRunTask: RunsJob, TakesTaskToken
}

impl<L: Language> Task<L, Plain> {
    /// Runs a task on ECS or Fargate (`ecs:runTask`), and with [`sync`](Task::sync) waits until it has ended.
    ///
    /// See [ECS](https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, next};
    /// let task = Task::ecs_run_task("myapp:42", next("AfterEcs")).cluster("prod-cluster").sync();
    /// assert_eq!(serde_json::json!(task)["Parameters"]["TaskDefinition"], "myapp:42");
    /// ```
    pub fn ecs_run_task(
        task_definition: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, EcsRunTask> {
        Task::of_integration(Call::new("ecs:runTask"), transition)
            .parameter("TaskDefinition", task_definition)
    }
}

impl<L: Language> Task<L, EcsRunTask> {
    parameters! {
        "Task::ecs_run_task(\"myapp:42\", end())";
        /// Sets `Cluster`: its name or ARN; the default cluster if not set.
        cluster "Cluster";
        /// Sets `LaunchType`: `FARGATE`, `EC2` or `EXTERNAL`.
        launch_type "LaunchType";
        /// Sets `NetworkConfiguration`: subnets and security groups, required for Fargate.
        network_configuration "NetworkConfiguration";
        /// Sets `Overrides`: commands and environment of the containers.
        overrides "Overrides";
        /// Sets `PlatformVersion` of Fargate.
        platform_version "PlatformVersion";
        /// Sets `Group`: the name of the task group.
        group "Group";
        /// Sets `CapacityProviderStrategy`, in place of `LaunchType`.
        capacity_provider_strategy "CapacityProviderStrategy";
        /// Sets `Tags` of the task.
        tags "Tags";
    }
}
