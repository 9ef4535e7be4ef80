#![doc = include_str!("jsonata_delimiters.md")]

use crate::diagnostic::{Code, Severity};
use crate::syntax::Jsonata;
use crate::validate::context::Context;
use crate::validate::expression::ExpressionText;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0409"),
    name: "jsonata-delimiters",
    severity: Severity::Error,
    aws: None,
    explain: include_str!("jsonata_delimiters.md"),
    check: Check::Expression(check),
};

fn check(cx: &mut Context<'_>, &ExpressionText { text, .. }: &ExpressionText<'_>) {
    let Err(error) = Jsonata::delimited(text) else { return };
    if text.starts_with("{%") == text.ends_with("%}") && text.trim() != text {
        // DIFFERENCE: the documentation forbids white space outside; the service was recorded to take such a
        // string for plain text if it stands on both sides
        cx.report("this is plain text, not an expression: white space stands outside the delimiters")
            .help("remove the white space outside `{%` and `%}`")
            .within(error.at)
            .warning();
    } else {
        cx.report_syntax(error);
    }
}
