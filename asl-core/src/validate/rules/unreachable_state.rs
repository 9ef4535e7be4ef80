#![doc = include_str!("unreachable_state.md")]

use crate::diagnostic::{Code, Severity};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::Scope;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0302"),
    name: "unreachable-state",
    severity: Severity::Error,
    aws: Some("MISSING_TRANSITION_TARGET"),
    explain: include_str!("unreachable_state.md"),
    check: Check::Scope(check),
};

fn check(cx: &mut Context<'_>, scope: &Scope<'_>) {
    // as on AWS: without any end there is one finding about that, not one for each state behind the loop
    if !scope.states.iter().any(|(_, state)| state.is_terminal()) {
        return;
    }
    let start_at = scope.start_at.unwrap_or_default();
    for ((name, _), reached) in scope.states.iter().zip(scope.reachable()) {
        if !reached {
            cx.report(format!("nothing leads from `{start_at}` to the state `{name}`"))
                .help("let a `Next`, `Default` or `Catch` name it, or remove it")
                .field("States")
                .field(name)
                .key();
        }
    }
}
