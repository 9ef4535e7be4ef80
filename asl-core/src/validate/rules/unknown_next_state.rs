#![doc = include_str!("unknown_next_state.md")]

use crate::diagnostic::{Code, Replacement, Severity};
use crate::model::Kind;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::{Scope, edges};
use crate::validate::wording::{did_you_mean, excerpt, surely_meant};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0301"),
    name: "unknown-next-state",
    severity: Severity::Error,
    aws: Some("MISSING_TRANSITION_TARGET"),
    explain: include_str!("unknown_next_state.md"),
    check: Check::Scope(check),
};

/// How many findings of one scope say what was meant: each looks at all names, and the whole must stay linear.
const WITH_HELP: usize = 20;

fn check(cx: &mut Context<'_>, scope: &Scope<'_>) {
    // an empty `States` is reported as such
    if scope.states.is_empty() {
        return;
    }
    let mut found = 0;
    if let Some(start_at) = scope.start_at
        && scope.is_missing(start_at)
    {
        report(cx, scope, "/StartAt", start_at, &mut found);
    }
    for (name, state) in scope.states.iter() {
        for edge in edges(state) {
            if scope.is_missing(edge.target) {
                let at = format!("/States/{}{}", crate::diagnostic::escape(name), edge.at);
                report(cx, scope, &at, edge.target, &mut found);
            }
        }
    }
}

fn report(cx: &mut Context<'_>, scope: &Scope<'_>, at: &str, target: &str, found: &mut usize) {
    let place = match scope.kind {
        Kind::StateMachine => "",
        Kind::Branch => " in this branch",
        _ => " in this item processor",
    };
    *found += 1;
    let mut meant = None;
    let help = if *found > WITH_HELP {
        None
    } else if cx.stands_elsewhere(target) {
        Some(
            "the state of that name is in another scope; no transition leads into or out of a branch or \
             an item processor"
                .to_owned(),
        )
    } else {
        meant = surely_meant(target, scope.states.names());
        did_you_mean(target, scope.states.names())
    };
    // a state that comes after itself is rarely what was meant
    let holder = at.split('/').nth(2);
    let meant = meant.filter(|name| holder != Some(&*crate::diagnostic::escape(name)));
    cx.report(format!("there is no state `{}`{place}", excerpt(target)))
        .maybe_help(help)
        .below(at)
        .fix(meant.map(|name| Replacement::Value(name.into())));
}
