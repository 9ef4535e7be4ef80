#![doc = include_str!("collapsing_items.md")]

use crate::diagnostic::{Code, Severity};
use crate::syntax::jsonata::{BinaryOperator, Expression, Kind};
use crate::validate::context::{Context, Step};
use crate::validate::expression::ExpressionText;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0421"),
    name: "collapsing-items",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("collapsing_items.md"),
    check: Check::Expression(check),
};

fn check(cx: &mut Context<'_>, text: &ExpressionText<'_>) {
    if let [Step::Field("Items")] = cx.below_state()
        && let Some(expression) = text.expression()
        && may_collapse(expression)
    {
        cx.report("this is no array if exactly one value is found, and nothing at all if none is")
            .help("put the expression into `[…]`, which keeps the array")
            .within(ExpressionText::bytes(&expression.span));
    }
}

/// Whether an expression picks among values, so that one alone comes out without its array.
fn may_collapse(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Call { .. } => matches!(expression.called_function(), Some("filter" | "map")),
        Kind::Binary { operator: BinaryOperator::Chain, right, .. } => may_collapse(right),
        Kind::Block(parts) => parts.last().is_some_and(may_collapse),
        Kind::Condition { then, otherwise, .. } => {
            may_collapse(then) || otherwise.as_deref().is_some_and(may_collapse)
        }
        Kind::Path(steps) => steps.iter().any(picks) && !steps.iter().any(keeps_array),
        Kind::Sort { target, .. } => !keeps_array(target),
        Kind::Filter { .. } => picks(expression),
        _ => false,
    }
}

/// Whether a step has a predicate that is no place of one value.
fn picks(step: &Expression) -> bool {
    match &step.kind {
        Kind::Filter { target, predicate } => {
            let is_place = match &predicate.kind {
                Kind::Number(_) => true,
                Kind::Negate(inner) => matches!(inner.kind, Kind::Number(_)),
                _ => false,
            };
            !is_place && !keeps_array(target) || picks(target)
        }
        _ => false,
    }
}

fn keeps_array(step: &Expression) -> bool {
    match &step.kind {
        Kind::KeepArray(_) => true,
        Kind::Filter { target, .. } => keeps_array(target),
        Kind::Path(steps) => steps.iter().any(keeps_array),
        _ => false,
    }
}
