//! No depth of nesting that is read overflows the stack of a thread, and what is deeper is refused.

use std::thread;

use asl_core::model::WorkflowType;
use asl_core::{emit, encode, render, validate};

/// Half of what Rust's threads have.
const STACK: usize = 1 << 20;

/// Something inside itself, so many times.
fn nested(times: usize, outside: &str, inside: &str) -> String {
    let (before, after) = outside.split_once("…").unwrap();
    format!("{}{inside}{}", before.repeat(times), after.repeat(times))
}

const SCOPE: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#;
const PARALLEL: &str =
    r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "End": true, "Branches": […]}}}"#;
const MAP: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, "ItemProcessor": …}}}"#;
const TEST: &str = r#"{"Variable": "$.n", "IsNull": true}"#;

fn choice(rule: &str) -> String {
    format!(
        r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Choice", "Choices": [{{"Not": {rule}, "Next": "A"}}]}}}}}}"#
    )
}

fn payload(language: &str, field: &str, value: &str) -> String {
    format!(
        r#"{{"QueryLanguage": "{language}", "StartAt": "A", "States": {{"A": {{"Type": "Task", "Resource": "${{A}}", "{field}": {value}, "End": true}}}}}}"#
    )
}

/// Finds the greatest depth that is read, and does everything with it on a small stack.
#[track_caller]
fn check(text: impl Fn(usize) -> String) {
    let deepest = (1..1000).rev().find(|depth| asl_core::decode(&text(*depth)).is_ok()).unwrap();
    assert!(deepest >= 30, "only {deepest} levels are read");
    assert!(serde_json::from_str::<serde_json::Value>(&text(deepest)).is_ok());
    let error = asl_core::decode(&text(deepest + 1)).unwrap_err();
    assert!(error.message.starts_with("nested more than"), "{}", error.message);
    let text = text(deepest);
    let everything = move || {
        let decoded = asl_core::decode(&text).unwrap();
        let machine = &decoded.machine;
        let copy = machine.clone();
        assert_eq!(&copy, machine);
        assert!(format!("{machine:?}").len() > deepest);
        let _ = validate::findings(machine, WorkflowType::Express);
        assert!(render::mermaid(machine).len() > 40);
        assert!(render::dot(machine).len() > 40);
        assert!(emit::placeholders(machine).iter().count() <= 1);
        let again = asl_core::decode(&encode::to_string_pretty(machine)).unwrap().machine;
        assert_eq!(encode::to_string(&again), encode::to_string(machine));
        assert!(serde_json::to_value(machine).unwrap().is_object());
    };
    thread::Builder::new().stack_size(STACK).spawn(everything).unwrap().join().unwrap();
}

#[test]
fn branches_in_branches() {
    check(|depth| nested(depth, PARALLEL, SCOPE));
}

#[test]
fn brackets_in_strings_do_not_count() {
    let brackets = r#"\"["#.repeat(1000);
    let text =
        format!(r#"{{"Comment": "{brackets}", "StartAt": "A", "States": {{"A": {{"Type": "Succeed"}}}}}}"#);
    assert_eq!(asl_core::decode(&text).unwrap().machine.comment.unwrap().len(), 2000);
}

#[test]
fn the_limit_is_that_of_serde_json() {
    let text = |depth| format!(r#"{{"Comment": {}}}"#, nested(depth, "[…]", "1"));
    let reads = |depth| serde_json::from_str::<serde_json::Value>(&text(depth)).is_ok();
    assert!(asl_core::decode(&text(126)).is_ok() && reads(126));
    assert!(asl_core::decode(&text(127)).is_err() && !reads(127));
}

#[test]
fn processors_in_processors() {
    check(|depth| nested(depth, MAP, SCOPE));
}

#[test]
fn rules_in_rules() {
    check(|depth| choice(&nested(depth, r#"{"Not": …}"#, TEST)));
    check(|depth| choice(&nested(depth, r#"{"And": […]}"#, TEST)));
    check(|depth| choice(&nested(depth, r#"{"Or": [{"IsNull": true}, …]}"#, TEST)));
}

#[test]
fn arrays_and_objects_in_payloads() {
    check(|depth| payload("JSONPath", "Parameters", &nested(depth, "[…]", "1")));
    check(|depth| payload("JSONPath", "Parameters", &nested(depth, r#"{"a": …}"#, "1")));
    check(|depth| payload("JSONata", "Arguments", &nested(depth, r#"{"a": […]}"#, r#""{% 1 %}""#)));
}

#[test]
fn what_is_no_state_machine() {
    check(|depth| format!(r#"{{"Colour": {}}}"#, nested(depth, "[…]", "1")));
    check(|depth| format!(r#"{{"States": {{"A": {}}}}}"#, nested(depth, r#"{"States": …}"#, "1")));
}

#[test]
fn a_hundred_thousand_brackets_are_refused_on_the_smallest_stack() {
    for bracket in ["[", r#"{"a":"#, r#"{"States":"#, r#"[{"Not":"#] {
        let text = bracket.repeat(100_000);
        let read = move || asl_core::decode(&text).map(|_| ()).unwrap_err().message;
        let message = thread::Builder::new().stack_size(STACK).spawn(read).unwrap().join().unwrap();
        assert!(message.starts_with("nested more than"), "{message}");
    }
}
