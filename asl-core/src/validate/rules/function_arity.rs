#![doc = include_str!("function_arity.md")]

use crate::diagnostic::{Code, Severity};
use crate::validate::context::Context;
use crate::validate::expression::{Called, ExpressionText};
use crate::validate::functions::{Function, function};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0419"),
    name: "function-arity",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("function_arity.md"),
    check: Check::Expression(check),
};

fn check(cx: &mut Context<'_>, text: &ExpressionText<'_>) {
    for Called { name, span, arguments, .. } in text.called() {
        let Some(function) = function(name) else { continue };
        if (function.fewest..=function.most).contains(&arguments) {
            continue;
        }
        let given = if arguments == 0 { "none".to_owned() } else { arguments.to_string() };
        let report = cx
            .report(format!("`${name}` takes {}, and is given {given}", wanted(function)))
            .within(ExpressionText::bytes(span));
        if arguments > function.most {
            report.help("remove what is too many");
        } else {
            report.help("add what is missing");
        }
    }
}

fn wanted(function: &Function) -> String {
    let Function { fewest, most, .. } = *function;
    let plural = if most == 1 { "" } else { "s" };
    match most {
        0 => "no argument".to_owned(),
        usize::MAX => format!("at least {fewest} argument"),
        _ if fewest == most => format!("{most} argument{plural}"),
        _ if fewest == 0 => format!("at most {most} argument{plural}"),
        _ => format!("{fewest} to {most} arguments"),
    }
}
