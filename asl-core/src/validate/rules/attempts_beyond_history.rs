#![doc = include_str!("attempts_beyond_history.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{State, Static, WorkflowType};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::waiting::{HISTORY_EVENTS, is_endless};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0914"),
    name: "attempts-beyond-history",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("attempts_beyond_history.md"),
    check: Check::State(check),
};

// Recorded: a failed attempt of a Task adds three events (scheduled, started, failed), and no attempt adds none.
fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    if cx.workflow_type() == WorkflowType::Express {
        return;
    }
    for (index, retrier) in state.retry().iter().enumerate().filter(|(_, retrier)| is_endless(retrier)) {
        let attempts = retrier.max_attempts.as_ref().and_then(Static::literal).copied().unwrap_or_default();
        cx.report(format!(
            "an execution cannot have {attempts} retries: each adds events, and it fails after {HISTORY_EVENTS} events"
        ))
        .help("bound the tries by `MaxAttempts` or `TimeoutSeconds`, so that `Catch` can still run")
        .field("Retry")
        .index(index)
        .field("MaxAttempts");
    }
}
