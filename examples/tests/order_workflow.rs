//! How a workflow is unit-tested: mocks answer its tasks, the history says what it did.

use asl_core::Valid;
use asl_examples::patterns::order_workflow;
use asl_local::mocks::{fails, outcomes, succeeds};
use asl_local::{Execution, Mocks, Status, TaskError};
use serde_json::json;

fn workflow() -> Valid {
    order_workflow::written()
}

/// All that the workflow calls, for a user with this plan.
fn services(plan: &str) -> Mocks {
    Mocks::new().on("FetchUser", succeeds(json!({"id": "u-1", "plan": plan}))).otherwise(succeeds(json!({})))
}

fn run(mocks: &Mocks) -> Execution<Mocks> {
    let mut execution = Execution::start(&workflow(), json!({"userId": "u-1"}), mocks.clone()).unwrap();
    execution.run().unwrap();
    execution
}

#[test]
fn every_plan_has_its_mail() {
    for (plan, mail) in
        [("pro", "SendProEmail"), ("basic", "SendBasicEmail"), ("unheard of", "SendDefaultEmail")]
    {
        let execution = run(&services(plan));
        assert_eq!(execution.status(), Status::Succeeded);
        let mails: Vec<&str> =
            execution.history().states().filter(|state| state.ends_with("Email")).collect();
        assert_eq!(mails, [mail]);
    }
}

#[test]
fn billing_is_tried_again_when_there_are_too_many_calls() {
    let limited = || Err(TaskError::new("BillingRateLimitError", "slow down"));
    let mocks = services("pro").on("RunBilling", outcomes([limited(), limited(), Ok(json!({"receipt": 7}))]));
    let execution = run(&mocks);
    assert_eq!(execution.status(), Status::Succeeded);
    assert_eq!(execution.history().retries("RunBilling"), 2);
    mocks.assert_called("RunBilling", 3);
    assert!(execution.elapsed().as_secs() >= 60, "a minute at least, and the test did not wait for it");
}

#[test]
fn both_systems_hear_of_it() {
    let mocks = services("basic");
    run(&mocks);
    mocks.assert_called("NotifySlack", 1);
    mocks.assert_called("UpdateDashboard", 1);
}

#[test]
fn a_user_that_is_not_there_ends_it_before_anything_was_sent() {
    let mocks = services("pro").on("FetchUser", fails("UserNotFound", "no user u-1"));
    let execution = run(&mocks);
    assert_eq!((execution.status(), execution.error()), (Status::Failed, Some("UserNotFound")));
    assert_eq!(mocks.states(), ["FetchUser"]);
}

#[test]
fn it_costs_less_than_a_tenth_of_a_cent() {
    let execution = run(&services("pro"));
    assert!(execution.price().standard < 0.001, "{:?}", execution.price());
}

#[test]
fn the_user_is_fetched_by_the_id_of_the_input() {
    let mocks = services("pro");
    run(&mocks);
    assert_eq!(mocks.calls_of("FetchUser")[0].input["userId"], "u-1");
}
