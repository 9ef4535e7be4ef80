#![doc = include_str!("duplicate_state_name.md")]

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Code, Severity};
use crate::model::StateMachine;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::Scopes;
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0202"),
    name: "duplicate-state-name",
    severity: Severity::Error,
    aws: Some("DUPLICATE_STATE_NAME"),
    explain: include_str!("duplicate_state_name.md"),
    check: Check::Machine(check),
};

/// Two states of one name in the same `States` are [`super::duplicate_key`]'s.
fn check(cx: &mut Context<'_>, machine: &StateMachine) {
    let scopes = Scopes::of(machine);
    if scopes.len() < 2 {
        return;
    }
    let mut first = HashMap::new();
    for (scope, name, _) in scopes.states() {
        match first.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(scope);
            }
            Entry::Occupied(entry) => {
                let other = scopes.pointer(*entry.get(), name);
                cx.report(format!("the name `{}` is taken by another state, at {other}", excerpt(name)))
                    .help(
                        "rename one of the two; names are unique in the whole machine, inner states included",
                    )
                    .below(scopes.pointer(scope, name).as_str())
                    .key();
            }
        }
    }
}
