//! The edits that findings carry.

use asl_core::diagnostic::{Fix, Replacement};
use asl_core::model::WorkflowType;

/// Place and replacement of the edits of all findings.
#[track_caller]
fn check(definition: &str, expected: &[&str]) {
    let findings = asl_core::decode(definition).unwrap().all_findings(WorkflowType::Standard);
    let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
    let found: Vec<String> = fixes
        .map(|Fix { at, replacement }| match replacement {
            Replacement::Key(key) => format!("{at} stands under `{key}`"),
            Replacement::Value(value) => format!("{at} is {value}"),
        })
        .collect();
    assert_eq!(found, expected, "{findings:#?}");
}

fn state(fields: &str) -> String {
    format!(r#"{{"StartAt": "Work", "States": {{"Work": {{{fields}}}, "Done": {{"Type": "Succeed"}}}}}}"#)
}

#[test]
fn names_that_can_only_be_one() {
    check(&state(r#""Type": "Pass", "Next": "Doen""#), &["/States/Work/Next is \"Done\""]);
    check(&state(r#""Type": "Pass", "Nxt": "Done""#), &["/States/Work/Nxt stands under `Next`"]);
    check(&state(r#""Tpye": "Pass", "Next": "Done""#), &["/States/Work/Tpye stands under `Type`"]);
    check(&state(r#""Type": "pass", "Next": "Done""#), &["/States/Work/Type is \"Pass\""]);
    check(
        &state(
            r#""Type": "Task", "Resource": "${R}", "Next": "Done", "Retry": [{"ErrorEquals": ["States.Timout"]}]"#,
        ),
        &["/States/Work/Retry/0/ErrorEquals/0 is \"States.Timeout\""],
    );
    check(
        &state(
            r#""Type": "Task", "Resource": "${R}", "Next": "Done",
               "Retry": [{"ErrorEquals": ["A"], "JitterStrategy": "full"}]"#,
        ),
        &["/States/Work/Retry/0/JitterStrategy is \"FULL\""],
    );
}

#[test]
fn values_that_are_only_written_wrongly() {
    check(&state(r#""Type": "Wait", "Seconds": "30", "Next": "Done""#), &["/States/Work/Seconds is 30"]);
    check(&state(r#""Type": "Wait", "Seconds": 30.0, "Next": "Done""#), &["/States/Work/Seconds is 30"]);
    check(&state(r#""Type": "Wait", "Seconds": "30.5", "Next": "Done""#), &[]);
    check(&state(r#""Type": "Pass", "End": "true""#), &["/States/Work/End is true"]);
    check(&state(r#""Type": "Pass", "End": "yes""#), &[]);
    check(&state(r#""Type": "Fail", "Comment": 1"#), &["/States/Work/Comment is \"1\""]);
    check(
        &state(r#""Type": "Task", "Resource": "${R}", "Next": "Done", "Retry": [{"ErrorEquals": "A"}]"#),
        &["/States/Work/Retry/0/ErrorEquals is [\"A\"]"],
    );
}

#[test]
fn keys_of_paths() {
    check(
        &state(r#""Type": "Pass", "Parameters": {"a/b": "$.a"}, "Next": "Done""#),
        &["/States/Work/Parameters/a~1b stands under `a/b.$`"],
    );
    check(&state(r#""Type": "Fail", "Cause": "$.cause""#), &["/States/Work/Cause stands under `CausePath`"]);
}

#[test]
fn what_may_be_several_things_is_left_to_people() {
    for fields in [
        // a field that belongs elsewhere, one of a rule of its own, one that is nowhere near
        r#""Type": "Pass", "TimeoutSeconds": 5, "Next": "Done""#,
        r#""Type": "Pass", "Description": "x", "Next": "Done""#,
        r#""Type": "Pass", "Colour": "red", "Next": "Done""#,
        // no state, none near, itself
        r#""Type": "Pass", "Next": "Nowhere""#,
        r#""Type": "Pass", "Next": "Wrk""#,
    ] {
        check(&state(fields), &[]);
    }
}
