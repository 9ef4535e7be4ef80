mod executions;

use serde_json::{Value, json};
use std::time::Duration;

use super::*;

/// Calls tasks of the Resource `lambda:invoke` as an engine would.
struct Caller {
    world: Mocks,
    retry_count: u32,
}

impl Caller {
    fn new(mocks: &Mocks) -> Self {
        Self { world: mocks.clone(), retry_count: 0 }
    }

    fn call(&mut self, state: &str, input: &Value) -> Reply {
        self.world.call(&Call {
            state,
            resource: "arn:aws:states:::lambda:invoke",
            input,
            token: None,
            retry_count: self.retry_count,
            credentials: None,
            execution: "arn:aws:states:us-east-1:111111111111:execution:Orders:e-1",
            time: 5,
        })
    }

    fn outcome(&mut self, state: &str) -> Outcome {
        self.call(state, &Value::Null).outcome
    }

    /// The error name and the cause with which a call fails.
    #[track_caller]
    fn error(&mut self, state: &str) -> String {
        match self.outcome(state) {
            Outcome::Failure(error) => error.to_string(),
            other => panic!("{other:?}"),
        }
    }
}

fn success(value: Value) -> Outcome {
    Outcome::Success(value)
}

fn busy() -> TaskError {
    TaskError::new("Busy", "try again")
}

#[test]
fn the_nearest_mock_answers_and_of_equals_the_later() {
    let mocks = Mocks::new()
        .on("Ship", succeeds("state"))
        .on("ship-order", succeeds("function"))
        .on("lambda:invoke", succeeds("action"))
        .on("lambda:invoke.sync", succeeds("never"));
    let mut caller = Caller::new(&mocks);
    let by_function = json!({"FunctionName": "ship-order"});
    assert_eq!(caller.call("Ship", &by_function).outcome, success(json!("state")));
    assert_eq!(caller.call("Resend", &by_function).outcome, success(json!("function")));
    assert_eq!(caller.outcome("Other"), success(json!("action")));
    assert_eq!(mocks.unused(), ["lambda:invoke.sync"]);

    let mocks =
        mocks.on("Ship", succeeds("changed")).on("arn:aws:states:::lambda:invoke", succeeds("resource"));
    assert_eq!(caller.outcome("Ship"), success(json!("changed")));
    assert_eq!(caller.outcome("Other"), success(json!("resource")));
    assert_eq!(mocks.calls().len(), 5);
}

#[test]
fn a_function_a_value_and_a_result_are_answers() {
    let mut times = 0;
    let mocks = Mocks::new()
        .on("Double", |input: &Value| Ok(json!(input["n"].as_i64().unwrap_or(0) * 2)))
        .on(
            "Count",
            from_input(move |_| {
                times += 1;
                Ok(json!(times))
            }),
        )
        .on("Value", json!([1]))
        .on("Result", Err(busy()))
        .on("Attempt", from_call(|call| Reply::new(success(json!(call.retry_count)))));
    let mut caller = Caller::new(&mocks);
    assert_eq!(caller.call("Double", &json!({"n": 4})).outcome, success(json!(8)));
    assert_eq!(caller.outcome("Count"), success(json!(1)));
    assert_eq!(caller.outcome("Count"), success(json!(2)));
    assert_eq!(caller.outcome("Value"), success(json!([1])));
    assert_eq!(caller.outcome("Result"), Outcome::Failure(busy()));
    caller.retry_count = 3;
    assert_eq!(caller.outcome("Attempt"), success(json!(3)));
}

#[test]
fn outcomes_come_in_order_and_one_too_many_is_said() {
    let mocks = Mocks::new()
        .on("Ship", outcomes([Err(busy()), Ok(json!("track-1"))]))
        .on("Poll", outcomes([json!("PENDING"), json!("DONE")]).repeating_last());
    let mut caller = Caller::new(&mocks);
    assert_eq!(caller.outcome("Ship"), Outcome::Failure(busy()));
    assert_eq!(caller.outcome("Ship"), success(json!("track-1")));
    assert_eq!(
        caller.error("Ship"),
        "States.Runtime: the mock of the state `Ship` has no outcome left for call 3; add one, or say \
         `.repeating_last()`"
    );
    for expected in ["PENDING", "DONE", "DONE", "DONE"] {
        assert_eq!(caller.outcome("Poll"), success(json!(expected)));
    }
    let mocks = Mocks::new().on("None", outcomes(Vec::<Answer>::new()).repeating_last());
    assert!(Caller::new(&mocks).error("None").contains("no outcome left for call 1"));
}

#[test]
fn time_and_what_a_service_says_at_once_are_part_of_the_reply() {
    let mocks = Mocks::new()
        .on("Slow", succeeds(1).takes(Duration::from_secs(90)))
        .on("Approve", wait_for_token())
        .on("Submitted", submitted(json!({"JobId": 1})))
        .on("Job", submitted(json!({"JobId": 1})).then(fails("Job", "broke").takes(Duration::from_secs(5))));
    let mut caller = Caller::new(&mocks);
    let mut reply = |state| caller.call(state, &Value::Null);
    assert_eq!(reply("Slow").after, Duration::from_secs(90));
    assert_eq!(reply("Approve").outcome, Outcome::Pending);
    assert_eq!(reply("Submitted").submitted, Some(json!({"JobId": 1})));
    assert_eq!(reply("Submitted").outcome, Outcome::Pending);
    let job = reply("Job");
    assert_eq!(job.submitted, Some(json!({"JobId": 1})));
    assert_eq!(
        (job.after, job.outcome),
        (Duration::from_secs(5), Outcome::Failure(TaskError::new("Job", "broke")))
    );
}

#[test]
fn a_task_without_a_mock_says_what_to_write() {
    let mocks = Mocks::new().on("ChargeCard", succeeds(1));
    let mut caller = Caller::new(&mocks);
    assert_eq!(
        caller.error("Ship"),
        "States.Runtime: there is no mock for the state `Ship`, which calls `arn:aws:states:::lambda:invoke`; \
         write `.on(\"Ship\", succeeds(json!({…})))`"
    );
    assert_eq!(
        caller.error("ChargeCrad"),
        "States.Runtime: there is no mock for the state `ChargeCrad`, which calls \
         `arn:aws:states:::lambda:invoke`; if `ChargeCard` is meant for it, correct that name, else write \
         `.on(\"ChargeCrad\", succeeds(json!({…})))`"
    );
    let mocks = mocks.otherwise(succeeds("default"));
    assert_eq!(caller.outcome("Ship"), success(json!("default")));
    mocks.assert_called("Ship", 2);
}

#[test]
fn faults_hit_the_calls_that_were_said() {
    let mocks =
        Mocks::new().otherwise(succeeds(1)).fault(Fault::nth(2).of("Ship").with(busy())).fault(Fault::nth(4));
    let mut caller = Caller::new(&mocks);
    let hit: Vec<bool> = ["Ship", "Charge", "Ship", "Ship", "Ship"]
        .into_iter()
        .map(|state| matches!(caller.outcome(state), Outcome::Failure(_)))
        .collect();
    assert_eq!(hit, [false, false, true, true, false]);
    let calls = mocks.calls();
    assert_eq!(calls[2].reply.outcome, Outcome::Failure(busy()));
    let injected = TaskError::new("States.TaskFailed", "this fault was injected into `Ship`");
    assert_eq!(calls[3].reply.outcome, Outcome::Failure(injected));
}

#[test]
fn every_first_attempt_may_be_made_to_fail_and_uses_up_no_outcome() {
    let mocks = Mocks::new().on("Ship", outcomes([Ok(json!(1))])).fault(Fault::first_attempts().with(busy()));
    let mut caller = Caller::new(&mocks);
    assert_eq!(caller.outcome("Ship"), Outcome::Failure(busy()));
    caller.retry_count = 1;
    assert_eq!(caller.outcome("Ship"), success(json!(1)));
}

#[test]
fn random_faults_are_the_same_for_the_same_seed() {
    let hits = |rate, seed| -> Vec<bool> {
        let mocks = Mocks::new().otherwise(succeeds(1)).fault(Fault::random(rate, seed));
        let mut caller = Caller::new(&mocks);
        (0..1_000).map(|_| matches!(caller.outcome("Ship"), Outcome::Failure(_))).collect()
    };
    let count = |hits: &[bool]| hits.iter().filter(|hit| **hit).count();
    let some = hits(0.2, 7);
    assert_eq!(some, hits(0.2, 7));
    assert_ne!(some, hits(0.2, 8));
    assert!((150..250).contains(&count(&some)), "{}", count(&some));
    assert_eq!(count(&hits(0.0, 7)), 0);
    assert_eq!(count(&hits(1.0, 7)), 1_000);
    assert_eq!(count(&hits(f64::NAN, 7)), 0);
}

#[test]
fn every_call_is_recorded_with_all_that_was_known() {
    let mocks = Mocks::new().otherwise(succeeds(1));
    let (input, role) = (json!({"a": 1}), json!({"RoleArn": "r"}));
    let call = Call {
        state: "Approve",
        resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        input: &input,
        token: Some("t-1"),
        retry_count: 2,
        credentials: Some(&role),
        execution: "arn",
        time: 1_000,
    };
    mocks.clone().call(&call);
    let [recorded] = &mocks.calls_of("sqs:sendMessage")[..] else { panic!("one call") };
    assert_eq!(recorded.token.as_deref(), Some("t-1"));
    assert_eq!((recorded.retry_count, recorded.time), (2, 1_000));
    assert_eq!((&recorded.input, recorded.credentials.as_ref()), (&input, Some(&role)));
    assert_eq!(mocks.states(), ["Approve"]);
    assert_eq!(mocks.calls_of("Ship"), []);
}

#[test]
#[should_panic(expected = "`Ship` was called 1 times, not 2; the calls were: Ship, Charge")]
fn a_wrong_number_of_calls_is_said_with_all_calls() {
    let mocks = Mocks::new().otherwise(succeeds(1));
    let mut caller = Caller::new(&mocks);
    caller.outcome("Ship");
    caller.outcome("Charge");
    mocks.assert_called("Ship", 2);
}

#[test]
fn a_mock_may_look_at_the_mocks_but_not_call_itself() {
    let mocks = Mocks::new();
    let seen = mocks.clone();
    let mocks = mocks.on("Count", from_input(move |_| Ok(json!(seen.calls().len()))));
    let mut caller = Caller::new(&mocks);
    assert_eq!(caller.outcome("Count"), success(json!(0)));
    assert_eq!(caller.outcome("Count"), success(json!(1)));

    let mocks = Mocks::new();
    let again = mocks.clone();
    let mocks = mocks.on(
        "Loop",
        from_input(move |_| match Caller::new(&again).outcome("Loop") {
            Outcome::Failure(error) => Err(error),
            other => panic!("{other:?}"),
        }),
    );
    assert_eq!(
        Caller::new(&mocks).error("Loop"),
        "States.Runtime: the mock of the state `Loop` calls itself"
    );
}

#[test]
fn objects_are_read_listed_and_written() {
    let mocks =
        Mocks::new().object("b", "in/2.csv", "two").object("b", "in/1.csv", "1").object("c", "in/3", "");
    let objects = mocks.objects();
    assert_eq!(mocks.body("b", "in/2.csv").as_deref(), Some(&b"two"[..]));
    assert_eq!(mocks.body("b", "in/3"), None);
    objects.put("b", "out/manifest.json", b"{}").unwrap();
    let keys = |prefix| -> Vec<_> {
        let listed = mocks.clone().objects().list("b", prefix).unwrap();
        listed.map(Result::unwrap).map(|object| (object.key, object.size)).collect()
    };
    assert_eq!(keys("in/"), [("in/1.csv".to_owned(), 1), ("in/2.csv".to_owned(), 3)]);
    assert_eq!(keys("").len(), 3);
    assert_eq!(mocks.body("b", "out/manifest.json").as_deref(), Some(&b"{}"[..]));
    assert!(objects.put("results", "1.json", b"").is_err());
    let mocks = mocks.bucket("results");
    objects.put("results", "1.json", b"[]").unwrap();
    assert_eq!(mocks.body("results", "1.json").as_deref(), Some(&b"[]"[..]));
    let mocks = mocks.objects_in(MemoryObjects::new().with("b", "in/3", "three"));
    assert_eq!(mocks.body("b", "in/3").as_deref(), Some(&b"three"[..]));
    assert_eq!(mocks.body("b", "in/2.csv"), None);
}
