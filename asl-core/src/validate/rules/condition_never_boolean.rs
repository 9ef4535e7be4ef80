#![doc = include_str!("condition_never_boolean.md")]

use crate::diagnostic::{Code, Severity};
use crate::syntax::jsonata::{BinaryOperator, Expression, Kind};
use crate::validate::context::{Context, Step};
use crate::validate::expression::ExpressionText;
use crate::validate::functions::{Gives, function};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0420"),
    name: "condition-never-boolean",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("condition_never_boolean.md"),
    check: Check::Expression(check),
};

fn check(cx: &mut Context<'_>, text: &ExpressionText<'_>) {
    if let [Step::Field("Choices"), Step::Index(_), Step::Field("Condition")] = cx.below_state()
        && let Some(expression) = text.expression()
        && let Some((what, at)) = never_boolean(expression, text)
    {
        let at = ExpressionText::bytes(&at.span);
        cx.report(format!("this condition is {what}, never `true` or `false`"))
            .help("compare it with something; `$boolean(…)` makes a boolean of a value")
            .within(at);
    }
}

/// What an expression gives, and which part of it, if that is neither `true` nor `false` whatever the input is.
fn never_boolean<'e>(
    expression: &'e Expression,
    text: &ExpressionText<'_>,
) -> Option<(String, &'e Expression)> {
    let what = match &expression.kind {
        Kind::String(_) => "a string",
        Kind::Number(_) | Kind::Negate(_) => "a number",
        Kind::Null => "null",
        Kind::Array(_) => "an array",
        Kind::Object(_) | Kind::GroupBy { .. } => "an object",
        Kind::Regex(_) | Kind::Lambda { .. } | Kind::Transform { .. } => "a function",
        Kind::Binary { operator, .. } => match operator {
            BinaryOperator::Add
            | BinaryOperator::Subtract
            | BinaryOperator::Multiply
            | BinaryOperator::Divide
            | BinaryOperator::Remainder => "a number",
            BinaryOperator::Concatenate => "a string",
            BinaryOperator::And
            | BinaryOperator::Or
            | BinaryOperator::In
            | BinaryOperator::Equal
            | BinaryOperator::NotEqual
            | BinaryOperator::Less
            | BinaryOperator::AtMost
            | BinaryOperator::Greater
            | BinaryOperator::AtLeast
            | BinaryOperator::Chain => return None,
        },
        Kind::Call { function: called, .. } => {
            let function = function(expression.called_function()?)?;
            let is_built_in = function.gives == Gives::NoBoolean && text.is_free(&called.span);
            return is_built_in.then(|| (format!("what `${}` gives", function.name), expression));
        }
        Kind::Block(parts) => return never_boolean(parts.last()?, text),
        Kind::Condition { then, otherwise: Some(otherwise), .. } => {
            never_boolean(otherwise, text)?;
            return never_boolean(then, text);
        }
        _ => return None,
    };
    Some((what.to_owned(), expression))
}
