//! Advice: where it is given, and what it leaves alone.

use asl_core::model::WorkflowType;
use asl_core::validate;

/// Compares the advice about a definition, and the warnings of the section of advice, with what is expected: `code
/// place` of each.
#[track_caller]
fn check_as(workflow_type: WorkflowType, definition: &str, expected: &[&str]) {
    let decoded = asl_core::decode(definition).expect("the definition is JSON");
    let mut findings = decoded.all_findings(workflow_type);
    findings.extend(validate::advice(&decoded.machine, workflow_type));
    // what is known of the data is told by rules of its own
    let advice = findings.iter().filter(|finding| !finding.code.as_str().starts_with("ASL043"));
    let advice: Vec<String> = advice.map(|finding| format!("{} {}", finding.code, finding.at)).collect();
    assert_eq!(advice, expected, "{definition}");
}

#[track_caller]
fn check(definition: &str, expected: &[&str]) {
    check_as(WorkflowType::Standard, definition, expected);
}

/// The same for a machine of one state, `A`, with these fields.
#[track_caller]
fn check_state(fields: &str, expected: &[&str]) {
    check(&machine(fields), expected);
}

fn machine(fields: &str) -> String {
    format!(r#"{{"StartAt": "A", "States": {{"A": {{{fields}, "End": true}}}}}}"#)
}

/// A Task with one retrier.
fn retrying(retrier: &str) -> String {
    format!(r#""Type": "Task", "Resource": "${{F}}", "Retry": [{{"ErrorEquals": ["Busy"], {retrier}}}]"#)
}

/// A Task with one catcher for these errors, and the state that it leads to.
fn catching(task: &str, catcher: &str, target: &str) -> String {
    format!(
        r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Task", {task}, "End": true, "Catch": [{{{catcher}, "Next": "B"}}]}},
            "B": {{{target}}}}}}}"#
    )
}

#[test]
fn waiting_is_judged_by_its_sum() {
    let at = "/States/A/Retry/0";
    // 1 + 2 + … + 1024 s is half an hour, one retry more is over an hour
    check_state(&retrying(r#""MaxAttempts": 11"#), &[]);
    check_state(&retrying(r#""MaxAttempts": 12"#), &[&format!("ASL0904 {at}")]);
    check_state(&retrying(r#""MaxAttempts": 12, "MaxDelaySeconds": 300"#), &[]);
    check_state(&retrying(r#""MaxAttempts": "${Attempts}", "IntervalSeconds": 9999"#), &[]);
    check_state(&retrying(r#""MaxAttempts": 0, "IntervalSeconds": 9999"#), &[]);
}

#[test]
fn waiting_longer_than_the_execution_lives_is_one_finding() {
    let with_timeout = |retrier: &str| {
        machine(&retrying(retrier)).replacen("\"StartAt\"", "\"TimeoutSeconds\": 5000, \"StartAt\"", 1)
    };
    check(&with_timeout(r#""MaxAttempts": 12"#), &["ASL0904 /States/A/Retry/0"]);
    check(&with_timeout(r#""MaxAttempts": 13"#), &["ASL0905 /States/A/Retry/0"]);
    // at random the waits may be short
    let random = r#""MaxAttempts": 13, "JitterStrategy": "FULL""#;
    check(&with_timeout(random), &["ASL0904 /States/A/Retry/0"]);
    let five_minutes = machine(&retrying(r#""MaxAttempts": 9"#));
    check_as(WorkflowType::Express, &five_minutes, &["ASL0905 /States/A/Retry/0"]);
    check_as(WorkflowType::Standard, &five_minutes, &[]);
}

#[test]
fn children_live_as_long_as_their_own_type() {
    let children = |kind: &str| {
        format!(
            r#"{{"TimeoutSeconds": 200, "StartAt": "M", "States": {{"M": {{"Type": "Map", "End": true, "ItemProcessor": {{
                "ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "{kind}"}},
                "StartAt": "A", "States": {{"A": {{{}, "End": true}}}}}}}}}}}}"#,
            retrying(r#""MaxAttempts": 9"#)
        )
    };
    check(&children("STANDARD"), &[]);
    check(&children("EXPRESS"), &["ASL0905 /States/M/ItemProcessor/States/A/Retry/0"]);
}

#[test]
fn retries_without_end_have_one_finding_where_there_is_a_history() {
    let endless = machine(&retrying(r#""MaxAttempts": 25000, "BackoffRate": 1, "IntervalSeconds": 60"#));
    check(&endless, &["ASL0914 /States/A/Retry/0/MaxAttempts"]);
    check_as(WorkflowType::Express, &endless, &[]);
}

#[test]
fn only_a_task_that_can_hang_needs_a_limit() {
    let task = |resource: &str, fields: &str| {
        format!(r#""Type": "Task", "Resource": "arn:aws:states:{resource}", "Parameters": {{{fields}}}"#)
    };
    let glue = |fields: &str| task("::glue:startJobRun.sync", &format!(r#""JobName": "j"{fields}"#));
    check_state(&glue(""), &["ASL0906 /States/A"]);
    check_state(&glue(r#", "Timeout": 60"#), &[]);
    check_state(&format!(r#"{}, "TimeoutSecondsPath": "$.limit""#, glue("")), &[]);
    check(&machine(&glue("")).replacen("\"StartAt\"", "\"TimeoutSeconds\": 9, \"StartAt\"", 1), &[]);
    check_state(&task("::aws-sdk:s3:listBuckets", ""), &[]);
    let activity = task("eu-west-1:123456789012:activity:pack", "");
    check_state(&activity, &["ASL0907 /States/A"]);
    check_state(&format!(r#"{activity}, "HeartbeatSeconds": 60"#), &[]);
}

#[test]
fn a_lambda_function_needs_retries_unless_its_author_said_otherwise() {
    let lambda = r#""Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f""#;
    let retry =
        |errors: &str| format!(r#"{lambda}, "Retry": [{{"ErrorEquals": [{errors}], "MaxAttempts": 0}}]"#);
    check_state(lambda, &["ASL0908 /States/A"]);
    check_state(&retry(r#""Lambda.ServiceException""#), &["ASL0908 /States/A/Retry"]);
    for enough in [r#""States.ALL""#, r#""States.TaskFailed", "Own""#, r#""${Errors}""#] {
        check_state(&retry(enough), &[]);
    }
}

#[test]
fn the_state_behind_a_catcher_is_looked_at_once() {
    let task = r#""Resource": "${F}""#;
    let catcher = r#""ErrorEquals": ["States.ALL"], "ResultPath": "$.error""#;
    check(
        &catching(task, catcher, r#""Type": "Task", "Resource": "${G}", "End": true"#),
        &["ASL0909 /States/B"],
    );
    // what calls Lambda has the finding about Lambda
    let lambda =
        r#""Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "End": true"#;
    check(&catching(task, catcher, lambda), &["ASL0908 /States/B"]);
    check(&catching(task, catcher, r#""Type": "Pass", "End": true"#), &[]);
}

#[test]
fn the_input_is_missed_only_where_it_is_wanted() {
    let catcher = r#""ErrorEquals": ["States.ALL"]"#;
    let to = |target: &str| catching(r#""Resource": "${F}""#, catcher, target);
    let retry = r#""Resource": "${G}", "Retry": [{"ErrorEquals": ["States.ALL"]}], "End": true"#;
    let lost: &[&str] = &["ASL0910 /States/A/Catch/0"];
    check(&to(&format!(r#""Type": "Task", {retry}"#)), lost);
    check(&to(&format!(r#""Type": "Task", {retry}, "Parameters": {{"all.$": "$"}}"#)), lost);
    check(
        &to(&format!(r#""Type": "Task", {retry}, "Parameters": {{"id.$": "$.id", "why.$": "$.Cause"}}"#)),
        lost,
    );
    let error_only = r#""Parameters": {"why.$": "States.StringToJson($.Cause)", "run.$": "$$.Execution.Id"}"#;
    check(&to(&format!(r#""Type": "Task", {retry}, {error_only}"#)), &[]);
    for end in [
        r#""Type": "Fail", "CausePath": "$.Cause""#,
        r#""Type": "Succeed""#,
        r#""Type": "Pass", "End": true"#,
        r#""Type": "Pass", "Parameters": {"error.$": "$"}, "End": true"#,
    ] {
        check(&to(end), &[]);
    }
}

#[test]
fn pass_states_that_use_each_other_are_left_alone() {
    let pair = |first: &str, second: &str| {
        format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Pass", {first}, "Next": "B"}},
                "B": {{"Type": "Pass", {second}, "End": true}}}}}}"#
        )
    };
    let chain: &[&str] = &["ASL0911 /States/A"];
    check(&pair(r#""Result": 1, "ResultPath": "$.a""#, r#""Result": 2, "ResultPath": "$.b""#), chain);
    check_as(WorkflowType::Express, &pair(r#""Result": 1"#, r#""Result": 2"#), &[]);
    for (first, second) in [
        (r#""Result": 1, "ResultPath": "$.a""#, r#""Parameters": {"b.$": "$.a"}"#),
        (r#""Result": {"a": 1}"#, r#""InputPath": "$.a""#),
        (r#""Assign": {"x": 1}"#, r#""Parameters": {"b.$": "$x"}"#),
        (r#""QueryLanguage": "JSONata", "Output": 1"#, r#""Result": 1"#),
        (
            r#""QueryLanguage": "JSONata", "Output": 1"#,
            r#""QueryLanguage": "JSONata", "Output": "{% $states.input + 1 %}""#,
        ),
    ] {
        check(&pair(first, second), &[]);
    }
    // a state that is reached from elsewhere too must stay
    check(
        r#"{"StartAt": "C", "States": {
            "C": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"}], "Default": "B"},
            "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "End": true}}}"#,
        &[],
    );
}

#[test]
fn each_loop_without_a_way_out_is_told_once() {
    let machine = |rest: &str| {
        format!(
            r#"{{"StartAt": "C", "States": {{
            "C": {{"Type": "Choice", "Choices": [{{"Variable": "$.x", "IsPresent": true, "Next": "A"}}], "Default": "D"}},
            "D": {{"Type": "Succeed"}}, {rest}}}}}"#
        )
    };
    let wait =
        |name: &str, next: &str| format!(r#""{name}": {{"Type": "Wait", "Seconds": 1, "Next": "{next}"}}"#);
    check(&machine(&wait("A", "A")), &["ASL0915 /States/A"]);
    check(&machine(&[wait("A", "X"), wait("X", "Y"), wait("Y", "X")].join(",")), &["ASL0915 /States/A"]);
    check(&machine(&[wait("A", "X"), wait("X", "C")].join(",")), &[]);
    // where the end is not reached, that is the finding
    let stray = [wait("A", "A"), r#""E": {"Type": "Succeed"}"#.to_owned()].join(",");
    check(&machine(&stray), &["ASL0302 /States/E"]);
}

#[test]
fn a_choice_that_leaves_nothing_over_needs_no_default() {
    let choice = |language: &str, rules: [&str; 2]| {
        let [one, other] = rules;
        format!(
            r#"{{"QueryLanguage": "{language}", "StartAt": "A", "States": {{"B": {{"Type": "Succeed"}},
                "A": {{"Type": "Choice", "Choices": [{{{one}, "Next": "B"}}, {{{other}, "Next": "B"}}]}}}}}}"#
        )
    };
    let present = r#""Variable": "$.x", "IsPresent": true"#;
    for other in [r#""Variable": "$.x", "IsPresent": false"#, &format!(r#""Not": {{{present}}}"#)] {
        check(&choice("JSONPath", [present, other]), &[]);
    }
    let less = r#""Variable": "$.x", "NumericLessThan": 5"#;
    check(&choice("JSONPath", [less, r#""Variable": "$.x", "NumericGreaterThanEquals": 5"#]), &[]);
    let open: &[&str] = &["ASL0916 /States/A"];
    check(&choice("JSONPath", [less, r#""Variable": "$.x", "NumericGreaterThan": 5"#]), open);
    check(&choice("JSONPath", [less, r#""Variable": "$.y", "NumericGreaterThanEquals": 5"#]), open);
    let condition = |test: &str| format!(r#""Condition": {test}"#);
    let is_a = condition(r#""{% $states.input = 'a' %}""#);
    check(&choice("JSONata", [&is_a, &condition("true")]), &[]);
    check(&choice("JSONata", [&is_a, &condition(r#""{% $states.input != 'a' %}""#)]), &[]);
    check(&choice("JSONata", [&is_a, &condition(r#""{% $states.input = 'b' %}""#)]), open);
}

#[test]
fn a_handler_is_wrong_only_where_its_error_cannot_happen() {
    let task = |fields: &str, error: &str| {
        format!(r#""Type": "Task", "Resource": {fields}, "Retry": [{{"ErrorEquals": ["{error}"]}}]"#)
    };
    let never: &[&str] = &["ASL0917 /States/A/Retry/0/ErrorEquals/0"];
    for error in [
        "States.Runtime",
        "States.ParameterPathFailure",
        "States.NoChoiceMatched",
        "States.BranchFailed",
        "States.ItemReaderFailed",
        "States.HeartbeatTimeout",
        "States.QueryEvaluationError",
    ] {
        check_state(&task(r#""${F}""#, error), never);
    }
    for error in
        ["States.Timeout", "States.DataLimitExceeded", "States.Http.Socket", "States.Permissions", "Own"]
    {
        check_state(&task(r#""${F}""#, error), &[]);
    }
    let get = r#""arn:aws:states:::dynamodb:getItem", "Parameters": {"TableName": "t", "Key": {}}"#;
    check_state(&task(get, "States.Http.StatusCode.500"), never);
    check_state(&task(r#""${F}", "HeartbeatSecondsPath": "$.beat""#, "States.HeartbeatTimeout"), &[]);
    check_state(&task(r#""${F}", "QueryLanguage": "JSONata""#, "States.QueryEvaluationError"), &[]);
}

#[test]
fn a_loop_that_polls_is_seen_only_around_a_job_that_can_be_waited_for() {
    let machine = |start: &str, look: &str| {
        format!(
            r#"{{"StartAt": "Start", "States": {{
            "Start": {{"Type": "Task", "Resource": "arn:aws:states:::{start}", "Next": "Wait"}},
            "Wait": {{"Type": "Wait", "Seconds": 30, "Next": "Look"}},
            "Look": {{"Type": "Task", "Resource": "arn:aws:states:::{look}", "Next": "Finished?"}},
            "Finished?": {{"Type": "Choice", "Choices": [{{"Variable": "$.done", "BooleanEquals": true, "Next": "Done"}}],
                           "Default": "Wait"}},
            "Done": {{"Type": "Succeed"}}}}}}"#
        )
    };
    let polls: &[&str] = &["ASL0918 /States/Start/Resource"];
    check(&machine("aws-sdk:glue:startJobRun", "aws-sdk:glue:getJobRun"), polls);
    check(&machine("aws-sdk:sfn:startExecution", "aws-sdk:sfn:describeExecution"), polls);
    check(&machine("aws-sdk:textract:startDocumentAnalysis", "aws-sdk:textract:getDocumentAnalysis"), &[]);
    check(&machine("aws-sdk:glue:startJobRun", "aws-sdk:batch:describeJobs"), &[]);
    let glue = machine("aws-sdk:glue:startJobRun", "aws-sdk:glue:getJobRun");
    check_as(WorkflowType::Express, &glue, &[]);
    check(&glue.replace(r#""Default": "Wait""#, r#""Default": "Done""#), &[]);
}

#[test]
fn a_payload_is_measured_by_what_is_certain() {
    let long = "x".repeat(262_144);
    let pass = |fields: &str| format!(r#""Type": "Pass", {fields}"#);
    check_state(&pass(&format!(r#""Result": "{long}""#)), &["ASL0913 /States/A/Result"]);
    check_state(&pass(&format!(r#""Result": "{}""#, &long[2..])), &[]);
    check_state(&pass(&format!(r#""Result": "{long}", "ResultPath": null"#)), &[]);
    let expression = format!(r#""QueryLanguage": "JSONata", "Output": "{{% '{long}' %}}""#);
    check_state(&pass(&expression), &[]);
}
