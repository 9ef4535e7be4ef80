use asl_core::model::{Comparator, State, StateMachine};
use serde_json::{Value, json};

use super::Rule;
use crate::fixed_scope::FixedScope;
use crate::unprepared::Unprepared;

/// The test of the only rule of a Choice state, as a file says it.
fn rule(mut rule: Value) -> Result<Rule, Unprepared> {
    rule["Next"] = json!("End");
    let machine = json!({
        "StartAt": "Choose",
        "States": {"Choose": {"Type": "Choice", "Choices": [rule]}, "End": {"Type": "Succeed"}},
    });
    let machine: StateMachine = serde_json::from_value(machine).unwrap();
    let Some(State::Choice(choice)) = machine.state("Choose") else { panic!("no Choice state") };
    Rule::prepare(&choice.choices.as_ref().unwrap()[0])
}

#[track_caller]
fn holds(input: &Value, written: Value) -> bool {
    rule(written).unwrap().holds(&FixedScope::new(input.clone())).unwrap()
}

fn cause(input: Value, written: Value) -> String {
    let failure = rule(written).unwrap().holds(&FixedScope::new(input)).unwrap_err();
    assert_eq!(failure.error, "States.Runtime");
    failure.cause
}

/// Whether the comparator holds for a variable and an operand: written out, and by a path where there is one.
#[track_caller]
fn compare(comparator: &str, variable: &Value, operand: &Value) -> bool {
    let input = json!({"x": variable, "y": operand});
    let literal = holds(&input, json!({"Variable": "$.x", comparator: operand}));
    if !comparator.starts_with("Is") && comparator != "StringMatches" {
        let by_path = holds(&input, json!({"Variable": "$.x", format!("{comparator}Path"): "$.y"}));
        assert_eq!(literal, by_path, "{comparator} {variable} {operand}");
    }
    literal
}

/// For the five relations: what holds of a variable and an operand that are less, equal and greater.
fn check_order(kind: &str, less: &Value, greater: &Value) {
    for (relation, of_less, of_equal, of_greater) in [
        ("Equals", false, true, false),
        ("LessThan", true, false, false),
        ("LessThanEquals", true, true, false),
        ("GreaterThan", false, false, true),
        ("GreaterThanEquals", false, true, true),
    ] {
        let comparator = format!("{kind}{relation}");
        assert_eq!(compare(&comparator, less, greater), of_less, "{comparator} {less} {greater}");
        assert_eq!(compare(&comparator, less, less), of_equal, "{comparator} {less} {less}");
        assert_eq!(compare(&comparator, greater, less), of_greater, "{comparator} {greater} {less}");
        for other in [json!(null), json!([1]), json!({"a": 1})] {
            assert!(!compare(&comparator, &other, less), "{comparator} {other}");
        }
    }
}

#[test]
fn values_are_compared_in_their_order() {
    check_order("String", &json!("B"), &json!("a"));
    check_order("String", &json!("2024-01-01"), &json!("2024-01-02"));
    check_order("String", &json!("\u{1F642}"), &json!("\u{FFFD}"));
    check_order("Numeric", &json!(-1.5), &json!(0));
    check_order("Numeric", &json!(2), &json!(10));
    check_order("Timestamp", &json!("2024-01-01T00:00:00+02:00"), &json!("2024-01-01T00:00:00Z"));
    check_order("Timestamp", &json!("2024-01-01T00:00:00.1Z"), &json!("2024-01-01T00:00:00.25Z"));
}

#[test]
fn equality_is_one_of_values() {
    assert!(compare("NumericEquals", &json!(0), &json!(0.0)));
    assert!(compare("NumericEquals", &json!(1e2), &json!(100)));
    assert!(!compare("NumericEquals", &json!("1"), &json!(1)));
    // binary64 cannot tell them apart
    assert!(compare("NumericEquals", &json!(9_007_199_254_740_993_i64), &json!(9_007_199_254_740_992_i64)));
    assert!(compare("BooleanEquals", &json!(false), &json!(false)));
    assert!(!compare("BooleanEquals", &json!(0), &json!(false)));
    assert!(!compare("BooleanEquals", &json!(null), &json!(false)));
    assert!(compare("TimestampEquals", &json!("2024-01-01T01:00:00+01:00"), &json!("2024-01-01T00:00:00Z")));
    assert!(!compare("TimestampEquals", &json!("yesterday"), &json!("2024-01-01T00:00:00Z")));
    assert!(!compare("StringEquals", &json!(1), &json!("1")));
}

#[test]
fn an_operand_of_another_type_is_never_met() {
    for comparator in ["StringEqualsPath", "NumericLessThanPath", "BooleanEqualsPath", "TimestampEqualsPath"]
    {
        for operand in [json!(null), json!([]), json!({})] {
            let input = json!({"x": operand, "y": operand});
            assert!(!holds(&input, json!({"Variable": "$.x", comparator: "$.y"})), "{comparator} {operand}");
        }
    }
}

#[test]
fn types_are_asked_for() {
    let values = [
        json!(null),
        json!("text"),
        json!(1.5),
        json!(true),
        json!("2024-01-01T00:00:00Z"),
        json!([]),
        json!({}),
    ];
    for (comparator, of) in [
        ("IsNull", vec![0]),
        ("IsString", vec![1, 4]),
        ("IsNumeric", vec![2]),
        ("IsBoolean", vec![3]),
        ("IsTimestamp", vec![4]),
        ("IsPresent", vec![0, 1, 2, 3, 4, 5, 6]),
    ] {
        for (place, value) in values.iter().enumerate() {
            let is = of.contains(&place);
            assert_eq!(compare(comparator, value, &json!(true)), is, "{comparator} {value}");
            assert_eq!(compare(comparator, value, &json!(false)), !is, "{comparator} {value}");
        }
    }
}

#[test]
fn only_presence_may_be_asked_of_what_is_missing() {
    let input = json!({"x": {"y": 1}});
    for path in ["$.z", "$.x.z", "$.x.y.z", "$.x[0]", "$v", "$$.Nothing"] {
        assert!(!holds(&input, json!({"Variable": path, "IsPresent": true})), "{path}");
        assert!(holds(&input, json!({"Variable": path, "IsPresent": false})), "{path}");
        for (comparator, operand) in [
            ("IsNull", json!(true)),
            ("StringEquals", json!("")),
            ("NumericEqualsPath", json!("$.x.y")),
            ("StringMatches", json!("*")),
        ] {
            assert_eq!(
                cause(input.clone(), json!({"Variable": path, comparator: operand})),
                format!(
                    "Invalid path '{path}': The choice state's condition path references an invalid value."
                )
            );
        }
    }
}

#[test]
fn a_missing_operand_fails_whatever_the_variable_is() {
    for variable in ["$.x", "$.text"] {
        assert_eq!(
            cause(
                json!({"x": 1, "text": "a"}),
                json!({"Variable": variable, "NumericEqualsPath": "$.right"})
            ),
            "Invalid path '$.right': The choice state's condition path references an invalid value."
        );
    }
}

#[test]
fn rules_are_combined() {
    let input = json!({"a": 1, "b": "x"});
    let is = |number: i64| json!({"Variable": "$.a", "NumericEquals": number});
    let fails = || json!({"Variable": "$.missing", "NumericEquals": 1});
    assert!(holds(&input, json!({"And": [is(1), {"Variable": "$.b", "StringEquals": "x"}]})));
    assert!(!holds(&input, json!({"And": [is(1), is(2)]})));
    assert!(holds(&input, json!({"Or": [is(2), is(1)]})));
    assert!(!holds(&input, json!({"Or": [is(2), is(3)]})));
    assert!(holds(&input, json!({"Not": {"And": [is(1), {"Not": is(1)}]}})));
    // they look no further than they must
    assert!(!holds(&input, json!({"And": [is(2), fails()]})));
    assert!(holds(&input, json!({"Or": [is(1), fails()]})));
    cause(input, json!({"Or": [fails(), is(1)]}));
}

#[test]
fn texts_are_matched_with_patterns() {
    let input = json!({"file": "log-2024.txt", "star": "a*b", "number": 1});
    let matches =
        |path: &str, pattern: &str| holds(&input, json!({"Variable": path, "StringMatches": pattern}));
    assert!(matches("$.file", "log-*.txt"));
    assert!(!matches("$.file", "log-*.csv"));
    assert!(matches("$.star", r"a\*b"));
    assert!(!matches("$.number", "*"));
    let cause = cause(input.clone(), json!({"Variable": "$.file", "StringMatches": r"a\b"}));
    assert!(cause.contains(r"a\b"), "{cause}");
}

#[test]
fn every_comparator_is_prepared() {
    for comparator in Comparator::ALL {
        let name = comparator.as_str();
        let operand = match name {
            name if name.ends_with("Path") => json!("$.y"),
            name if name.starts_with("Is") || name.starts_with("Boolean") => json!(true),
            name if name.starts_with("Numeric") => json!(1),
            _ => json!("2024-01-01T00:00:00Z"),
        };
        rule(json!({"Variable": "$.x", name: operand})).unwrap_or_else(|error| panic!("{name}: {error}"));
        // no comparator compares with an array
        rule(json!({"Variable": "$.x", name: []})).unwrap_err();
    }
}

#[test]
fn a_rule_that_cannot_be_tested_is_refused() {
    for written in [
        json!({}),
        json!({"Variable": "$.x"}),
        json!({"StringEquals": "x"}),
        json!({"Variable": "$.", "StringEquals": "x"}),
        json!({"Variable": "$.x", "StringEqualsPath": "y"}),
        json!({"Variable": "$.x", "TimestampEquals": "today"}),
        json!({"Condition": "{% true %}"}),
        json!({"And": [{"Variable": "$.x"}]}),
    ] {
        rule(written.clone()).expect_err(&written.to_string());
    }
}
