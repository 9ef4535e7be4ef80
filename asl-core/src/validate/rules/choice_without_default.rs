#![doc = include_str!("choice_without_default.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{ChoiceRule, Comparator, Comparison, Dynamic, State, Test, Value};
use crate::validate::context::{Context, is_there_wrongly};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0916"),
    name: "choice-without-default",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("choice_without_default.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Choice(choice) = state else { return };
    let Some(rules) = &choice.choices else { return };
    if choice.default.is_some() || is_there_wrongly(&choice.extra, "Default") || cover_all(rules) {
        return;
    }
    cx.report("if no rule holds, this fails with `States.NoChoiceMatched`: there is no `Default`")
        .help("add `Default`, if only to a Fail state that says what was unexpected")
        .key();
}

/// Whether the rules are seen to leave nothing over: one always holds, or two are each other's contrary.
fn cover_all(rules: &[ChoiceRule]) -> bool {
    // each with each: among more rules than people write, that would take long and find nothing
    const MOST: usize = 200;
    rules.iter().take(MOST).enumerate().any(|(index, rule)| {
        rule.test.as_ref().is_none_or(always_holds)
            || rules[index + 1..].iter().take(MOST).any(|other| match (&rule.test, &other.test) {
                (Some(one), Some(other)) => are_contrary(one, other) || are_contrary(other, one),
                _ => false,
            })
    })
}

fn always_holds(test: &Test) -> bool {
    match test {
        Test::Condition(Dynamic::Literal(holds)) => *holds,
        Test::Condition(Dynamic::Expression(expression)) => expression_of(expression.as_str()) == "true",
        Test::Condition(Dynamic::Placeholder(_)) => true,
        Test::And(_) | Test::Or(_) | Test::Not(_) | Test::Comparison(_) => false,
    }
}

fn are_contrary(one: &Test, other: &Test) -> bool {
    match (one, other) {
        (one, Test::Not(inner)) => inner.test.as_ref() == Some(one),
        (Test::Comparison(one), Test::Comparison(other)) => are_contrary_comparisons(one, other),
        (Test::Condition(Dynamic::Expression(one)), Test::Condition(Dynamic::Expression(other))) => {
            are_contrary_expressions(expression_of(one.as_str()), expression_of(other.as_str()))
        }
        _ => false,
    }
}

/// Whether of two comparisons with the same variable one holds, given that it has the type that both ask for.
fn are_contrary_comparisons(one: &Comparison, other: &Comparison) -> bool {
    let (Some((comparator, operand)), Some((other_comparator, other_operand))) =
        (&one.operator, &other.operator)
    else {
        return false;
    };
    if one.variable != other.variable {
        return false;
    }
    match (operand, other_operand) {
        (Value::Bool(one), Value::Bool(other)) => comparator == other_comparator && one != other,
        _ => operand == other_operand && contrary(*comparator).as_deref() == Some(other_comparator.as_str()),
    }
}

/// The comparator that holds where an order does not: `NumericGreaterThanEquals` for `NumericLessThan`.
fn contrary(comparator: Comparator) -> Option<String> {
    let name = comparator.as_str();
    [("LessThanEquals", "GreaterThan"), ("LessThan", "GreaterThanEquals")]
        .iter()
        .find(|(one, _)| name.contains(one))
        .map(|(one, other)| name.replacen(one, other, 1))
}

/// An expression without its delimiters.
fn expression_of(text: &str) -> &str {
    text.trim().trim_start_matches("{%").trim_end_matches("%}").trim()
}

/// Whether the second expression is the negation of the first, or both differ in nothing but opposite operators.
fn are_contrary_expressions(one: &str, other: &str) -> bool {
    const OPPOSITES: [(&str, &str); 3] = [(" = ", " != "), (" < ", " >= "), (" > ", " <= ")];
    if other == format!("$not({one})") {
        return true;
    }
    let is_compound = |text: &str| text.contains(" and ") || text.contains(" or ");
    !is_compound(one)
        && OPPOSITES.iter().any(|(operator, opposite)| {
            (one.matches(operator).count() == 1 && one.replace(operator, opposite) == other)
                || (other.matches(operator).count() == 1 && other.replace(operator, opposite) == one)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contraries_are_seen() {
        for (one, other) in [
            ("$x = 'a'", "$x != 'a'"),
            ("$x < 1", "$x >= 1"),
            ("$x > 1", "$x <= 1"),
            ("$a and $b", "$not($a and $b)"),
        ] {
            assert!(are_contrary_expressions(one, other) || are_contrary_expressions(other, one), "{one}");
        }
        for (one, other) in
            [("$x = 'a'", "$x = 'b'"), ("$x = 1 and $y", "$x != 1 and $y"), ("$x < 1", "$x > 1")]
        {
            assert!(!are_contrary_expressions(one, other), "{one}");
        }
    }
}
