#![doc = include_str!("task_without_timeout.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::state::Task;
use crate::model::{State, Value, WorkflowType};
use crate::syntax::resource::Pattern;
use crate::validate::context::{Context, is_there_wrongly};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0906"),
    name: "task-without-timeout",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("task_without_timeout.md"),
    check: Check::State(check),
};

// A call that only requests ends with the service's answer, and a Lambda function after its own fifteen minutes:
// asking every Task for a timeout would bury the few that need one.
fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Task(task) = state else { return };
    let Some(Ok(resource)) = cx.resource() else { return };
    let waits = matches!(resource.service_pattern(), Some(Pattern::Sync | Pattern::Sync2));
    if !waits || cx.workflow_type() == WorkflowType::Express || has_limit(cx, task) || job_has_limit(task) {
        return;
    }
    cx.report("this state waits until its job ends, if need be for a year: there is no timeout")
        .help("set `TimeoutSeconds` to more than the job ever takes")
        .key();
}

/// Whether the state or the machine has a timeout, even one that does not fit.
pub(super) fn has_limit(cx: &Context<'_>, task: &Task) -> bool {
    task.timeout_seconds.is_some()
        || is_there_wrongly(&task.extra, "TimeoutSeconds")
        || is_there_wrongly(&task.extra, "TimeoutSecondsPath")
        || cx.machine().timeout_seconds.is_some()
        || cx.machine().extra.contains("TimeoutSeconds")
}

/// Whether the service is given a limit for the job: `Timeout` of Glue and Batch, `TimeoutInMinutesOverride` of
/// CodeBuild, `StoppingCondition` of SageMaker.
fn job_has_limit(task: &Task) -> bool {
    let given = task.parameters.as_ref().or(task.arguments.as_ref());
    let Some(Value::Object(given)) = given else { return false };
    given.keys().any(|key| key.contains("Timeout") || key.contains("StoppingCondition"))
}
