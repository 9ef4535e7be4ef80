#![doc = include_str!("invalid_jsonata.md")]

use crate::diagnostic::{Code, Severity};
use crate::syntax::jsonata::{ErrorCode, Kind};
use crate::validate::context::Context;
use crate::validate::expression::ExpressionText;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0414"),
    name: "invalid-jsonata",
    severity: Severity::Error,
    aws: Some("INVALID_JSONATA_EXPRESSION"),
    explain: include_str!("invalid_jsonata.md"),
    check: Check::Expression(check),
};

fn check(cx: &mut Context<'_>, text: &ExpressionText<'_>) {
    for error in text.errors() {
        // people search for the code that the reference implementation gives
        let message = match error.code.reference() {
            Some(code) => format!("{} ({code})", error.message),
            None => error.message.clone(),
        };
        let report =
            cx.report(message).maybe_help(error.help.clone()).within(ExpressionText::bytes(&error.at));
        // regular expressions and signatures are read by the engine's own means, and the depth is our limit
        if matches!(error.code, ErrorCode::InvalidRegex | ErrorCode::InvalidSignature | ErrorCode::TooDeep) {
            report.warning();
        }
    }
    let Some(expression) = text.expression() else { return };
    expression.walk(&mut |part, _| {
        let (operator, help) = match part.kind {
            Kind::Default { .. } => ("?:", "write `condition ? value : default`"),
            Kind::Coalesce { .. } => ("??", "write `$exists(value) ? value : default`"),
            _ => return,
        };
        cx.report(format!("`{operator}` came with JSONata 2.1, and AWS is not known to have it"))
            .help(help)
            .within(ExpressionText::bytes(&part.span))
            .warning();
    });
}
