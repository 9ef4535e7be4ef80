#![doc = include_str!("heartbeat_not_below_timeout.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{State, ValueOrPath};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0606"),
    name: "heartbeat-not-below-timeout",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("heartbeat_not_below_timeout.md"),
    check: Check::State(check),
};

// The specification's MUST; whether AWS refuses it is not known.
fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Task(task) = state else { return };
    let seconds = |field: &Option<ValueOrPath<i64>>| field.as_ref().and_then(ValueOrPath::literal).copied();
    if let (Some(heartbeat), Some(timeout)) =
        (seconds(&task.heartbeat_seconds), seconds(&task.timeout_seconds))
        && heartbeat >= timeout
    {
        cx.report(format!("the heartbeat of {heartbeat} s is not below the timeout of {timeout} s"))
            .help("lower `HeartbeatSeconds`, or raise `TimeoutSeconds`; as it is, only the timeout counts")
            .field("HeartbeatSeconds");
    }
}
