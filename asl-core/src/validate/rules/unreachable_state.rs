#![doc = include_str!("unreachable_state.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::Kind;
use crate::validate::context::{Context, excerpt};
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
    // as on AWS: a machine without any end has one finding about that, not one for each state behind the loop
    if scope.kind == Kind::StateMachine && !scope.has_end() {
        return;
    }
    let start_at = scope.start_at.unwrap_or_default();
    for ((name, _), reached) in scope.states.iter().zip(scope.reachable()) {
        if !reached {
            cx.report(format!("nothing leads from `{}` to the state `{}`", excerpt(start_at), excerpt(name)))
                .help("name it in a `Next`, a `Default` or a catcher that is reached, or remove it")
                .field("States")
                .field(name)
                .key();
        }
    }
}
