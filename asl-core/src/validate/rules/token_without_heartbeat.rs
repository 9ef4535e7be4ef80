#![doc = include_str!("token_without_heartbeat.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{State, WorkflowType};
use crate::syntax::Resource;
use crate::syntax::resource::Pattern;
use crate::validate::context::{Context, is_there_wrongly};
use crate::validate::rule::{Check, Rule};

use super::task_without_timeout::has_limit;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0907"),
    name: "token-without-heartbeat",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("token_without_heartbeat.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Task(task) = state else { return };
    let Some(Ok(resource)) = cx.resource() else { return };
    let whom = match resource {
        Resource::Activity(_) => "a worker",
        _ if resource.service_pattern() == Some(Pattern::WaitForTaskToken) => "whoever has the token",
        _ => return,
    };
    let has_heartbeat = task.heartbeat_seconds.is_some() || is_there_wrongly(&task.extra, "HeartbeatSeconds");
    if has_heartbeat || cx.workflow_type() == WorkflowType::Express || has_limit(cx, task) {
        return;
    }
    cx.report(format!("this state waits for {whom}, if need be for a year: there is no timeout"))
        .help("set `TimeoutSeconds`, and `HeartbeatSeconds` if whoever works can send heartbeats")
        .key();
}
