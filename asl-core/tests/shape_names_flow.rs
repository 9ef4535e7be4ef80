//! Rules of shape, names and flow: what the examples on their pages do not show.

use asl_core::model::WorkflowType;

/// Compares what is found in a definition, as `severity[code] at place` lines.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let decoded = asl_core::decode(text).unwrap();
    let findings = decoded.all_findings(WorkflowType::Standard);
    let found: Vec<String> =
        findings.iter().map(|it| format!("{}[{}] at {}", it.severity, it.code, it.at)).collect();
    assert_eq!(found, expected, "{findings:#?}");
}

/// A machine of these states that begins with `A`.
fn states(states: &str) -> String {
    format!(r#"{{"StartAt": "A", "States": {{{states}}}}}"#)
}

#[track_caller]
fn check_states(text: &str, expected: &[&str]) {
    check(&states(text), expected);
}

#[track_caller]
fn help(text: &str) -> String {
    let findings = asl_core::decode(text).unwrap().all_findings(WorkflowType::Standard);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings[0].help.clone().unwrap_or_default()
}

#[test]
fn a_misspelt_field_is_not_reported_as_missing_too() {
    check_states(
        r#""A": {"Type": "Task", "Resorce": "${A}", "End": true}"#,
        &["error[ASL0102] at /States/A/Resorce"],
    );
    check_states(
        r#""A": {"Type": "Pass", "Nxt": "B"}, "B": {"Type": "Succeed"}"#,
        &["error[ASL0102] at /States/A/Nxt"],
    );
    check_states(
        r#""A": {"Type": "Wait", "seconds": 5, "End": true}"#,
        &["error[ASL0102] at /States/A/seconds"],
    );
}

#[test]
fn a_field_of_the_wrong_type_is_not_reported_as_missing_too() {
    check_states(
        r#""A": {"Type": "Task", "Resource": 5, "Next": 5}, "B": {"Type": "Succeed"}"#,
        &["error[ASL0103] at /States/A/Resource", "error[ASL0103] at /States/A/Next"],
    );
    check_states(
        r#""A": {"Type": "Wait", "Seconds": "5", "End": "true"}"#,
        &["error[ASL0103] at /States/A/Seconds", "error[ASL0103] at /States/A/End"],
    );
    check_states(
        r#""A": {"Type": "Map", "ItemProcessor": [], "End": true}"#,
        &["error[ASL0103] at /States/A/ItemProcessor"],
    );
}

#[test]
fn a_state_without_next_makes_no_others_unreachable() {
    check_states(
        r#""A": {"Type": "Pass"}, "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Succeed"}"#,
        &["error[ASL0106] at /States/A"],
    );
    check_states(
        r#""A": {"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true}]}, "B": {"Type": "Succeed"}"#,
        &["error[ASL0101] at /States/A/Choices/0"],
    );
}

#[test]
fn a_next_that_names_no_state_leaves_what_was_meant_unreachable() {
    // as AWS reports it
    check_states(
        r#""A": {"Type": "Pass", "Next": "Bb"}, "B": {"Type": "Succeed"}"#,
        &["error[ASL0301] at /States/A/Next", "error[ASL0302] at /States/B"],
    );
    check_states(r#""A": {"Type": "Pass", "Next": "Bb"}"#, &["error[ASL0301] at /States/A/Next"]);
}

#[test]
fn of_states_behind_an_unreachable_one_only_the_first_is_reported() {
    check_states(
        r#""A": {"Type": "Succeed"}, "D": {"Type": "Succeed"}, "C": {"Type": "Pass", "Next": "D"},
           "B": {"Type": "Pass", "Next": "C"}, "X": {"Type": "Pass", "Next": "Y"}, "Y": {"Type": "Pass", "Next": "X"}"#,
        &["error[ASL0302] at /States/B", "error[ASL0302] at /States/X"],
    );
}

#[test]
fn a_machine_without_an_end_has_one_finding_and_a_loop_beside_an_unreachable_end_another() {
    check_states(
        r#""A": {"Type": "Pass", "Next": "A"}, "B": {"Type": "Pass", "Next": "A"}"#,
        &["error[ASL0303] at /States"],
    );
    check_states(
        r#""A": {"Type": "Pass", "Next": "A"}, "B": {"Type": "Succeed"}"#,
        &["error[ASL0302] at /States/B"],
    );
}

#[test]
fn a_branch_without_an_end_still_reports_what_is_unreachable_in_it() {
    check_states(
        r#""A": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "B", "States": {
            "B": {"Type": "Pass", "Next": "B"}, "C": {"Type": "Pass", "Next": "B"}}}]}"#,
        &[
            "error[ASL0302] at /States/A/Branches/0/States/C",
            "warning[ASL0303] at /States/A/Branches/0/States",
        ],
    );
}

#[test]
fn a_state_name_may_have_eighty_characters_of_any_script() {
    let name = "ß".repeat(80);
    check(&format!(r#"{{"StartAt": "{name}", "States": {{"{name}": {{"Type": "Succeed"}}}}}}"#), &[]);
    let name = "ß".repeat(81);
    check(
        &format!(r#"{{"StartAt": "{name}", "States": {{"{name}": {{"Type": "Succeed"}}}}}}"#),
        &[&format!("error[ASL0201] at /States/{name}")],
    );
}

#[test]
fn a_name_is_compared_with_all_scopes_and_the_first_one_keeps_it() {
    let map = |name: &str, inner: &str| {
        format!(
            r#""{name}": {{"Type": "Map", "End": true, "ItemProcessor": {{"StartAt": "{inner}", "States": {{
                "{inner}": {{"Type": "Succeed"}}}}}}}}"#
        )
    };
    // an inner state named as the one around it, and the deepest one named as the outermost
    check_states(&map("A", "A"), &["error[ASL0202] at /States/A/ItemProcessor/States/A"]);
    let deep = map("A", "B").replace(r#""B": {"Type": "Succeed"}"#, &map("B", "A"));
    check_states(&deep, &["error[ASL0202] at /States/A/ItemProcessor/States/B/ItemProcessor/States/A"]);
}

#[test]
fn a_definition_of_just_the_greatest_size_is_fine() {
    let with = |length: usize| {
        // a comment may be as long as the definition, unlike data
        format!(
            r#"{{"Comment":"{}","StartAt":"A","States":{{"A":{{"Type":"Succeed"}}}}}}"#,
            "ä".repeat(length)
        )
    };
    let frame = with(0).len();
    check(&with(1_048_576 - frame), &[]);
    check(&with(1_048_577 - frame), &["error[ASL0113] at /"]);
}

#[test]
fn limits_count_for_literals_only() {
    check(
        r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": {"Type": "Wait", "Seconds": "{% -1 %}", "Next": "B"},
            "B": {"Type": "Task", "Resource": "${B}", "TimeoutSeconds": "${Timeout}", "End": true}}}"#,
        // not of the limit, but of what is known of the value
        &["warning[ASL0432] at /States/A/Seconds"],
    );
    check_states(
        r#""A": {"Type": "Task", "Resource": "${A}", "TimeoutSeconds": 99999999, "HeartbeatSeconds": 1,
            "Retry": [{"ErrorEquals": ["States.ALL"], "BackoffRate": 1.0, "MaxDelaySeconds": 31622400}], "End": true}"#,
        &[],
    );
}

#[test]
fn placeholders_in_names_are_not_judged() {
    check_states(
        r#""A": {"Type": "Pass", "Next": "${Next}"}, "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Succeed"}"#,
        &[],
    );
    check_states(r#""A": {"Type": "Pass", "Assign": {"${Name}": 1}, "End": true}"#, &[]);
    check_states(
        r#""A": {"Type": "Map", "Label": "${Label}", "End": true, "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "B", "States": {"B": {"Type": "Succeed"}}}}"#,
        &[],
    );
}

#[test]
fn the_language_of_a_wrong_choice_rule_is_said_once() {
    check(
        r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": {"Type": "Choice", "Choices": [{"Next": "B", "And": [
                {"Variable": "$.a", "IsNull": true},
                {"Not": {"Variable": "$.a", "IsString": true}}]}]},
            "B": {"Type": "Succeed"}}}"#,
        &["error[ASL0108] at /States/A/Choices/0/And"],
    );
}

#[test]
fn help_fits_the_place() {
    let in_task = |fields: &str| {
        states(&format!(r#""A": {{"Type": "Task", "Resource": "${{A}}", {fields}, "End": true}}"#))
    };
    assert_eq!(help(&in_task(r#""Timeout": 5"#)), "did you mean `TimeoutSeconds`?");
    assert_eq!(help(&in_task(r#""FunctionName": "pay""#)), "move it into `Parameters`");
    assert_eq!(help(&in_task(r#""MaxAttempts": 2"#)), "move it into `Retry`");
    assert_eq!(help(&in_task(r#""TimeoutSeconds": 1e2"#)), "write 100, without a fraction or an exponent");
    assert_eq!(help(&in_task(r#""TimeoutSeconds": 1e200"#)), "write a smaller number");
    assert_eq!(help(&in_task(r#""Catch": null"#)), "leave `Catch` out if there is nothing to say");
    assert_eq!(help(&in_task(r#""Choices": []"#)), "only `Choice` states have `Choices`; remove it here");
}

#[test]
fn only_the_first_of_many_unknown_states_get_help() {
    let many: Vec<String> =
        (0..100).map(|n| format!(r#""A{n}": {{"Type": "Pass", "Next": "a{n}"}}"#)).collect();
    let text =
        format!(r#"{{"StartAt": "A0", "States": {{{}, "Z": {{"Type": "Succeed"}}}}}}"#, many.join(","));
    let findings = asl_core::decode(&text).unwrap().all_findings(WorkflowType::Standard);
    let unknown: Vec<_> = findings.iter().filter(|it| it.code.as_str() == "ASL0301").collect();
    assert_eq!(unknown.len(), 100);
    assert_eq!(unknown[0].help.as_deref(), Some("did you mean `A0`?"));
    assert_eq!(unknown.iter().filter(|it| it.help.is_some()).count(), 20);
}
