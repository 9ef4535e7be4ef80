//! Task tokens and activities.

use asl_local::mocks::{Answer, fails, outcomes, submitted, succeeds, wait_for_token};
use asl_local::world::{Call, MemoryObjects, ObjectStore, Outcome, Reply, World};
use asl_local::{Execution, Mocks, Status, TaskError};
use serde_json::{Value, json};

use super::{machine, run, start, token_task, types, with};

fn asking() -> Execution<Mocks> {
    let machine = machine(json!({"Ask": token_task(json!({"TimeoutSeconds": 60}))}));
    start(&machine, json!({}), &Mocks::new().on("Ask", wait_for_token()))
}

#[test]
fn a_token_brings_the_result() {
    let mut execution = asking();
    assert_eq!(execution.tokens().count(), 0, "nothing has happened yet");
    let token = execution.run_until_token().unwrap().unwrap();
    assert_eq!(execution.state_of_token(&token).as_deref(), Some("Ask"));
    assert_eq!(execution.run().unwrap(), Status::Failed, "time goes on if nobody answers");

    let mut execution = asking();
    let token = execution.run_until_token().unwrap().unwrap();
    // the token that the task was given is the one that is waited for
    assert_eq!(execution.world().calls()[0].input["MessageBody"]["token"], json!(token));
    execution.task_success(&token, json!({"ok": true})).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    assert_eq!(execution.output(), Some(&json!({"ok": true})));
}

#[test]
fn a_token_brings_the_failure() {
    let mut execution = asking();
    let token = execution.run_until_token().unwrap().unwrap();
    execution.task_failure(&token, TaskError::new("Rejected", "too dear")).unwrap();
    execution.run().unwrap();
    assert_eq!((execution.error(), execution.cause()), (Some("Rejected"), Some("too dear")));
}

#[test]
fn a_token_is_good_once_and_while_its_task_waits() {
    let mut execution = asking();
    let unknown = execution.task_success("no token", json!({})).unwrap_err();
    assert!(unknown.to_string().contains("`no token`"));
    let token = execution.run_until_token().unwrap().unwrap();
    execution.task_success(&token, json!(1)).unwrap();
    assert!(execution.task_success(&token, json!(2)).is_err(), "answered before");
    execution.run().unwrap();
    assert_eq!(execution.output(), Some(&json!(1)));

    let mut late = asking();
    let token = late.run_until_token().unwrap().unwrap();
    late.run().unwrap();
    assert_eq!(late.error(), Some("States.Timeout"));
    assert!(late.task_success(&token, json!({})).is_err());

    let mut stopped = asking();
    let token = stopped.run_until_token().unwrap().unwrap();
    stopped.stop(Some("Enough"), None);
    assert!(stopped.task_failure(&token, TaskError::default()).is_err());
    assert_eq!((stopped.status(), stopped.error()), (Status::Aborted, Some("Enough")));
}

#[test]
fn each_attempt_has_a_token_of_its_own() {
    let machine = machine(json!({"Ask": token_task(json!({
        "Retry": [{"ErrorEquals": ["Again"], "MaxAttempts": 1}]}))}));
    let mut execution = start(&machine, json!({}), &Mocks::new().on("Ask", wait_for_token()));
    let first = execution.run_until_token().unwrap().unwrap();
    execution.task_failure(&first, TaskError::new("Again", "")).unwrap();
    let second = execution.run_until_token().unwrap().unwrap();
    assert_ne!(first, second);
    assert!(execution.task_success(&first, json!({})).is_err());
    execution.task_success(&second, json!({})).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
}

#[test]
fn many_tokens_may_be_waited_for_at_once() {
    let machine = machine(json!({"Each": {"Type": "Map", "End": true,
        "ItemProcessor": {"StartAt": "Ask", "States": {"Ask": token_task(json!({}))}}}}));
    let mut execution = start(&machine, json!([1, 2, 3]), &Mocks::new().on("Ask", wait_for_token()));
    execution.run().unwrap();
    let tokens: Vec<String> = execution.tokens().map(str::to_owned).collect();
    assert_eq!(tokens.len(), 3);
    for token in &tokens {
        execution.task_success(token, json!(token)).unwrap();
    }
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    let mut answers: Vec<&str> =
        execution.output().unwrap().as_array().unwrap().iter().filter_map(Value::as_str).collect();
    answers.sort_unstable();
    assert_eq!(answers, tokens);
}

const ACTIVITY: &str = "arn:aws:states:us-east-1:123456789012:activity:paint";

#[test]
fn an_activity_is_a_task_that_a_worker_takes() {
    let states = json!({"Paint": {"Type": "Task", "Resource": ACTIVITY, "End": true}});
    let mocks = Mocks::new().on("paint", outcomes([succeeds(json!("red")).worker("painter-1")]));
    let mut execution = start(&machine(states), json!({}), &mocks);
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    assert_eq!(types(&execution)[2..5], ["ActivityScheduled", "ActivityStarted", "ActivitySucceeded"]);
    let history = serde_json::to_value(execution.history()).unwrap();
    assert_eq!(history["events"][3]["activityStartedEventDetails"]["workerName"], "painter-1");
}

/// A world without activities.
struct Empty;

impl World for Empty {
    fn call(&mut self, _: &Call<'_>) -> Reply {
        Reply::new(Outcome::Pending)
    }

    fn has_activity(&self, _: &str) -> bool {
        false
    }

    fn objects(&self) -> std::rc::Rc<dyn ObjectStore> {
        std::rc::Rc::new(MemoryObjects::new())
    }
}

#[test]
fn an_activity_that_does_not_exist_fails_the_execution() {
    let states = json!({"Paint": with(json!({"Type": "Task", "Resource": ACTIVITY}), json!({"End": true}))});
    let mut execution = Execution::start(&machine(states), json!({}), Empty).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Failed);
    assert_eq!(execution.error(), Some("States.Runtime"));
    assert!(execution.cause().unwrap().ends_with(&format!("The activity {ACTIVITY} does not exist.")));
}

#[test]
fn a_token_whose_answer_is_on_its_way_is_not_waited_for() {
    let mut first = token_task(json!({"Next": "Second"}));
    first.as_object_mut().unwrap().remove("End");
    let machine = machine(json!({"First": first, "Second": token_task(json!({}))}));
    let later = succeeds(1).takes(std::time::Duration::from_secs(60));
    let mut execution =
        start(&machine, json!({}), &Mocks::new().on("First", later).on("Second", wait_for_token()));
    let token = execution.run_until_token().unwrap().unwrap();
    assert_eq!(execution.state_of_token(&token).as_deref(), Some("Second"));
    assert_eq!(execution.elapsed().as_secs(), 60);
    execution.task_success(&token, json!(2)).unwrap();
    assert_eq!(execution.run_until_token().unwrap(), None);
    assert_eq!(execution.output(), Some(&json!(2)));
}

#[test]
fn the_token_of_a_sync_task_ends_it_early() {
    let machine =
        machine(json!({"Job": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync",
        "Parameters": {"JobName": "nightly", "Arguments": {"token.$": "$$.Task.Token"}}, "End": true}}));
    let mut execution = start(&machine, json!({}), &Mocks::new().on("Job", wait_for_token()));
    let token = execution.run_until_token().unwrap().unwrap();
    assert_eq!(execution.world().calls()[0].input["Arguments"]["token"], json!(token));
    execution.task_success(&token, json!("early")).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    assert_eq!(execution.output(), Some(&json!("early")));
}

#[test]
fn a_task_that_ends_later_was_submitted_first() {
    let job = json!({"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync",
        "Parameters": {"JobName": "nightly"}, "End": true});
    let machine = machine(json!({"Job": job}));
    let events = |answer: Answer| {
        let execution = run(&machine, json!({}), &Mocks::new().on("Job", answer));
        types(&execution)[2..].to_vec()
    };
    assert_eq!(events(succeeds(1))[..4], ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"]);
    // the call itself may have been refused
    assert_eq!(events(fails("Glue.AccessDenied", ""))[..3], ["TaskScheduled", "TaskStarted", "TaskFailed"]);
    let failed = submitted(json!({"JobRunId": "j-1"})).then(fails("States.TaskFailed", ""));
    assert_eq!(events(failed)[2..4], ["TaskSubmitted", "TaskFailed"]);
    assert_eq!(events(wait_for_token())[2..], ["TaskSubmitted"]);
}
