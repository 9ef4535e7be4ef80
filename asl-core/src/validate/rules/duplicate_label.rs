#![doc = include_str!("duplicate_label.md")]

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Code, Severity};
use crate::model::{State, StateMachine};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::Scopes;
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0206"),
    name: "duplicate-label",
    severity: Severity::Error,
    aws: Some("DUPLICATE_LABEL_NAME"),
    explain: include_str!("duplicate_label.md"),
    check: Check::Machine(check),
};

fn check(cx: &mut Context<'_>, machine: &StateMachine) {
    let scopes = Scopes::of(machine);
    let mut first = HashMap::new();
    for (scope, name, state) in scopes.states() {
        let State::Map(map) = state else { continue };
        let Some(label) = map.label.as_deref() else { continue };
        match first.entry(label) {
            Entry::Vacant(entry) => {
                entry.insert((scope, name));
            }
            Entry::Occupied(entry) => {
                let (other_scope, other) = *entry.get();
                let other = scopes.pointer(other_scope, other);
                cx.report(format!(
                    "the label `{}` is taken by another Map state, at {other}",
                    excerpt(label)
                ))
                .help("change one of the two; labels are unique in the whole machine")
                .below(scopes.pointer(scope, name).as_str())
                .field("Label");
            }
        }
    }
}
