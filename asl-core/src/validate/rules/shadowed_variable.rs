#![doc = include_str!("shadowed_variable.md")]

use crate::diagnostic::{Code, Severity};
use crate::validate::context::{Context, excerpt};
use crate::validate::rule::{Check, Rule};
use crate::validate::variables::Judgement;

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
    for hiding in judgement.hidings() {
        let (assignment, outer) = (hiding.assignment, excerpt(hiding.outer));
        let report = cx
            .report(format!(
                "the variable `{}` is assigned outside already, by the state `{outer}`",
                excerpt(assignment.name)
            ))
            .help("choose another name; to change the outer one, hand the value out as output and assign it there")
            .below(assignment.at.as_str())
            .field(assignment.key)
            .key();
        if hiding.is_apart {
            // the children of a Distributed Map do not see outer variables, and may have names of their own
            report.warning();
        }
    }
}
