//! Histories that come near their end: where that is told, and how often.

use asl_core::model::WorkflowType;
use asl_core::validate;

/// Compares what is told of histories with what is expected: place and message of each finding.
#[track_caller]
fn check_as(workflow_type: WorkflowType, definition: &str, expected: &[(&str, &str)]) {
    let decoded = asl_core::decode(definition).expect("the definition is JSON");
    let findings = validate::advice(&decoded.machine, workflow_type);
    let told: Vec<(String, String)> = findings
        .into_iter()
        .filter(|finding| finding.code.as_str() == "ASL0922")
        .map(|finding| (finding.at.to_string(), finding.message))
        .collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(at, message)| (&**at, &**message)).collect();
    assert_eq!(told, expected, "{definition}");
}

#[track_caller]
fn check(definition: &str, expected: &[(&str, &str)]) {
    check_as(WorkflowType::Standard, definition, expected);
}

fn machine(states: &str) -> String {
    format!(r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{{states}}}}}"#)
}

/// A Map state over so many items.
fn map(name: &str, count: usize, states: &str, end: &str) -> String {
    format!(
        r#""{name}": {{"Type": "Map", "Items": "{{% [1..{count}] %}}", "ItemProcessor": {{{states}}}, {end}}}"#
    )
}

const PASS: &str = r#""StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}"#;

const END: &str = r#""End": true"#;

#[test]
fn four_fifths_of_a_history_are_told() {
    check(&machine(&map("A", 4_998, PASS, END)), &[]);
    let near = "this Map runs 4999 iterations of at least 4 events: 20000 events in all, and an execution fails after 25000";
    check(&machine(&map("A", 4_999, PASS, END)), &[("/States/A", near)]);
}

#[test]
fn express_executions_have_no_history_that_ends() {
    check_as(WorkflowType::Express, &machine(&map("A", 9_000, PASS, END)), &[]);
}

#[test]
fn child_executions_have_histories_of_their_own() {
    let children = |kind: &str| {
        let config = format!(r#""ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "{kind}"}}"#);
        let inner = map("M", 9_000, PASS, END);
        let states = format!(r#"{config}, "StartAt": "M", "States": {{{inner}}}"#);
        machine(&map("A", 9_000, &states, END))
    };
    let told = "this Map runs 9000 iterations of at least 4 events: 36004 events in all, and an execution fails after 25000";
    check(&children("STANDARD"), &[("/States/A/ItemProcessor/States/M", told)]);
    check(&children("EXPRESS"), &[]);
}

#[test]
fn what_multiplies_is_told_at_the_innermost_place_that_is_enough() {
    let nested = |outer: usize, inner: usize| {
        let states = format!(r#""StartAt": "M", "States": {{{}}}"#, map("M", inner, PASS, END));
        machine(&map("A", outer, &states, END))
    };
    let product = "this Map runs 100 iterations of at least 406 events: 40604 events in all, and an execution fails after 25000";
    check(&nested(100, 100), &[("/States/A", product)]);
    let alone = "this Map runs 6000 iterations of at least 4 events: 24004 events in all, and an execution fails after 25000";
    check(&nested(100, 6_000), &[("/States/A/ItemProcessor/States/M", alone)]);
}

#[test]
fn an_execution_is_told_of_where_no_state_alone_is_enough() {
    let next = r#""Next": "B""#;
    let two = format!("{}, {}", map("A", 3_000, PASS, next), map("B", 3_000, PASS, END));
    let told =
        "the shortest way through these states adds 24010 events in all, and an execution fails after 25000";
    check(&machine(&two), &[("/States", told)]);
    // past one of them there is a way
    let one_or_other = format!(
        r#""A": {{"Type": "Choice", "Choices": [{{"Condition": "{{% $states.input.more %}}", "Next": "C"}}], "Default": "B"}}, {}, {}"#,
        map("C", 3_000, PASS, next),
        map("B", 3_000, PASS, END)
    );
    check(&machine(&one_or_other), &[]);
}

#[test]
fn a_loop_is_told_of_at_the_choice_that_ends_it() {
    let states = |condition: &str| {
        format!(
            r#""A": {{"Type": "Pass", "Assign": {{"i": 0}}, "Next": "W"}},
            "W": {{"Type": "Wait", "Seconds": 60, "Next": "T"}},
            "T": {{"Type": "Task", "Resource": "${{F}}", "Assign": {{"i": "{{% $i + 1 %}}", "status": "{{% $states.result.status %}}"}},
                "Next": "Again?"}},
            "Again?": {{"Type": "Choice", "Choices": [{{"Condition": "{{% {condition} %}}", "Next": "W"}}], "Default": "D"}},
            "D": {{"Type": "Succeed"}}"#
        )
    };
    let counted = "this Choice leads back 2999 times, each round with at least 9 events: 26991 events in all, and an execution fails after 25000";
    check(&machine(&states("$i < 3000")), &[("/States/Again?", counted)]);
    let bounded = counted.replace("leads", "may lead");
    check(&machine(&states("$status = 'RUNNING' and $i < 3000")), &[("/States/Again?", &bounded)]);
    check(&machine(&states("$i < 300")), &[]);
    check(&machine(&states("$status = 'RUNNING'")), &[]);
}

#[test]
fn a_poll_for_each_item_is_told_of_at_the_items() {
    let poll = r#""StartAt": "N", "States": {
        "N": {"Type": "Pass", "Assign": {"n": 0}, "Next": "W"},
        "W": {"Type": "Wait", "Seconds": 60, "Next": "T"},
        "T": {"Type": "Task", "Resource": "${F}", "Assign": {"n": "{% $n + 1 %}"}, "Next": "C"},
        "C": {"Type": "Choice", "Default": "D", "Choices": [
            {"Condition": "{% $states.input.busy and $n < 60 %}", "Next": "W"}]},
        "D": {"Type": "Succeed"}}"#;
    // begun, 60 rounds, done, and the iteration itself
    let told = "this Map runs 40 iterations of 546 events, unless a loop in them is left early: 21844 events in all, and an execution fails after 25000";
    check(&machine(&map("A", 40, poll, END)), &[("/States/A", told)]);
    check(&machine(&map("A", 30, poll, END)), &[]);
}

#[test]
fn a_definition_that_contradicts_itself_is_not_counted() {
    let definition = machine(&map("A", 9_000, PASS, r#""Next": "${Next}""#));
    check(&definition, &[]);
    check(&machine(&map("A", 9_000, PASS, r#""End": true, "Colour": "red""#)), &[]);
}
