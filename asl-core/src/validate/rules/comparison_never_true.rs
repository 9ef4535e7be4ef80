#![doc = include_str!("comparison_never_true.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::shapes::{Fact, Observation};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0431"),
    name: "comparison-never-true",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("comparison_never_true.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    for Observation { at, fact, .. } in cx.observations(state) {
        if let Fact::NeverTrue { path, comparator, found, by_type } = fact {
            let path = excerpt(&path);
            let help = if by_type {
                format!("use a comparator for its type, or change what gives `{path}`")
            } else {
                format!("compare with a value that `{path}` can have, or remove the rule")
            };
            cx.report(format!("`{comparator}` never holds: `{path}` is always {found}"))
                .help(help)
                .below(at.as_str());
        }
    }
}
