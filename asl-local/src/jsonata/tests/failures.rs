//! Expressions that come to no good, in the service's words.

use serde_json::json;

use super::{State, check};
use crate::jsonata::{Condition, Prepared, Template, array, integer, number, string, timestamp};
use crate::{Data, Scope};
use asl_core::model;

/// The right sides were captured from the service.
#[test]
fn an_error_is_told_with_its_code() {
    check(&[
        (
            "$split('a','b',-1)",
            "threw an error during evaluation. D3020: Third argument of split function must evaluate to a positive number",
        ),
        (
            "$each('x', function($v){$v})",
            "threw an error during evaluation. T0410: Argument 1 of function \"each\" does not match function signature",
        ),
        (
            "$reduce([1,2], function($a){$a})",
            "threw an error during evaluation. D3050: The second argument of reduce function must be a function with at least two arguments",
        ),
        (
            "$single([1,2], function($x){true})",
            "threw an error during evaluation. D3138: The $single() function expected exactly 1 matching result.  Instead it matched more.",
        ),
        (
            "$sum(['a'])",
            "threw an error during evaluation. T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
        ),
        (
            "$sqrt(-1)",
            "threw an error during evaluation. D3060: The sqrt function cannot be applied to a negative number: -1",
        ),
        (
            "1 + {}",
            "threw an error during evaluation. T2002: The right side of the \"+\" operator must evaluate to a number",
        ),
        (
            "$replace('a','','b')",
            "threw an error during evaluation: Second argument of replace function cannot be an empty string",
        ),
        ("$randomSeeded(1)", "threw an error during evaluation. T1006: Attempted to invoke a non-function"),
        ("2(1)", "threw an error during evaluation. T1006: Attempted to invoke a non-function"),
        ("$error('out of stock')", "threw an error during evaluation. D3137: out of stock"),
    ]);
}

#[test]
fn a_function_is_no_result() {
    check(&[
        ("$fn := function($x){$x}", "returned an unsupported result type."),
        ("$sum", "returned an unsupported result type."),
        ("/a/", "returned an unsupported result type."),
        ("$map(?, $string)", "returned an unsupported result type."),
        ("$uuid", "returned an unsupported result type."),
        ("{'f': [$sum]}", "returned an unsupported result type."),
    ]);
}

#[test]
fn a_field_says_which_type_it_wants() {
    let state = State::new(json!({}));
    let said = |code: &str, field: &str| {
        let template = Template::expression(code).unwrap();
        let failure = match field {
            "Items" => array(field, &template, &state).unwrap_err(),
            "Seconds" => integer(field, &template, &state).unwrap_err(),
            "ToleratedFailurePercentage" => number(field, &template, &state).unwrap_err(),
            _ => string(field, &template, &state).unwrap_err(),
        };
        assert_eq!(failure.location.as_deref(), Some(field));
        failure.cause.split_once("result type. ").unwrap_or(("", &failure.cause)).1.to_owned()
    };
    assert_eq!(said("null", "Items"), "Expected 'array', but was 'null' for value: null");
    assert_eq!(said("'string'", "Items"), "Expected 'array', but was 'string' for value: \"string\"");
    assert_eq!(said("true", "Items"), "Expected 'array', but was 'boolean' for value: true");
    assert_eq!(said("{'a': [1]}", "Items"), "Expected 'array', but was 'object' for value: {\"a\":[1]}");
    assert_eq!(said("'1'", "Seconds"), "Expected 'number', but was 'string' for value: \"1\"");
    assert_eq!(said("[]", "ToleratedFailurePercentage"), "Expected 'number', but was 'array' for value: []");
    assert_eq!(said("1", "Error"), "Expected 'string', but was 'number' for value: 1");
    assert!(
        said("$nothing", "Cause").ends_with("specified for the field 'Cause' returned nothing (undefined).")
    );
}

#[test]
fn a_field_of_the_right_type_is_read() {
    let state = State::new(json!({"n": 3.0, "list": [1, [2]]}));
    let template = |code| Template::expression(code).unwrap();
    assert_eq!(integer("Seconds", &template("$states.input.n * 2"), &state), Ok(6));
    assert_eq!(integer("Seconds", &template("$states.input.n"), &state), Ok(3));
    assert!(integer("Seconds", &template("1.5"), &state).unwrap_err().cause.contains("Expected 'integer'"));
    assert_eq!(number("ToleratedFailurePercentage", &template("12.5"), &state), Ok(12.5));
    assert_eq!(string("Error", &template("'E' & 1"), &state).as_deref(), Ok("E1"));
    let items = array("Items", &template("$states.input.list"), &state).unwrap();
    assert_eq!(items.iter().map(Data::to_string).collect::<Vec<_>>(), ["1", "[2]"]);
    let literal = Template::prepare(&json!([1, "{% 1 + 1 %}"])).unwrap();
    assert_eq!(array("Items", &literal, &state).unwrap().len(), 2);
}

#[test]
fn a_condition_is_true_or_false() {
    let state = State::new(json!({"n": 3}));
    let condition = |code: &str| {
        let condition = Condition::prepare(&model::Jsonata::new(code)).unwrap();
        condition.holds("Choices[1]/Condition", &state)
    };
    assert_eq!(condition("$states.input.n > 2"), Ok(true));
    assert_eq!(condition("{% $not(true) %}"), Ok(false));
    let failure = condition("$states.input.n").unwrap_err();
    assert_eq!(failure.location.as_deref(), Some("Choices[1]/Condition"));
    assert_eq!(
        failure.cause,
        "The JSONata expression '$states.input.n' specified for the field 'Choices[1]/Condition' returned an \
         unexpected result type. Expected 'boolean', but was 'number' for value: 3"
    );
}

#[test]
fn a_timestamp_has_an_offset() {
    let time = |text: &str| timestamp(&Data::from(json!(text)));
    assert_eq!(time("2016-03-14T01:59:00.5Z"), Ok(1_457_920_740_000));
    assert_eq!(time("2016-03-14T02:59:00+01:00"), Ok(1_457_920_740_000));
    let failure = time("2016-12-05T21:29:29").unwrap_err();
    assert_eq!(failure.location.as_deref(), Some("Timestamp"));
    assert_eq!(
        failure.cause,
        "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: \
         2016-12-05T21:29:29"
    );
}

#[test]
fn what_is_no_expression_is_refused_before() {
    let refused = |code| Prepared::new(code).unwrap_err();
    assert_eq!(refused("1 +").code.as_deref(), Some("S0207"));
    assert_eq!(refused("[1").code.as_deref(), Some("S0203"));
    assert_eq!(refused("1 /* never closed").code.as_deref(), Some("S0106"));
    assert_eq!(
        refused("$contains('a', /(?=a)/i)").to_string(),
        "the regular expression `/(?=a)/` cannot be evaluated here: look-around, including look-ahead and \
         look-behind, is not supported"
    );
    assert_eq!(refused("").to_string(), "the expression is empty");
}

#[test]
fn the_code_is_quoted_without_its_outer_white_space() {
    let prepared = Prepared::new("\n $nothing\n  .x ").unwrap();
    let state = State::new(json!(null));
    assert!(state.input().json().is_null());
    assert!(prepared.evaluate("Output", &state).unwrap_err().cause.contains("'$nothing\n  .x' specified"));
}
