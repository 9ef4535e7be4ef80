#![doc = include_str!("unused_variable.md")]

use crate::diagnostic::{Code, Severity};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::variables::Judgement;
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0210"),
    name: "unused-variable",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("unused_variable.md"),
    check: Check::Variables(check),
};

fn check(cx: &mut Context<'_>, judgement: &Judgement<'_, '_>) {
    for assignment in judgement.unread() {
        cx.report(format!("no state reads the variable `{}`", excerpt(assignment.name)))
            .help("remove it")
            .below(assignment.at.as_str())
            .field(assignment.key)
            .key();
    }
}
