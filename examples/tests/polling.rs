//! Loops that wait: hours and a year of virtual time in a test that takes none.

use std::time::{Duration, Instant};

use asl_core::jsonpath::{Choice, Succeed, Task, Wait, hours, next, var};
use asl_core::model::StateMachine;
use asl_examples::patterns::polling;
use asl_local::mocks::{from_call, outcomes, succeeds};
use asl_local::world::{Outcome, Reply};
use asl_local::{Execution, Mocks, Settings, Status};
use serde_json::json;

#[test]
fn the_job_is_asked_until_it_is_done() {
    let status = |status: &str| Ok(json!({"status": status}));
    let mocks = Mocks::new()
        .on("StartJob", succeeds(json!({"id": "j-1"})))
        .on("CheckJob", outcomes([status("RUNNING"), status("RUNNING"), status("SUCCEEDED")]));
    let mut execution = Execution::start(&polling::written(), json!({}), mocks).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    assert_eq!(execution.elapsed(), Duration::from_secs(90));
    assert_eq!(execution.transitions(), 1 + 3 * 3 + 1);
}

#[test]
fn a_job_that_never_ends_is_given_up_after_six_hours() {
    let mocks = Mocks::new().otherwise(succeeds(json!({"status": "RUNNING"})));
    let mut execution = Execution::start(&polling::written(), json!({}), mocks).unwrap();
    assert_eq!(execution.run().unwrap(), Status::TimedOut);
    assert_eq!(execution.elapsed(), Duration::from_secs(6 * 3_600));
}

#[test]
fn a_year_of_asking_every_hour_takes_no_time() {
    const HOURS: u32 = 365 * 24;
    let machine = StateMachine::builder("Wait")
        .state("Wait", Wait::seconds(hours(1), next("Ask")))
        .state("Ask", Task::lambda("${AskArn}", next("Done?")))
        .state("Done?", Choice::new().when(var("$.done").eq(true), "Done").otherwise("Wait"))
        .state("Done", Succeed::new())
        .validate()
        .unwrap();
    let mut asked = 0;
    let answer = from_call(move |_| {
        asked += 1;
        Reply::new(Outcome::Success(json!({"done": asked == HOURS})))
    });
    // the service would end it after 25,000 events: what a test of the logic need not mind
    let settings = Settings::new().history_quota(None);
    let mocks = Mocks::new().on("Ask", answer);
    let start = Instant::now();
    let mut execution = Execution::with(settings, &machine, json!({}), mocks).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    assert_eq!(execution.elapsed(), Duration::from_secs(365 * 86_400));
    assert_eq!(execution.history().visits("Ask"), HOURS as usize);
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}
