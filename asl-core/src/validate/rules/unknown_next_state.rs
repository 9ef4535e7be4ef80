#![doc = include_str!("unknown_next_state.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::Kind;
use crate::validate::context::{Context, did_you_mean};
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::{Scope, edges};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0301"),
    name: "unknown-next-state",
    severity: Severity::Error,
    aws: Some("MISSING_TRANSITION_TARGET"),
    explain: include_str!("unknown_next_state.md"),
    check: Check::Scope(check),
};

fn check(cx: &mut Context<'_>, scope: &Scope<'_>) {
    if let Some(start_at) = scope.start_at
        && scope.states.get(start_at).is_none()
    {
        report(cx, scope, "/StartAt", start_at);
    }
    for (name, state) in scope.states.iter() {
        for edge in edges(state) {
            if scope.states.get(edge.target).is_none() {
                let at = format!("/States/{}{}", crate::diagnostic::escape(name), edge.at);
                report(cx, scope, &at, edge.target);
            }
        }
    }
}

fn report(cx: &mut Context<'_>, scope: &Scope<'_>, at: &str, target: &str) {
    let place = match scope.kind {
        Kind::StateMachine => "",
        Kind::Branch => " in this branch",
        _ => " in this item processor",
    };
    let elsewhere = cx.stands_elsewhere(target).then(|| {
        "a state of that name stands in another scope; no transition leads into or out of a branch or processor"
            .to_owned()
    });
    cx.report(format!("there is no state `{target}`{place}"))
        .maybe_help(did_you_mean(target, scope.states.names()))
        .maybe_help(elsewhere)
        .below(at);
}
