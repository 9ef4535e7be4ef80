#![doc = include_str!("missing_end_state.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::Kind;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::{Scope, edges};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0303"),
    name: "missing-end-state",
    severity: Severity::Error,
    aws: Some("MISSING_END_STATE"),
    explain: include_str!("missing_end_state.md"),
    check: Check::Scope(check),
};

fn check(cx: &mut Context<'_>, scope: &Scope<'_>) {
    if scope.states.is_empty() || scope.has_end() || !scope.is_connected() {
        return;
    }
    // a transition to a state that is not there may have meant the end
    if scope.states.iter().any(|(_, state)| edges(state).any(|edge| scope.is_missing(edge.target))) {
        return;
    }
    let help = "add `\"End\": true` to the last state, or a state of type Succeed or Fail";
    match scope.kind {
        Kind::StateMachine => {
            cx.report("no state ends the execution").help(help).field("States").key();
        }
        kind => {
            let whole = if kind == Kind::Branch { "branch" } else { "item processor" };
            // DIFFERENCE: the specification asks for an end in every scope, the service looks at the outermost only
            cx.report(format!("no state ends this {whole}")).help(help).field("States").key().warning();
        }
    }
}
