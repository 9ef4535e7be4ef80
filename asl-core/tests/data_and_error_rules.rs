//! Rules about data, errors and retries: where exactly they point, and what they leave alone.

use asl_core::diagnostic::Part;
use asl_core::model::WorkflowType;

/// Compares the findings in a definition with what is expected, one a line: `severity code place`, and the bytes
/// within the string if the finding names any.
#[track_caller]
fn check(definition: &str, expected: &[&str]) {
    let decoded = asl_core::decode(definition).expect("the definition is JSON");
    let findings: Vec<String> = decoded
        .all_findings(WorkflowType::Standard)
        .iter()
        .map(|finding| match &finding.part {
            Part::Within(bytes) => format!("{} {} {} {bytes:?}", finding.severity, finding.code, finding.at),
            Part::Key => format!("{} {} {} key", finding.severity, finding.code, finding.at),
            Part::Value => format!("{} {} {}", finding.severity, finding.code, finding.at),
        })
        .collect();
    assert_eq!(findings, expected, "{definition}");
}

/// The same for a machine of one state, `A`, with these fields.
#[track_caller]
fn check_state(fields: &str, expected: &[&str]) {
    check(&format!(r#"{{"StartAt": "A", "States": {{"A": {{{fields}}}}}}}"#), expected);
}

/// The same for a Choice state with one rule.
#[track_caller]
fn check_rule(rule: &str, expected: &[&str]) {
    check(
        &format!(
            r#"{{"StartAt": "A", "States": {{"B": {{"Type": "Succeed"}},
                "A": {{"Type": "Choice", "Default": "B", "Choices": [{{{rule}, "Next": "B"}}]}}}}}}"#
        ),
        expected,
    );
}

#[test]
fn a_syntax_error_points_into_the_string() {
    check_state(
        r#""Type": "Pass", "End": true, "InputPath": "$.user.", "Parameters": {"a": [{"b.$": "States.Uid()"}]}"#,
        &["error ASL0401 /States/A/InputPath 7..7", "error ASL0404 /States/A/Parameters/a/0/b.$ 0..10"],
    );
    check_state(
        r#""Type": "Task", "Resource": "${F}", "End": true, "TimeoutSecondsPath": "$.a[*]", "ResultPath": "$b.c"
           , "Catch": []"#,
        &["error ASL0402 /States/A/TimeoutSecondsPath 3..6", "error ASL0403 /States/A/ResultPath 0..2"],
    );
}

#[test]
fn placeholders_are_taken_wherever_deployment_may_put_a_right_value() {
    check_state(
        r#""Type": "Pass", "End": true, "InputPath": "${Path}", "ResultPath": "$.${Key}",
           "Parameters": {"a.$": "${Path}", "b.$": "States.Format('${Text}', $.${Key})"}"#,
        &[],
    );
    check_state(r#""Type": "Wait", "End": true, "Timestamp": "${Day}T00:00:00Z""#, &[]);
    check_state(r#""Type": "Fail", "ErrorPath": "${Path}""#, &[]);
    check_state(r#""Type": "Fail", "Error": "States.${Error}""#, &[]);
    for operand in ["NumericEquals", "BooleanEquals", "TimestampEquals", "StringEqualsPath"] {
        check_rule(&format!(r#""Variable": "${{Path}}", "{operand}": "${{Operand}}""#), &[]);
    }
}

#[test]
fn what_is_never_evaluated_may_hold_anything() {
    check_state(
        r#""Type": "Pass", "End": true, "Result": {"a.$": 1, "a": 2, "b": "{% x", "c.$": "States.No()"}"#,
        &["warning ASL0903 /States/A/Result/c.$"],
    );
    // in a JSONata state, `.$` is part of a name
    check_state(
        r#""Type": "Pass", "QueryLanguage": "JSONata", "End": true, "Output": {"a.$": 1, "a": 2, "b.$": "c"}"#,
        &[],
    );
}

#[test]
fn a_field_of_the_other_language_has_one_finding_whatever_stands_in_it() {
    check_state(
        r#""Type": "Pass", "End": true, "Output": {"a": "{% $states.input %}", "b.$": 1, "c": "{% x"}"#,
        &["error ASL0108 /States/A/Output key"],
    );
    check_state(
        r#""Type": "Pass", "QueryLanguage": "JSONata", "End": true, "InputPath": "a", "ResultPath": "$$.b""#,
        &["error ASL0108 /States/A/InputPath key", "error ASL0108 /States/A/ResultPath key"],
    );
}

#[test]
fn an_expression_in_a_jsonpath_state_is_an_error_only_where_text_is() {
    check_state(
        r#""Type": "Task", "Resource": "${F}", "End": true, "HeartbeatSeconds": "{% 1 %}",
           "Parameters": {"a": ["x", [{"b": "{% 1 %}"}, "{% 2 %}"]]}"#,
        &[
            "warning ASL0410 /States/A/Parameters/a/1/1",
            "warning ASL0410 /States/A/Parameters/a/1/0/b",
            "error ASL0410 /States/A/HeartbeatSeconds",
        ],
    );
    check_rule(
        r#""Variable": "$.a", "StringEquals": "{% 1 %}""#,
        &["warning ASL0410 /States/A/Choices/0/StringEquals"],
    );
}

#[test]
fn white_space_on_both_sides_makes_an_expression_text_and_half_a_pair_is_an_error() {
    check_state(
        r#""Type": "Fail", "QueryLanguage": "JSONata", "Error": " {% 1 %} ", "Cause": "{% 1 %} ""#,
        &["warning ASL0409 /States/A/Error 0..1", "error ASL0409 /States/A/Cause 7..8"],
    );
    check_state(
        r#""Type": "Wait", "QueryLanguage": "JSONata", "End": true, "Timestamp": " {% 1 %} ""#,
        &["warning ASL0409 /States/A/Timestamp 0..1"],
    );
}

#[test]
fn operands_in_nested_rules_are_checked_too() {
    check_rule(
        r#""Not": {"And": [{"Variable": "$.a", "IsNull": "true"}, {"Variable": "$.a", "StringMatches": null}]}"#,
        &[
            "error ASL0412 /States/A/Choices/0/Not/And/0/IsNull",
            "error ASL0412 /States/A/Choices/0/Not/And/1/StringMatches",
        ],
    );
    check_rule(
        r#""Variable": "$.a", "TimestampEquals": "2026-13-01T00:00:00Z""#,
        &["error ASL0412 /States/A/Choices/0/TimestampEquals 5..7"],
    );
}

#[test]
fn handlers_are_judged_by_their_order() {
    check_state(
        r#""Type": "Parallel", "End": true,
           "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Succeed"}}}],
           "Retry": [{"ErrorEquals": ["E"]}, {"ErrorEquals": ["E", "F"]}, {"ErrorEquals": ["F", "E"]}],
           "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "A"}, {"ErrorEquals": ["States.ALL"], "Next": "A"}]"#,
        &["error ASL0501 /States/A/Catch/0/ErrorEquals/0", "warning ASL0504 /States/A/Retry/2"],
    );
}

#[test]
fn only_a_slip_in_a_predefined_name_is_doubted_where_the_prefix_is_another() {
    check_state(r#""Type": "Fail", "Error": "State.Unsupported""#, &[]);
    check_state(r#""Type": "Fail", "Error": "States.Timeout""#, &[]);
    check_state(r#""Type": "Fail", "Error": "states.timeout""#, &["warning ASL0502 /States/A/Error"]);
    check_state(
        r#""Type": "Fail", "Error": "States.Http.StatusCode.5xx""#,
        &["warning ASL0502 /States/A/Error"],
    );
}

#[test]
fn a_longest_wait_is_compared_only_with_an_interval_that_is_written() {
    let retry = |fields: &str| {
        format!(
            r#""Type": "Task", "Resource": "${{F}}", "End": true,
               "Retry": [{{"ErrorEquals": ["E"], {fields}}}]"#
        )
    };
    check_state(&retry(r#""MaxDelaySeconds": 1"#), &[]);
    check_state(&retry(r#""MaxDelaySeconds": "${Longest}", "IntervalSeconds": 9"#), &[]);
    check_state(
        &retry(r#""MaxDelaySeconds": 9, "IntervalSeconds": 9"#),
        &["warning ASL0503 /States/A/Retry/0/MaxDelaySeconds"],
    );
}
