//! What is known of data before the machine runs: where it shows a fault, and where it must keep still.

use asl_core::model::WorkflowType;

/// Compares the findings about data in a machine of these states, the first of which starts, with what is expected:
/// one a line, `code place message`.
#[track_caller]
fn check(states: &str, expected: &[&str]) {
    let start = states.split('"').nth(1).expect("the first state has a name");
    check_definition(&format!(r#"{{"StartAt": "{start}", "States": {{{states}}}}}"#), expected);
}

#[track_caller]
fn check_definition(definition: &str, expected: &[&str]) {
    let decoded = asl_core::decode(definition).expect("the definition is JSON");
    let findings: Vec<String> = decoded
        .all_findings(WorkflowType::Standard)
        .iter()
        // other rules may have something to say too
        .filter(|finding| finding.code.as_str().starts_with("ASL043"))
        .map(|finding| format!("{} {} {}", finding.code, finding.at, finding.message))
        .collect();
    assert_eq!(findings, expected, "{definition}");
}

#[test]
fn a_path_is_wrong_only_if_it_is_on_every_way() {
    let states = |other: &str| {
        format!(
            r#""Look": {{"Type": "Choice", "Default": "B", "Choices": [{{"Variable": "$.n", "IsPresent": true, "Next": "A"}}]}},
               "A": {{"Type": "Pass", "Result": {{"id": 1}}, "Next": "End"}},
               "B": {{"Type": "Pass", "Result": {{{other}}}, "Next": "End"}},
               "End": {{"Type": "Succeed", "OutputPath": "$.plan"}}"#
        )
    };
    check(&states(r#""plan": 1"#), &[]);
    check(
        &states(r#""plans": 1"#),
        &["ASL0430 /States/End/OutputPath `$.plan` matches nothing: `$` has only `id` and `plans`"],
    );
}

#[test]
fn what_is_not_built_here_may_be_anything() {
    check(
        r#""A": {"Type": "Task", "Resource": "${F}", "InputPath": "$.a", "OutputPath": "$.b.c", "End": true}"#,
        &[],
    );
    check(
        r#""A": {"Type": "Task", "Resource": "${F}", "ResultPath": "$.a", "Next": "B"},
           "B": {"Type": "Pass", "InputPath": "$.a.b", "OutputPath": "$.c", "End": true}"#,
        &[],
    );
    check(
        r#""A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "B",
                 "Parameters": {"QueueUrl": "q", "MessageBody": "b"}},
           "B": {"Type": "Pass", "InputPath": "$.SomethingNew", "End": true}"#,
        &[],
    );
    check(
        r#""A": {"Type": "Pass", "Result": {"${Key}": 1, "b": "${Number}"}, "Next": "B"},
           "B": {"Type": "Pass", "Parameters": {"a.$": "$.a", "c.$": "$.${Path}"}, "End": true}"#,
        &[],
    );
}

#[test]
fn indefinite_paths_may_match_nothing() {
    check(
        r#""A": {"Type": "Pass", "Result": {"a": []}, "Next": "B"},
           "B": {"Type": "Pass", "End": true, "Parameters": {"a.$": "$.b[*]", "b.$": "$..c", "c.$": "$.a[?(@.x == 1)]"}}"#,
        &[],
    );
}

#[test]
fn each_field_reads_its_own_document() {
    check(
        r#""A": {"Type": "Task", "Resource": "${F}", "InputPath": null, "Parameters": {"in.$": "$.x"},
                 "ResultSelector": {"out.$": "$.y"}, "ResultPath": null, "Next": "B"},
           "B": {"Type": "Pass", "Parameters": {"p": 1}, "ResultPath": "$.kept", "OutputPath": "$.kept.q", "End": true}"#,
        &[
            "ASL0430 /States/A/Parameters/in.$ `$.x` matches nothing: this state gives `$` no fields",
            "ASL0430 /States/B/OutputPath `$.kept.q` matches nothing: this state gives `$.kept` only `p`",
        ],
    );
}

#[test]
fn branches_iterations_and_catchers_hand_on_what_they_build() {
    let branch = r#"{"StartAt": "In", "States": {"In": {"Type": "Pass", "Result": {"id": 1}, "End": true}}}"#;
    check(
        &format!(
            r#""Both": {{"Type": "Parallel", "Branches": [{branch}], "Next": "A"}},
               "A": {{"Type": "Pass", "Parameters": {{"id.$": "$[0].id", "no.$": "$[1].id", "key.$": "$.id"}}, "End": true}}"#
        ),
        &[
            "ASL0430 /States/A/Parameters/no.$ `$[1].id` matches nothing: `$` has one element, `[0]`",
            "ASL0430 /States/A/Parameters/key.$ `$.id` matches nothing: `$` is an array, which has no fields",
        ],
    );
    check(
        &format!(
            r#""Each": {{"Type": "Map", "ItemSelector": {{"item.$": "$$.Map.Item.Value"}}, "ItemProcessor": {branch}, "Next": "A"}},
               "A": {{"Type": "Pass", "Parameters": {{"id.$": "$[0].id", "no.$": "$[1].name"}}, "End": true}}"#
        ),
        &[
            "ASL0430 /States/A/Parameters/no.$ `$[1].name` matches nothing: the state `In` gives `$[1]` only `id`",
        ],
    );
    check(
        r#""A": {"Type": "Task", "Resource": "${F}", "End": true,
                 "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "B"}]},
           "B": {"Type": "Fail", "ErrorPath": "$.error.Error", "CausePath": "$.error.Message"}"#,
        &[
            "ASL0430 /States/B/CausePath `$.error.Message` matches nothing: the state `A` gives `$.error` only `Cause` and `Error`",
        ],
    );
}

#[test]
fn a_text_has_no_fields_until_it_is_read() {
    check(
        r#""A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync", "ResultPath": "$.child",
                 "Parameters": {"StateMachineArn": "${Child}"}, "Next": "B"},
           "B": {"Type": "Pass", "InputPath": "$.child.Output.total", "End": true}"#,
        &[
            "ASL0430 /States/B/InputPath `$.child.Output.total` matches nothing: `$.child.Output` is a string, which has no fields",
        ],
    );
    check(
        r#""A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "ResultPath": "$.child",
                 "Parameters": {"StateMachineArn": "${Child}"}, "Next": "B"},
           "B": {"Type": "Pass", "InputPath": "$.child.Output.total", "End": true}"#,
        &[],
    );
}

#[test]
fn a_test_for_presence_keeps_what_stands_behind_it() {
    let look = |test: &str| {
        format!(
            r#""A": {{"Type": "Pass", "Result": {{"id": 1}}, "Next": "Look"}},
               "Look": {{"Type": "Choice", "Default": "End", "Choices": [{{{test}, "Next": "End"}}]}},
               "End": {{"Type": "Succeed"}}"#
        )
    };
    let present = |wanted: bool| format!(r#"{{"Variable": "$.n", "IsPresent": {wanted}}}"#);
    let compared = r#"{"Variable": "$.n", "NumericEquals": 1}"#;
    check(&look(&format!(r#""And": [{}, {compared}]"#, present(true))), &[]);
    check(&look(&format!(r#""Or": [{}, {compared}]"#, present(false))), &[]);
    check(&look(&format!(r#""And": [{{"Not": {}}}, {compared}]"#, present(false))), &[]);
    check(
        &look(&format!(r#""And": [{compared}, {}]"#, present(true))),
        &[
            "ASL0430 /States/Look/Choices/0/And/0/Variable `$.n` matches nothing: the state `A` gives `$` only `id`",
        ],
    );
}

#[test]
fn values_of_one_variable_may_be_told_apart_by_type() {
    let look = |tests: &str| {
        format!(
            r#""A": {{"Type": "Pass", "Result": {{"id": 1}}, "Next": "Look"}},
               "Look": {{"Type": "Choice", "Default": "End", "Choices": [{{"Or": [{tests}], "Next": "End"}}]}},
               "End": {{"Type": "Succeed"}}"#
        )
    };
    let text = r#"{"Variable": "$.id", "StringEquals": ""}"#;
    let number = r#"{"Variable": "$.id", "NumericEquals": 0}"#;
    check(&look(&format!("{text}, {number}")), &[]);
    check(&look(&format!(r#"{{"Variable": "$.id", "IsNull": true}}, {text}"#)), &[]);
    check(
        &look(text),
        &[
            "ASL0431 /States/Look/Choices/0/Or/0/StringEquals `StringEquals` never holds: `$.id` is always the number 1",
        ],
    );
}

#[test]
fn a_counter_is_not_taken_for_its_first_value() {
    check(
        r#""A": {"Type": "Pass", "Result": {"n": 0}, "Next": "Look"},
           "Look": {"Type": "Choice", "Default": "End", "Choices": [{"Variable": "$.n", "NumericLessThan": 3, "Next": "Count"}]},
           "Count": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "Look"},
           "End": {"Type": "Succeed"}"#,
        &[],
    );
}

#[test]
fn variables_are_seen_in_their_scope_and_not_by_child_executions() {
    let map = |mode: &str| {
        format!(
            r#""A": {{"Type": "Pass", "Assign": {{"user": {{"id": 1}}}}, "Next": "Each"}},
               "Each": {{"Type": "Map", "End": true, "ItemProcessor": {{{mode} "StartAt": "In", "States": {{
                   "In": {{"Type": "Pass", "InputPath": "$user.name", "End": true}}}}}}}}"#
        )
    };
    check(
        &map(""),
        &[
            "ASL0430 /States/Each/ItemProcessor/States/In/InputPath `$user.name` matches nothing: the state `A` gives `$user` only `id`",
        ],
    );
    check(&map(r#""ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},"#), &[]);
}

#[test]
fn a_variable_keeps_its_value_until_the_next_state() {
    check(
        r#""A": {"Type": "Pass", "Assign": {"v": {"a": 1}}, "Next": "B"},
           "B": {"Type": "Pass", "Parameters": {"x.$": "$v.a"}, "Assign": {"v": {"b": 1}}, "Next": "C"},
           "C": {"Type": "Pass", "Parameters": {"x.$": "$v.a"}, "End": true}"#,
        &["ASL0430 /States/C/Parameters/x.$ `$v.a` matches nothing: the state `B` gives `$v` only `b`"],
    );
}

#[test]
fn expressions_that_are_a_path_are_followed_and_others_left_alone() {
    let machine = |expression: &str| {
        format!(
            r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{
                "A": {{"Type": "Pass", "Output": {{"user": {{"id": 1}}, "all": [1, 2], "x": "{{% $uuid() %}}"}}, "Next": "B"}},
                "B": {{"Type": "Succeed", "Output": {{"v": "{{% {expression} %}}"}}}}}}}}"#
        )
    };
    check_definition(
        &machine("$states.input.user.name"),
        &[
            "ASL0430 /States/B/Output/v `$states.input.user.name` matches nothing: the state `A` gives `$states.input.user` only `id`",
        ],
    );
    for fine in [
        "$states.input.user.id",
        "$states.input.x.anything",
        "$states.input.all.id",
        "$exists($states.input.name)",
        "$states.input.user.name ? 1 : 2",
        "{'a': $states.input.name}",
    ] {
        check_definition(&machine(fine), &[]);
    }
}

#[test]
fn numbers_in_texts_are_let_pass() {
    check(
        r#""A": {"Type": "Pass", "Result": {"n": "1", "items": []}, "Next": "Each"},
           "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrencyPath": "$.n", "End": true,
                    "ItemProcessor": {"StartAt": "In", "States": {"In": {"Type": "Succeed"}}}}"#,
        &[],
    );
    check(
        r#""A": {"Type": "Pass", "Result": {"n": "many", "items": {"a": 1}}, "Next": "Each"},
           "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrencyPath": "$.n", "End": true,
                    "ItemProcessor": {"StartAt": "In", "States": {"In": {"Type": "Succeed"}}}}"#,
        &[
            "ASL0432 /States/Each/MaxConcurrencyPath `$.n` is the string `many`, where a whole number is wanted",
            "ASL0432 /States/Each/ItemsPath `$.items` is an object, where an array is wanted",
        ],
    );
}

#[test]
fn a_machine_whose_ways_are_not_known_is_left_alone() {
    check(
        r#""A": {"Type": "Pass", "Result": {"id": 1}, "Next": "B"},
           "B": {"Type": "Pass", "InputPath": "$.name", "Next": "${Next}"},
           "C": {"Type": "Succeed"}"#,
        &[],
    );
}
