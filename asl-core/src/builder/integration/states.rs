use super::{Call, integration, parameters};
use crate::builder::{IntoPayload, IntoTransition, Language, Plain, Task};
use crate::syntax::resource::Pattern;

integration! {
    /// `states:startExecution`: see [`Task::states_start_execution`].
    StatesStartExecution: RunsJob, TakesTaskToken
}

impl<L: Language> Task<L, Plain> {
    /// Starts an execution of another state machine (`states:startExecution`), and with [`sync2`](Task::sync2) waits for
    /// its output.
    ///
    /// See [Start executions](https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, context, end, path, template};
    /// use serde_json::json;
    /// let input = template()
    ///     .set("order", path("$.order"))
    ///     .set("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID", context("Execution.Id"));
    /// let task = Task::states_start_execution("${ShipOrderArn}", end()).input(input).sync2();
    /// assert_eq!(json!(task)["Resource"], "arn:aws:states:::states:startExecution.sync:2");
    /// assert_eq!(json!(task)["Parameters"]["Input"]["order.$"], "$.order");
    /// ```
    pub fn states_start_execution(
        state_machine_arn: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, StatesStartExecution> {
        Task::of_integration(Call::new("states:startExecution"), transition)
            .parameter("StateMachineArn", state_machine_arn)
    }
}

impl<L: Language> Task<L, StatesStartExecution> {
    /// Waits until the started execution has ended, and gives its output as JSON, not as text (`.sync:2`); Standard
    /// workflows only.
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end};
    /// let task = Task::states_start_execution("${ShipOrderArn}", end()).sync2();
    /// assert_eq!(serde_json::json!(task)["Resource"], "arn:aws:states:::states:startExecution.sync:2");
    /// ```
    pub fn sync2(self) -> Self {
        self.change_call(|call| call.pattern = Pattern::Sync2)
    }

    parameters! {
        "Task::states_start_execution(\"${ShipOrderArn}\", end())";
        /// Sets `Input` of the execution. `AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID` in it, with the context path
        /// `Execution.Id`, links the two executions in the console.
        input "Input";
        /// Sets `Name` of the execution; the service makes one up if not set.
        name "Name";
        /// Sets `TraceHeader` for X-Ray.
        trace_header "TraceHeader";
    }
}
