//! A Choice rule in words short enough for an arrow.

use crate::model::{ChoiceRule, Comparator, Comparison, Dynamic, Path, Test, Value};

use super::detail::label;

/// What a rule asks: `$.user.plan = "pro" and not $.blocked = true`.
pub(super) fn condition(rule: &ChoiceRule) -> String {
    label(&words(rule))
}

fn words(rule: &ChoiceRule) -> String {
    match &rule.test {
        None => "no condition".to_owned(),
        Some(Test::Condition(Dynamic::Literal(true))) => "always".to_owned(),
        Some(Test::Condition(Dynamic::Literal(false))) => "never".to_owned(),
        Some(Test::Condition(Dynamic::Expression(expression))) => expression.code().to_owned(),
        Some(Test::Condition(Dynamic::Placeholder(text))) => text.clone(),
        Some(Test::And(rules)) => joined(rules, " and "),
        Some(Test::Or(rules)) => joined(rules, " or "),
        Some(Test::Not(rule)) => format!("not {}", operand(rule)),
        Some(Test::Comparison(it)) => comparison(it),
    }
}

fn joined(rules: &[ChoiceRule], word: &str) -> String {
    match rules {
        [] => "no condition".to_owned(),
        [only] => words(only),
        rules => rules.iter().map(operand).collect::<Vec<_>>().join(word),
    }
}

/// A rule inside another; in brackets unless it is a comparison.
fn operand(rule: &ChoiceRule) -> String {
    match &rule.test {
        Some(Test::And(rules) | Test::Or(rules)) => match rules.as_slice() {
            [only] => operand(only),
            _ => format!("({})", words(rule)),
        },
        Some(Test::Not(_) | Test::Condition(_) | Test::Comparison(_)) | None => words(rule),
    }
}

fn comparison(comparison: &Comparison) -> String {
    let variable = comparison.variable.as_ref().map_or("?", Path::as_str);
    let Some((comparator, operand)) = &comparison.operator else { return format!("{variable} ?") };
    if let Some(is) = is(*comparator, operand) {
        return format!("{variable} {is}");
    }
    // a path and a timestamp need no quotes to be told from words
    let is_bare = comparator.as_str().ends_with("Path") || comparator.as_str().starts_with("Timestamp");
    match operand {
        Value::String(text) if is_bare => format!("{variable} {} {text}", sign(*comparator)),
        operand => format!("{variable} {} {operand}", sign(*comparator)),
    }
}

/// `Is…` comparators, whose operand says whether it shall be so.
fn is(comparator: Comparator, operand: &Value) -> Option<&'static str> {
    let (yes, no) = match comparator {
        Comparator::IsNull => ("is null", "is not null"),
        Comparator::IsPresent => ("is present", "is absent"),
        Comparator::IsNumeric => ("is a number", "is no number"),
        Comparator::IsString => ("is a string", "is no string"),
        Comparator::IsBoolean => ("is true or false", "is neither true nor false"),
        Comparator::IsTimestamp => ("is a timestamp", "is no timestamp"),
        _ => return None,
    };
    operand.as_bool().map(|wanted| if wanted { yes } else { no })
}

/// The sign of a comparator, from the end of its name, which all types of operands share.
fn sign(comparator: Comparator) -> &'static str {
    const SIGNS: &[(&str, &str)] = &[
        ("LessThanEquals", "≤"),
        ("GreaterThanEquals", "≥"),
        ("LessThan", "<"),
        ("GreaterThan", ">"),
        ("Equals", "="),
        ("Matches", "matches"),
    ];
    let name = comparator.as_str();
    let name = name.strip_suffix("Path").unwrap_or(name);
    SIGNS.iter().find(|(end, _)| name.ends_with(end)).map_or("is", |(_, sign)| sign)
}

#[cfg(test)]
mod tests {
    use crate::model::State;

    use super::*;

    #[track_caller]
    fn check(rule: &str, expected: &str) {
        let text = format!(r#"{{"States": {{"A": {{"Type": "Choice", "Choices": [{rule}]}}}}}}"#);
        let machine = crate::decode(&text).unwrap().machine;
        let Some(State::Choice(choice)) = machine.state("A") else { panic!("a Choice state") };
        assert_eq!(condition(&choice.choices.as_ref().unwrap()[0]), expected);
    }

    #[test]
    fn comparisons_read_as_formulas() {
        check(r#"{"Variable": "$.user.plan", "StringEquals": "pro"}"#, r#"$.user.plan = "pro""#);
        check(r#"{"Variable": "$.n", "NumericLessThanEquals": 1.5}"#, "$.n ≤ 1.5");
        check(r#"{"Variable": "$.n", "NumericGreaterThanPath": "$.limit"}"#, "$.n > $.limit");
        check(r#"{"Variable": "$.n", "StringMatches": "a*"}"#, r#"$.n matches "a*""#);
        check(
            r#"{"Variable": "$.t", "TimestampLessThan": "2026-01-01T00:00:00Z"}"#,
            "$.t < 2026-01-01T00:00:00Z",
        );
        check(r#"{"Variable": "$.n", "IsPresent": false}"#, "$.n is absent");
        check(r#"{"Variable": "$.n", "IsPresent": "yes"}"#, r#"$.n is "yes""#);
    }

    #[test]
    fn nested_rules_are_in_brackets_only_where_needed() {
        let n = r#"{"Variable": "$.n", "NumericEquals": 1}"#;
        let m = r#"{"Variable": "$.m", "IsNull": true}"#;
        check(&format!(r#"{{"And": [{n}, {m}]}}"#), "$.n = 1 and $.m is null");
        check(&format!(r#"{{"Not": {n}}}"#), "not $.n = 1");
        check(&format!(r#"{{"Not": {{"Or": [{n}, {m}]}}}}"#), "not ($.n = 1 or $.m is null)");
        check(&format!(r#"{{"And": [{{"Or": [{n}, {m}]}}, {n}]}}"#), "($.n = 1 or $.m is null) and $.n = 1");
        check(&format!(r#"{{"Or": [{{"And": [{n}]}}]}}"#), "$.n = 1");
    }

    #[test]
    fn expressions_stand_without_delimiters_and_on_one_line() {
        check(r#"{"Condition": "{% $states.input.n\n   > 3 %}"}"#, "$states.input.n > 3");
        check(r#"{"Condition": true}"#, "always");
        let long = "$a and ".repeat(40);
        check(&format!(r#"{{"Condition": "{{% {long} %}}"}}"#), &format!("{}$a…", "$a and ".repeat(11)));
        let word = "x".repeat(200);
        check(&format!(r#"{{"Condition": "{{% {word} %}}"}}"#), &format!("{}…", "x".repeat(80)));
    }

    #[test]
    fn what_is_not_a_rule_says_so() {
        check("{}", "no condition");
        check(r#"{"And": []}"#, "no condition");
        check(r#"{"Variable": "$.n"}"#, "$.n ?");
        check(r#"{"NumericEquals": 1}"#, "? = 1");
    }
}
