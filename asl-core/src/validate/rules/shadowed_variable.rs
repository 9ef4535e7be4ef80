#![doc = include_str!("shadowed_variable.md")]

use crate::diagnostic::{Code, Severity};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::variables::{Judgement, Shadowing};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0207"),
    name: "shadowed-variable",
    severity: Severity::Error,
    aws: None,
    explain: include_str!("shadowed_variable.md"),
    check: Check::Variables(check),
};

// The documentation says that AWS refuses this; its message is not known.
fn check(cx: &mut Context<'_>, judgement: &Judgement<'_, '_>) {
    for Shadowing { assignment, outer, is_certain } in judgement.shadowings() {
        let report = cx
            .report(format!(
                "the variable `{}` belongs to the states outside: `{}` assigns it",
                excerpt(assignment.name),
                excerpt(outer)
            ))
            .help("choose another name; to change the outer one, hand the value out as output and assign it there")
            .below(assignment.at.as_str())
            .field(assignment.key)
            .key();
        if !is_certain {
            report.warning();
        }
    }
}
