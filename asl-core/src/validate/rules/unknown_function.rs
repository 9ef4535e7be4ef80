#![doc = include_str!("unknown_function.md")]

use crate::diagnostic::{Code, Severity};
use crate::syntax::closest;
use crate::validate::context::Context;
use crate::validate::expression::{Called, ExpressionText};
use crate::validate::functions::{self, function};
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0418"),
    name: "unknown-function",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("unknown_function.md"),
    check: Check::Expression(check),
};

fn check(cx: &mut Context<'_>, text: &ExpressionText<'_>) {
    for Called { name, span, .. } in text.called() {
        if function(name).is_some() {
            continue;
        }
        let (message, help) = match name {
            "eval" => (
                "a workflow has no `$eval`: expressions cannot be made while it runs".to_owned(),
                Some("write `$parse(…)` to read JSON from a text".to_owned()),
            ),
            "states" => ("`$states` is no function".to_owned(), None),
            _ => (
                format!("there is no function `${}`", excerpt(name)),
                closest(name, functions::names()).map(|close| format!("did you mean `${close}`?")),
            ),
        };
        cx.report(message)
            .help("define it in the expression: `($f := function($x){ … }; $f(1))`; variables hold no functions")
            .maybe_help(help)
            .within(ExpressionText::bytes(span));
    }
}
