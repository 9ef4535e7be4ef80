//! Variables and their scopes.

use asl_local::{Execution, Mocks, Settings};
use serde_json::{Value, json};

use super::{definition, machine, run};

#[test]
fn a_state_sees_the_values_that_were_there_when_it_was_entered() {
    let machine = definition(&json!({"QueryLanguage": "JSONata", "StartAt": "Set", "States": {
        "Set": {"Type": "Pass", "Assign": {"x": 1, "y": 2}, "Next": "Swap"},
        "Swap": {"Type": "Pass", "Assign": {"x": "{% $y %}", "y": "{% $x %}"}, "Output": "{% [$x, $y] %}", "Next": "Show"},
        "Show": {"Type": "Pass", "Output": {"before": "{% $states.input %}", "x": "{% $x %}", "y": "{% $y %}"}, "End": true}}}));
    let execution = run(&machine, json!({}), &Mocks::new());
    assert_eq!(execution.output(), Some(&json!({"before": [1, 2], "x": 2, "y": 1})));
    let variables: Vec<(&str, &Value)> = execution.variables().collect();
    assert_eq!(variables, [("x", &json!(2)), ("y", &json!(1))]);
}

#[test]
fn inner_scopes_see_the_outer_ones_and_leave_nothing_there() {
    let branch = |name: &str, add: u32| {
        json!({"StartAt": name, "States": {
        name: {"Type": "Pass", "Assign": {"own": add}, "Next": format!("{name}2")},
        format!("{name}2"): {"Type": "Pass", "Output": "{% $outer + $own %}", "End": true}}})
    };
    let machine = definition(&json!({"QueryLanguage": "JSONata", "StartAt": "Set", "States": {
        "Set": {"Type": "Pass", "Assign": {"outer": 10}, "Next": "Both"},
        "Both": {"Type": "Parallel", "Branches": [branch("A", 1), branch("B", 2)], "End": true}}}));
    let execution = run(&machine, json!({}), &Mocks::new());
    assert_eq!(execution.output(), Some(&json!([11, 12])));
    assert_eq!(execution.variables().map(|(name, _)| name).collect::<Vec<_>>(), ["outer"]);
}

#[test]
fn an_iteration_does_not_see_what_another_assigned() {
    let machine = machine(
        json!({"Each": {"Type": "Map", "End": true, "MaxConcurrency": 1, "ItemProcessor": {
        "StartAt": "Read", "States": {
            "Read": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $exists($seen) ? 'seen' : 'new' %}", "Next": "Set"},
            "Set": {"Type": "Pass", "Assign": {"seen": true}, "End": true}}}}}),
    );
    assert_eq!(run(&machine, json!([1, 2]), &Mocks::new()).output(), Some(&json!(["new", "new"])));
}

#[test]
fn only_the_catchers_assign_is_made_when_it_catches() {
    let machine = machine(json!({
        "Work": super::with(super::task(json!({"Assign": {"ok": true}})), json!({"Catch": [
            {"ErrorEquals": ["States.ALL"], "Assign": {"why.$": "$.Error"}, "Next": "Caught"}]})),
        "Caught": {"Type": "Succeed"}}));
    let execution = run(&machine, json!({}), &Mocks::new().on("Work", asl_local::mocks::fails("Broken", "")));
    assert_eq!(execution.variables().collect::<Vec<_>>(), [("why", &json!("Broken"))]);
}

#[test]
fn a_test_may_begin_with_variables() {
    let machine = machine(json!({"Show": {"Type": "Pass", "Parameters": {"x.$": "$given.a"}, "End": true}}));
    let settings = Settings::new().variable("given", json!({"a": 5}));
    let mut execution = Execution::with(settings, &machine, json!({}), Mocks::new()).unwrap();
    execution.run().unwrap();
    assert_eq!(execution.output(), Some(&json!({"x": 5})), "{:?}", execution.cause());
}
