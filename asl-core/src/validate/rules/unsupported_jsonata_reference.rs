#![doc = include_str!("unsupported_jsonata_reference.md")]

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::{Code, Severity};
use crate::syntax::jsonata::{Context as Evaluated, Expression, Kind};
use crate::validate::context::Context;
use crate::validate::expression::ExpressionText;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0415"),
    name: "unsupported-jsonata-reference",
    severity: Severity::Error,
    aws: Some("UNSUPPORTED_JSONATA_EXPRESSION"),
    explain: include_str!("unsupported_jsonata_reference.md"),
    check: Check::Expression(check),
};

fn check(cx: &mut Context<'_>, text: &ExpressionText<'_>) {
    let Some(expression) = text.expression() else { return };
    let mut keys: HashSet<Range<usize>> = HashSet::new();
    expression.walk(&mut |part, evaluated| {
        if let Kind::Object(pairs) = &part.kind {
            keys.extend(pairs.iter().map(|pair| pair.key.span.clone()));
        }
        let is_key = keys.contains(&part.span);
        if let Some(finding) = finding(part, evaluated, is_key) {
            let report =
                cx.report(finding.message).help(finding.help).within(ExpressionText::bytes(&finding.span));
            if finding.is_doubtful {
                report.warning();
            }
        }
    });
}

struct Finding {
    message: String,
    help: String,
    span: Range<usize>,
    is_doubtful: bool,
}

fn finding(part: &Expression, evaluated: Evaluated, is_key: bool) -> Option<Finding> {
    let found = |message: String, help: String| Finding {
        message,
        help,
        span: part.span.clone(),
        is_doubtful: false,
    };
    if part.kind == Kind::Root {
        let message = "`$$` is not available: an expression of a workflow has no document to read from";
        return Some(found(message.to_owned(), "write `$states.input`".to_owned()));
    }
    if evaluated == Evaluated::Inner {
        return None;
    }
    match &part.kind {
        Kind::Name(name) if is_key => Some(found(
            format!("`{}` is a field to read here, not the key itself", excerpt(name)),
            format!("put the key in quotes: `'{}'`", excerpt(name)),
        )),
        Kind::Name(name) => Some(top_level(name, part.span.clone())),
        Kind::Context => Some(found(
            "`$` means nothing here: an expression of a workflow has no document to read from".to_owned(),
            "write `$states.input`; `$` is the value at hand inside of `[…]` and after a `.`".to_owned(),
        )),
        // nobody recorded what AWS does with these; there is nothing for them to give
        Kind::Wildcard | Kind::Descendants | Kind::Parent => Some(Finding {
            is_doubtful: true,
            ..found(
                "this finds nothing: an expression of a workflow has no document to read from".to_owned(),
                "start at `$states.input` or a variable".to_owned(),
            )
        }),
        Kind::Path(steps) => match steps.first() {
            // the first step of a path is a field even in quotes
            Some(Expression { kind: Kind::String(name), span, .. }) => {
                Some(Finding { is_doubtful: true, ..top_level(name, span.clone()) })
            }
            _ => None,
        },
        _ => None,
    }
}

fn top_level(name: &str, span: Range<usize>) -> Finding {
    let name = excerpt(name);
    let help = if matches!(name.as_ref(), "states" | "input" | "context" | "result" | "errorOutput") {
        let field = if name == "states" { "" } else { "states." };
        format!("write `${field}{name}`")
    } else {
        format!("write `$states.input.{name}` for the input's field, or `'{name}'` for the text")
    };
    let message =
        format!("`{name}` cannot be read: an expression of a workflow has no document to read from");
    Finding { message, help, span, is_doubtful: false }
}
