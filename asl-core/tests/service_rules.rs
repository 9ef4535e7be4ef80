//! Where the rules of tasks, Map states and Express workflows report, and where they keep still.

use asl_core::model::WorkflowType;

/// The findings of these rules in a machine, one a line, without help.
fn found(machine: &str, workflow_type: WorkflowType) -> String {
    let decoded = asl_core::decode(machine).unwrap();
    let findings = decoded.all_findings(workflow_type);
    let lines = findings
        .iter()
        .map(|it| format!("{} {} {}: {} ", it.severity, it.code, it.at, it.message).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// The codes that a Task with these fields gives.
#[track_caller]
fn check_task(language: &str, fields: &str, codes: &[&str]) {
    let machine = format!(
        r#"{{"QueryLanguage": "{language}", "StartAt": "A", "States": {{"A": {{"Type": "Task", {fields}, "End": true}}}}}}"#
    );
    let decoded = asl_core::decode(&machine).unwrap();
    let findings = decoded.all_findings(WorkflowType::Standard);
    let found: Vec<&str> = findings.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(found, codes, "{fields}: {findings:#?}");
}

fn map_with(fields: &str) -> String {
    format!(
        r#"{{"StartAt": "M", "States": {{"M": {{"Type": "Map", {fields},
            "ItemProcessor": {{"ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}},
            "StartAt": "A", "States": {{"A": {{"Type": "Succeed"}}}}}}, "End": true}}}}}}"#
    )
}

fn reader(resource: &str, config: &str) -> String {
    map_with(&format!(
        r#""ItemReader": {{"Resource": "arn:aws:states:::s3:{resource}", "ReaderConfig": {{{config}}},
            "Parameters": {{"Bucket": "b", "Key": "k"}}}}"#
    ))
}

#[test]
fn a_token_may_hide_where_it_cannot_be_seen() {
    let send = r#""Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken""#;
    for (language, payload) in [
        ("JSONPath", r#""InputPath": "$$""#),
        ("JSONPath", r#""Parameters": {"QueueUrl": "q", "MessageBody.$": "$$.Task"}"#),
        ("JSONPath", r#""Parameters": {"QueueUrl": "q", "MessageBody.$": "$$['Task']['Token']"}"#),
        (
            "JSONPath",
            r#""Parameters": {"QueueUrl": "q", "MessageBody.$": "States.Format('{}', $$.Task.Token)"}"#,
        ),
        ("JSONPath", r#""Parameters": {"QueueUrl": "q", "MessageBody.$": "${Path}"}"#),
        ("JSONPath", r#""Parameters": {"QueueUrl": "q", "MessageBody": {"a": [{"t.$": "$$.Task.Token"}]}}"#),
        ("JSONata", r#""Arguments": "{% $states.context.Task %}""#),
        ("JSONata", r#""Arguments": "{% $merge([$states.input, $states.context]) %}""#),
        ("JSONata", r#""Arguments": {"QueueUrl": "q", "MessageBody": "{% $states %}"}"#),
    ] {
        check_task(language, &format!("{send}, {payload}"), &[]);
    }
    // a variable may hold it too, though nothing assigns this one
    for (language, payload) in [
        ("JSONPath", r#""Parameters": {"QueueUrl": "q", "MessageBody.$": "$message"}"#),
        ("JSONata", r#""Arguments": {"QueueUrl": "q", "MessageBody": "{% $message %}"}"#),
    ] {
        check_task(language, &format!("{send}, {payload}"), &["ASL0208"]);
    }
}

#[test]
fn a_payload_that_cannot_hold_the_token_is_reported() {
    for (language, payload) in [
        ("JSONPath", r#""InputPath": "$.order""#),
        ("JSONPath", r#""Parameters": {"QueueUrl": "${Queue}", "MessageBody.$": "$"}"#),
        ("JSONPath", r#""Parameters": {"QueueUrl": "q", "MessageBody.$": "$$.Execution.Id"}"#),
        ("JSONata", r#""TimeoutSeconds": 5"#),
        ("JSONata", r#""Arguments": {"QueueUrl": "q", "MessageBody": "{% $string($states.input) %}"}"#),
        ("JSONata", r#""Arguments": {"QueueUrl": "q", "MessageBody": "{% $states.context.Execution.Id %}"}"#),
        ("JSONata", r#""Arguments": {"QueueUrl": "q", "MessageBody": "$states.context.Task.Token"}"#),
    ] {
        for resource in ["arn:aws:states:::sqs:sendMessage.waitForTaskToken", "${Send}.waitForTaskToken"] {
            check_task(language, &format!(r#""Resource": "{resource}", {payload}"#), &["ASL0607"]);
        }
    }
}

#[test]
fn what_only_the_deployment_or_the_execution_knows_is_not_judged() {
    for (language, fields) in [
        ("JSONPath", r#""Resource": "arn:aws:states:::${Service}:${Action}", "Parameters": {}"#),
        ("JSONPath", r#""Resource": "arn:aws:states:::sqs:sendMessage""#),
        ("JSONata", r#""Resource": "arn:aws:states:::sqs:sendMessage", "Arguments": "{% $states.input %}""#),
        ("JSONPath", r#""Resource": "${F}", "Credentials": "${Credentials}""#),
        ("JSONata", r#""Resource": "${F}", "Credentials": "{% $states.input.credentials %}""#),
        ("JSONata", r#""Resource": "${F}", "HeartbeatSeconds": "{% 9 %}", "TimeoutSeconds": 3"#),
    ] {
        check_task(language, fields, &[]);
    }
}

#[test]
fn credentials_must_be_an_object_with_a_role() {
    for credentials in [r#""role""#, "[]", "null", "{}", r#""{% $role %}""#] {
        check_task(
            "JSONPath",
            &format!(r#""Resource": "${{F}}", "Credentials": {credentials}"#),
            &["ASL0604"],
        );
    }
}

#[test]
fn a_callback_is_only_doubted_where_the_guide_leaves_open_which_actions_have_it() {
    let task = |resource: &str| {
        let machine = format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Task", "Resource": "arn:aws:states:::{resource}",
                "Parameters": {{"Name.$": "$$.Task.Token", "RoleArn": "r", "ResourcesVpcConfig": {{}}}}, "End": true}}}}}}"#
        );
        found(&machine, WorkflowType::Standard)
    };
    assert_eq!(
        task("eks:createCluster.waitForTaskToken"),
        "warning ASL0603 /States/A/Resource: `eks:createCluster` does not support `.waitForTaskToken`"
    );
    assert_eq!(
        task("databrew:startJobRun.waitForTaskToken"),
        "error ASL0603 /States/A/Resource: `databrew:startJobRun` does not support `.waitForTaskToken`"
    );
}

#[test]
fn an_unknown_service_or_action_comes_with_the_nearest_that_there_is() {
    for (resource, help) in [
        ("dynamodb:putItems", "did you mean `putItem`?"),
        ("dynamo:putItem", "did you mean `dynamodb`?"),
        ("kinesis:PutRecord", "call it through the AWS SDK: `arn:aws:states:::aws-sdk:kinesis:putRecord`"),
        ("lambda:invoke:live", "remove `:live`; nothing but a pattern follows an action"),
        ("http:get", "write `invoke`"),
        ("stateMachine:Ship", "start the state machine with `arn:aws:states:::states:startExecution.sync:2`"),
        ("aws-sdk:bedrock-runtime:converse", "write `bedrockruntime`"),
        ("aws-sdk:logs:putLogEvents", "write `cloudwatchlogs`"),
    ] {
        let machine = format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Task", "Resource": "arn:aws:states:::{resource}", "End": true}}}}}}"#
        );
        let decoded = asl_core::decode(&machine).unwrap();
        let findings = decoded.all_findings(WorkflowType::Standard);
        let found: Vec<_> = findings.iter().map(|it| (it.code.as_str(), it.help.as_deref())).collect();
        assert_eq!(found, [("ASL0602", Some(help))], "{resource}");
    }
}

#[test]
fn a_reader_takes_what_the_documentation_combines() {
    for (resource, config) in [
        ("getObject", r#""InputType": "MANIFEST", "MaxItems": 0"#),
        ("getObject", r#""ManifestType": "S3_INVENTORY", "CSVDelimiter": "TAB""#),
        ("getObject", r#""ManifestType": "ATHENA_DATA", "InputType": "PARQUET""#),
        ("getObject", r#""InputType": "${Format}", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a"]"#),
        ("listObjectsV2", ""),
        (
            "listObjectsV2",
            r#""Transformation": "LOAD_AND_FLATTEN", "InputType": "JSON", "ItemsPointer": "/items""#,
        ),
    ] {
        assert_eq!(found(&reader(resource, config), WorkflowType::Standard), "", "{config}");
    }
}

#[test]
fn a_reader_is_warned_of_what_the_documentation_does_not_combine() {
    for (resource, config, field) in [
        ("getObject", r#""InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN""#, "/Transformation"),
        ("getObject", r#""InputType": "JSON", "CSVDelimiter": "TAB""#, "/CSVDelimiter"),
        (
            "getObject",
            r#""InputType": "CSV", "ManifestType": "S3_INVENTORY", "CSVHeaderLocation": "FIRST_ROW""#,
            "/InputType",
        ),
        ("getObject", r#""InputType": "JSON", "ManifestType": "ATHENA_DATA""#, "/InputType"),
        ("listObjectsV2", r#""InputType": "MANIFEST", "Transformation": "LOAD_AND_FLATTEN""#, "/InputType"),
        ("getObject", r#""InputType": "PARQUET", "CSVHeaderLocation": "FIRST_ROW""#, "/CSVHeaderLocation"),
        (
            "getObject",
            r#""InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "CSVHeaders": ["a"]"#,
            "/CSVHeaders",
        ),
        (
            "getObject",
            r#""InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a", "b", "a"]"#,
            "/CSVHeaders/2",
        ),
    ] {
        let found = found(&reader(resource, config), WorkflowType::Standard);
        let start = format!("warning ASL0703 /States/M/ItemReader/ReaderConfig{field}: ");
        assert!(found.starts_with(&start) && found.lines().count() == 1, "{config}: {found}");
    }
}

#[test]
fn a_mode_that_is_none_or_not_known_yet_decides_nothing() {
    for config in [r#"{"Mode": "${Mode}"}"#, r#"{"Mode": "${Mode}", "ExecutionType": "EXPRESS"}"#] {
        let machine = format!(
            r#"{{"StartAt": "M", "States": {{"M": {{"Type": "Map", "Label": "l", "ItemProcessor": {{"ProcessorConfig": {config},
                "StartAt": "A", "States": {{"A": {{"Type": "Succeed"}}}}}}, "End": true}}}}}}"#
        );
        assert_eq!(found(&machine, WorkflowType::Standard), "", "{config}");
    }
    let machine = map_with(r#""Label": "l""#).replace("DISTRIBUTED", "distributed");
    let found = found(&machine, WorkflowType::Standard);
    assert!(found.starts_with("error ASL0104 ") && found.lines().count() == 1, "{found}");
}

#[test]
fn standard_children_of_a_distributed_map_may_wait() {
    let machine = map_with(r#""MaxConcurrency": 1"#)
        .replace(r#"{"Type": "Succeed"}"#, r#"{"Type": "Wait", "Seconds": 900, "End": true}"#);
    assert_eq!(found(&machine, WorkflowType::Standard), "");
    let express = machine.replace("STANDARD", "EXPRESS");
    assert_eq!(
        found(&express, WorkflowType::Standard),
        "warning ASL0804 /States/M/ItemProcessor/States/A/Seconds: \
         an Express execution ends after five minutes, before these 900 s"
    );
}

#[test]
fn in_a_jsonata_state_a_text_may_look_like_a_path() {
    let machine =
        r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "$.x"}}}"#;
    assert_eq!(found(machine, WorkflowType::Standard), "");
}
