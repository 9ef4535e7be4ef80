//! Transitions, which are what is billed, against machines written by hand.

use asl_core::flow::{Block, Effect};
use serde_json::{Value, json};

use super::Case;
use super::author::{Author, program};

fn lambda(function: &str, payload: &Value) -> Value {
    json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {"FunctionName": format!("${{{function}}}"), "Payload": payload},
    })
}

/// The state with more fields.
fn with(mut state: Value, fields: &Value) -> Value {
    state.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    state
}

#[test]
fn polling_costs_what_it_costs_by_hand() {
    let a = Author::default();
    let (input, job, status, polls) = (a.local("input"), a.local("job"), a.local("status"), a.local("polls"));
    let again = a.label();
    let polling = program(&input, |b| {
        b.effect(a.call("start", "$input.sql").bind(job.clone()));
        b.set(&polls, a.leaf("0"));
        b.repeat(again, |b| {
            b.effect(a.call("describe", "$job.id").bind(status.clone()));
            b.choose(
                a.when("$status = 'DONE'", |b| b.return_(a.leaf("{'id': $job.id, 'polls': $polls}"))).or_if(
                    a.leaf("$status = 'FAILED' or $polls >= 3"),
                    Block::of(|b| b.raise(a.leaf("'GaveUp'"), a.leaf("'after ' & $polls"))),
                ),
            );
            b.set(&polls, a.leaf("$polls + 1"));
            b.effect(Effect::wait_seconds(a.leaf("30")));
        });
    });
    let by_hand = json!({"QueryLanguage": "JSONata", "StartAt": "Start", "States": {
        "Start": with(lambda("start", &json!("{% $states.input.sql %}")), &json!({
            "Assign": {"id": "{% $states.result.Payload.id %}", "polls": 0}, "Next": "Describe"})),
        "Describe": with(lambda("describe", &json!("{% $id %}")), &json!({
            "Assign": {"status": "{% $states.result.Payload %}"}, "Next": "Status?"})),
        "Status?": {"Type": "Choice", "Choices": [
            {"Condition": "{% $status = 'DONE' %}", "Next": "Done"},
            {"Condition": "{% $status = 'FAILED' or $polls >= 3 %}", "Next": "GaveUp"},
        ], "Default": "Wait"},
        "Wait": {"Type": "Wait", "Seconds": 30, "Assign": {"polls": "{% $polls + 1 %}"}, "Next": "Describe"},
        "Done": {"Type": "Succeed", "Output": {"id": "{% $id %}", "polls": "{% $polls %}"}},
        "GaveUp": {"Type": "Fail", "Error": "GaveUp", "Cause": "{% 'after ' & $polls %}"},
    }});
    let case = Case::new(polling)
        .input(json!({"sql": "select"}))
        .gives("${start}", json!({"id": "q"}))
        .gives("${describe}", json!("RUNNING"))
        .gives("${describe}", json!("RUNNING"))
        .gives("${describe}", json!("DONE"))
        .gives("${describe}", json!("FAILED"));
    case.agrees();
    let (ours, theirs) = case.costs_no_more_than(&by_hand);
    assert_eq!(ours, theirs);
}

#[test]
fn a_saga_costs_what_it_costs_by_hand() {
    let a = Author::default();
    let (input, hold, payment, out) = (a.local("input"), a.local("hold"), a.local("payment"), a.local("out"));
    let saga = program(&input, |b| {
        b.effect(a.call("reserve", "$input.id").bind(hold.clone()));
        b.compensate(a.call("release", "$hold.id"));
        b.effect(a.call("charge", "$input.id").bind(payment.clone()));
        b.compensate(a.call("refund", "$payment.id"));
        b.effect(a.call("ship", "$input.id").bind(out.clone()));
        b.return_(out.expression());
    });
    let failure = json!({"failure": "{% $states.errorOutput %}"});
    let caught = |next: &str| json!([{"ErrorEquals": ["States.ALL"], "Assign": failure, "Next": next}]);
    let passed = |next: &str| json!([{"ErrorEquals": ["States.ALL"], "Next": next}]);
    let by_hand = json!({"QueryLanguage": "JSONata", "StartAt": "Reserve", "States": {
        "Reserve": with(lambda("reserve", &json!("{% $states.input.id %}")), &json!({
            "Assign": {"id": "{% $states.input.id %}", "hold": "{% $states.result.Payload.id %}"}, "Next": "Charge"})),
        "Charge": with(lambda("charge", &json!("{% $id %}")), &json!({
            "Assign": {"payment": "{% $states.result.Payload.id %}"}, "Catch": caught("Release"), "Next": "Ship"})),
        "Ship": with(lambda("ship", &json!("{% $id %}")), &json!({
            "Output": "{% $states.result.Payload %}", "Catch": caught("Refund"), "End": true})),
        "Refund": with(lambda("refund", &json!("{% $payment %}")), &json!({
            "Catch": passed("Release"), "Next": "Release"})),
        "Release": with(lambda("release", &json!("{% $hold %}")), &json!({
            "Catch": passed("Failed"), "Next": "Failed"})),
        "Failed": {"Type": "Fail", "Error": "{% $failure.Error %}", "Cause": "{% $failure.Cause %}"},
    }});
    let case = Case::new(saga)
        .input(json!({"id": 7}))
        .gives("${reserve}", json!({"id": "h"}))
        .gives("${charge}", json!({"id": "p"}))
        .fails("${charge}", "Declined")
        .gives("${ship}", json!("tracking"))
        .fails("${ship}", "Strike")
        .fails("${refund}", "NoRefund")
        .gives("${refund}", json!(null));
    case.agrees();
    let (ours, theirs) = case.costs_no_more_than(&by_hand);
    assert_eq!(ours, theirs);
}
