//! A person decides: what happens with the answer, without one, and after a mistake.

use std::time::Duration;

use asl_examples::patterns::wait_for_callback;
use asl_local::mocks::wait_for_token;
use asl_local::{Execution, Mocks, Status, TaskError};
use serde_json::{Value, json};

const DAY: Duration = Duration::from_secs(86_400);

/// An execution that waits for its answer, and the token of the question.
fn asked() -> (Execution<Mocks>, String) {
    let mocks = Mocks::new().on("AskForApproval", wait_for_token());
    let input = json!({"orderId": "o-1"});
    let mut execution = Execution::start(&wait_for_callback::written(), input, mocks).unwrap();
    let token = execution.run_until_token().unwrap().expect("the question is asked");
    (execution, token)
}

#[test]
fn the_message_carries_the_token() {
    let (execution, token) = asked();
    let message = execution.world().calls()[0].input["Message"].clone();
    assert_eq!(message, json!({"TaskToken": token, "OrderId": "o-1"}));
}

#[test]
fn an_approval_after_three_days_is_in_time() {
    let (mut execution, token) = asked();
    assert_eq!(execution.advance(3 * DAY).unwrap(), Status::Running);
    execution.task_success(&token, json!({"by": "Ann"})).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    assert_eq!(execution.output().unwrap()["approval"], json!({"by": "Ann"}));
}

#[test]
fn a_rejection_fails_the_execution_with_the_reason() {
    let (mut execution, token) = asked();
    execution.task_failure(&token, TaskError::new("Rejected", "too dear")).unwrap();
    execution.run().unwrap();
    assert_eq!((execution.error(), execution.cause()), (Some("Rejected"), Some("too dear")));
}

#[test]
fn after_a_week_nobody_is_waited_for_and_an_answer_comes_too_late() {
    let (mut execution, token) = asked();
    assert_eq!(execution.run().unwrap(), Status::Failed);
    assert_eq!((execution.error(), execution.elapsed()), (Some("NobodyAnswered"), 7 * DAY));
    assert!(execution.task_success(&token, json!({})).is_err());
}

#[test]
fn whoever_is_asked_may_have_to_give_signs_of_life() {
    let mut definition: Value = serde_json::from_str(&wait_for_callback::written().to_json()).unwrap();
    definition["States"]["AskForApproval"]["HeartbeatSeconds"] = json!(3_600);
    let machine = asl_core::decode(&definition.to_string()).unwrap().validate().unwrap();
    let mocks = Mocks::new().on("AskForApproval", wait_for_token());
    let mut execution = Execution::start(&machine, json!({"orderId": "o-1"}), mocks).unwrap();
    let token = execution.run_until_token().unwrap().unwrap();
    for _ in 0..24 {
        assert_eq!(execution.advance(Duration::from_secs(3_000)).unwrap(), Status::Running);
        execution.heartbeat(&token).unwrap();
    }
    assert_eq!(execution.run().unwrap(), Status::Failed);
    assert_eq!(execution.elapsed().as_secs(), 24 * 3_000 + 3_600);
}

#[test]
fn a_question_that_was_stopped_by_mistake_is_asked_again() {
    let (mut execution, token) = asked();
    execution.stop(Some("WrongButton"), None);
    assert!(execution.task_success(&token, json!({})).is_err());
    execution.redrive().unwrap();
    let second = execution.run_until_token().unwrap().expect("it is asked again");
    assert_ne!(second, token);
    execution.task_success(&second, json!({"by": "Ben"})).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
}
