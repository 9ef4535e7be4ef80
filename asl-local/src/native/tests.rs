use std::task::Poll;
use std::time::Duration;

use asl_core::ctx::ItemFormat::{Json, JsonLines, Parquet};
use asl_core::ctx::{Ctx, Failure, ItemSource, Retry, TaskCall, join, map_each, try_join};
use asl_core::expr::AslError;
use asl_core::jsonata::{JitterStrategy, days, hours, secs};
use asl_macros::AslError;
use serde_json::{Value, json};

use super::{Local, block_on, try_block_on};
use crate::mocks::{Answer, from_call, wait_for_token};
use crate::world::{Call, Outcome, Reply};
use crate::{Mocks, TaskError};

/// All tasks have this answer.
fn answering(answer: impl Into<Answer>) -> Local {
    let mocks = Mocks::new().otherwise(answer);
    Local::new(mocks.object("b", "lines", "{\"n\":1}\n{\"n\":2}\n").object("b", "array", "[1, 2]"))
}

fn replying(reply: impl FnMut(&Call<'_>) -> Reply + 'static) -> Local {
    answering(from_call(reply))
}

fn after(seconds: u64, outcome: Outcome) -> Reply {
    Reply { after: secs(seconds), ..Reply::new(outcome) }
}

fn error(name: &str) -> Outcome {
    Outcome::Failure(TaskError::new(name, "because"))
}

/// Each task answers its name, after as many seconds as its input says.
fn slow() -> Local {
    replying(|call| after(call.input.as_u64().unwrap_or(0), Outcome::Success(json!(call.state))))
}

fn call(state: &str, arguments: impl Into<Value>) -> TaskCall {
    TaskCall {
        state: state.to_owned(),
        resource: "arn:aws:states:::lambda:invoke".to_owned(),
        arguments: arguments.into(),
        token_at: Vec::new(),
        has_token: false,
        timeout: None,
        heartbeat: None,
        retry: Vec::new(),
        credentials: None,
    }
}

async fn run(ctx: &Ctx, task: TaskCall) -> Result<Value, Failure> {
    ctx.backend().task(task).await
}

fn timeout() -> Result<Value, Failure> {
    Err(Failure::new("States.Timeout", ""))
}

#[test]
fn what_runs_at_the_same_time_takes_as_long_as_the_longest() {
    let local = slow();
    let ctx = local.ctx();
    let seen = std::cell::RefCell::new(Vec::new());
    let sleeper = async |name: &'static str, times: &[u64]| {
        for seconds in times {
            ctx.sleep(secs(*seconds)).await;
            seen.borrow_mut().push((name, local.elapsed().as_secs()));
        }
    };
    block_on(async { join!(sleeper("a", &[5, 5]), sleeper("b", &[1, 2, 3]), sleeper("c", &[])) });
    assert_eq!(local.elapsed(), secs(10));
    assert_eq!(seen.into_inner(), [("b", 1), ("b", 3), ("a", 5), ("b", 6), ("a", 10)]);
}

#[test]
fn a_year_passes_at_once_and_a_part_of_a_second_counts_whole_but_in_a_time_of_day() {
    let local = slow();
    let ctx = local.ctx();
    let begun = std::time::Instant::now();
    block_on(async {
        ctx.sleep(days(365)).await;
        ctx.sleep(Duration::from_millis(1)).await;
        ctx.sleep_until("2026-01-01T00:00:30.5Z").await;
        ctx.sleep_until("2020-01-01T00:00:00Z").await;
    });
    assert_eq!(ctx.now(), "2026-01-01T00:00:30.000Z");
    assert_eq!(local.elapsed(), days(365) + secs(30));
    assert!(begun.elapsed() < secs(1));
}

#[test]
fn an_http_task_is_given_up_after_a_minute() {
    let local = slow();
    let ctx = local.ctx();
    let http = |seconds: u64| TaskCall {
        resource: "arn:aws:states:::http:invoke".to_owned(),
        timeout: Some(secs(300)),
        ..call("Call", seconds)
    };
    assert_eq!(block_on(run(&ctx, http(60))), Ok(json!("Call")));
    let failed = block_on(run(&ctx, http(61))).unwrap_err();
    assert_eq!((failed.error.as_str(), local.elapsed()), ("States.Http.Socket", secs(120)));
}

#[test]
fn a_result_at_the_time_of_the_timeout_is_in_time() {
    let local = slow();
    let ctx = local.ctx();
    let in_time = TaskCall { timeout: Some(secs(5)), ..call("Slow", 5) };
    let late = TaskCall { timeout: Some(secs(5)), ..call("Slow", 6) };
    assert_eq!(block_on(run(&ctx, in_time)), Ok(json!("Slow")));
    assert_eq!(local.elapsed(), secs(5));
    assert_eq!(block_on(run(&ctx, late)), timeout());
    assert_eq!(local.elapsed(), secs(10));
}

#[test]
fn retries_wait_as_said_and_their_delays_add_up() {
    let local = replying(|call| match call.retry_count {
        0..4 => after(1, error("Busy")),
        _ => after(1, Outcome::Success(json!(call.retry_count))),
    });
    let ctx = local.ctx();
    let retry = vec![
        Retry::on("Other"),
        Retry::on("Busy").interval(secs(3)).max_attempts(4).max_delay(secs(10)),
        Retry::all(),
    ];
    let task = TaskCall { retry, ..call("Ship", Value::Null) };
    assert_eq!(block_on(run(&ctx, task)), Ok(json!(4)));
    // five attempts of one second; waits of 3, 6, 10 and 10
    assert_eq!(local.elapsed(), secs(5 + 3 + 6 + 10 + 10));
    assert_eq!(local.states(), ["Ship"; 5]);
}

#[test]
fn a_retrier_without_attempts_left_hides_those_after_it() {
    let local = replying(|_| after(0, error("Busy")));
    let retry = vec![Retry::on("Busy").max_attempts(1), Retry::all()];
    let failed = block_on(run(&local.ctx(), TaskCall { retry, ..call("Ship", Value::Null) }));
    assert_eq!(failed, Err(Failure::new("Busy", "because")));
    assert_eq!(local.states().len(), 2);
}

#[test]
fn names_are_matched_as_the_language_says() {
    let attempts = |name: &'static str, on: &str| {
        let local = replying(move |_| after(0, error(name)));
        let retry = vec![Retry::on(on).max_attempts(1)];
        let _ = block_on(run(&local.ctx(), TaskCall { retry, ..call("Ship", Value::Null) }));
        local.states().len()
    };
    for (name, on, expected) in [
        ("Busy", "Busy", 2),
        ("Busy", "busy", 1),
        ("Busy", "States.ALL", 2),
        ("Busy", "States.TaskFailed", 2),
        ("States.Timeout", "States.TaskFailed", 1),
        ("States.Timeout", "States.ALL", 2),
        ("States.Timeout", "States.HeartbeatTimeout", 1),
        ("States.Runtime", "States.ALL", 1),
        ("States.Runtime", "States.Runtime", 1),
        ("States.DataLimitExceeded", "States.ALL", 2),
        ("States.DataLimitExceeded", "States.DataLimitExceeded", 2),
    ] {
        assert_eq!(attempts(name, on), expected, "{name} {on}");
    }
}

#[test]
fn jitter_is_the_same_for_the_same_seed() {
    let elapsed = |seed| {
        let local = replying(|_| after(0, error("Busy"))).seed(seed);
        let retry = vec![Retry::all().interval(secs(60)).jitter(JitterStrategy::Full)];
        let _ = block_on(run(&local.ctx(), TaskCall { retry, ..call("Ship", Value::Null) }));
        local.elapsed()
    };
    assert_eq!(elapsed(1), elapsed(1));
    assert_ne!(elapsed(1), elapsed(2));
    assert!(elapsed(1) <= secs(60 + 120 + 240));
}

fn approval() -> TaskCall {
    TaskCall {
        has_token: true,
        token_at: vec!["/token".to_owned()],
        timeout: Some(days(3)),
        heartbeat: Some(hours(24)),
        ..call("Approve", json!({ "token": null }))
    }
}

fn pending() -> Local {
    answering(wait_for_token())
}

#[test]
fn a_token_ends_its_task_once() {
    let local = pending();
    let ctx = local.ctx();
    let (approved, ()) = block_on(async {
        join!(run(&ctx, approval()), async {
            let token = local.token("Approve").await;
            assert_eq!(local.calls()[0].input, json!({ "token": token }));
            ctx.sleep(hours(2)).await;
            local.task_success(&token, json!("yes")).unwrap();
            let again = local.task_failure(&token, TaskError::new("No", "")).unwrap_err();
            assert!(again.to_string().contains("no task waits"));
        })
    });
    assert_eq!(approved, Ok(json!("yes")));
    assert_eq!(local.elapsed(), hours(2));
    assert_eq!(local.tokens(), []);
}

#[test]
fn heartbeats_keep_a_task_alive_until_they_stop() {
    let local = pending();
    let ctx = local.ctx();
    let (failed, ()) = block_on(async {
        join!(run(&ctx, approval()), async {
            let token = local.token("Approve").await;
            ctx.sleep(hours(20)).await;
            local.task_heartbeat(&token).unwrap();
        })
    });
    assert_eq!(failed, timeout());
    assert_eq!(local.elapsed(), hours(44));
}

#[test]
fn a_heartbeat_that_is_missed_has_two_names() {
    let local = pending();
    let retry = vec![Retry::on("States.HeartbeatTimeout").max_attempts(1)];
    let failed = block_on(run(&local.ctx(), TaskCall { retry, ..approval() }));
    assert_eq!(failed, timeout());
    assert_eq!(local.elapsed(), hours(48) + secs(1));
    let tokens: Vec<Value> = local.calls().into_iter().map(|call| call.input["token"].clone()).collect();
    assert_ne!(tokens[0], tokens[1]);
}

#[test]
fn what_waits_for_nothing_is_said() {
    let local = pending();
    let ctx = local.ctx();
    let task = TaskCall { timeout: None, heartbeat: None, ..approval() };
    let stuck = try_block_on(run(&ctx, task.clone())).unwrap_err();
    assert_eq!(
        stuck.to_string(),
        "nothing will ever wake this future: `Approve` waits for its token; give it a timeout, or let the test answer"
    );
    let stuck = try_block_on(run(&ctx, TaskCall { has_token: false, ..task })).unwrap_err();
    assert_eq!(stuck.waiting(), ["`Approve` waits for an answer"]);
}

#[test]
fn the_first_error_stops_the_other_branches() {
    let local = replying(|call| match call.state {
        "Fails" => after(3, error("Broken")),
        _ => after(2, Outcome::Success(json!(1))),
    });
    let ctx = local.ctx();
    let both = async {
        try_join!(run(&ctx, call("Fails", 0)), async {
            run(&ctx, call("First", 0)).await?;
            run(&ctx, call("Second", 0)).await?;
            run(&ctx, call("Never", 0)).await
        })
    };
    assert_eq!(block_on(both), Err(Failure::new("Broken", "because")));
    assert_eq!(local.states(), ["Fails", "First", "Second"]);
    assert_eq!(local.elapsed(), secs(3));
    assert_eq!(block_on(async { ctx.sleep(secs(1)).await }), ());
    assert_eq!(local.elapsed(), secs(4));
}

#[test]
fn items_are_done_so_many_at_a_time_and_stand_in_their_order() {
    let local = slow();
    let ctx = local.ctx();
    let times = [5_u64, 1, 1, 1];
    let run_item = async |seconds: &u64| {
        run(&ctx, call("Item", *seconds)).await?;
        Ok::<_, Failure>((*seconds, local.elapsed().as_secs()))
    };
    let done = block_on(map_each(&ctx, &times, run_item).max_concurrency(2)).unwrap();
    assert_eq!(done, [(5, 5), (1, 1), (1, 2), (1, 3)]);
    let none: Result<Vec<u64>, Failure> = block_on(map_each(&ctx, Vec::<u64>::new(), async |n| Ok(n)));
    assert_eq!(none, Ok(Vec::new()));
    let failed = block_on(map_each(&ctx, 0..100, async |n| if n == 7 { Err(n) } else { Ok(n) }));
    assert_eq!(failed, Err(7));
}

#[test]
fn the_order_of_events_does_not_depend_on_who_polls_first() {
    let order = |is_swapped: bool| {
        let local = slow();
        let ctx = local.ctx();
        let worker = async |names: &[&str]| {
            for name in names {
                run(&ctx, call(name, 1)).await.unwrap();
            }
        };
        // begun in the same order, polled in another from then on
        let mut first = Box::pin(worker(&["a1", "a2", "a3"]));
        let mut second = Box::pin(worker(&["b1", "b2", "b3"]));
        let (mut is_first_over, mut is_second_over) = (false, false);
        let both = std::future::poll_fn(|context| {
            let is_begun = local.states().len() > 1;
            for is_second in [is_begun && is_swapped, !(is_begun && is_swapped)] {
                if is_second {
                    is_second_over = is_second_over || second.as_mut().poll(context).is_ready();
                } else {
                    is_first_over = is_first_over || first.as_mut().poll(context).is_ready();
                }
            }
            if is_first_over && is_second_over { Poll::Ready(()) } else { Poll::Pending }
        });
        block_on(both);
        local.states()
    };
    assert_eq!(order(false), ["a1", "b1", "a2", "b2", "a3", "b3"]);
    assert_eq!(order(false), order(true));
}

#[test]
fn a_loop_that_never_ends_is_found() {
    let local = slow();
    let ctx = local.ctx();
    local.shared.effects.set(super::MOST_EFFECTS - 10);
    let forever: Result<(), Failure> = block_on(ctx.workflow(async |ctx: &Ctx| {
        loop {
            ctx.sleep(secs(1)).await;
        }
    }));
    assert_eq!(forever.unwrap_err().error, "States.Runtime");
}

#[test]
fn a_result_that_is_too_large_is_an_error() {
    let local = replying(|_| after(0, Outcome::Success(json!("x".repeat(262_143)))));
    let failed = block_on(run(&local.ctx(), call("Large", 0))).unwrap_err();
    assert_eq!(failed.error, "States.DataLimitExceeded");
    assert!(failed.cause.starts_with("The state/task 'lambda' returned"), "{failed}");
}

#[test]
fn arguments_that_are_too_large_are_not_given_to_a_task() {
    let attempts = |length: usize, on| {
        let local = replying(|_| after(0, Outcome::Success(Value::Null)));
        let task = TaskCall {
            retry: vec![Retry::on(on).interval(secs(1)).max_attempts(2)],
            ..call("Large", "x".repeat(length))
        };
        let result = block_on(run(&local.ctx(), task)).map_err(|failure| failure.error);
        (result, local.calls().len(), local.elapsed())
    };
    let too_large = || Err("States.DataLimitExceeded".to_owned());
    // two quotation marks
    assert_eq!(attempts(262_142, "States.ALL"), (Ok(Value::Null), 1, secs(0)));
    assert_eq!(attempts(262_143, "States.ALL"), (too_large(), 0, secs(0)));
    assert_eq!(attempts(262_143, "States.DataLimitExceeded"), (too_large(), 0, secs(3)));
}

#[test]
fn items_are_read_where_they_are() {
    let local = slow();
    let ctx = local.ctx();
    let source = |key: &str, format| ItemSource::Object { bucket: "b".into(), key: key.into(), format };
    let read = |source| block_on(async { ctx.backend().items(&source).await });
    assert_eq!(read(source("lines", JsonLines)), Ok(vec![json!({"n": 1}), json!({"n": 2})]));
    assert_eq!(read(source("array", Json(None))), Ok(vec![json!(1), json!(2)]));
    assert_eq!(read(source("lines", Json(None))).unwrap_err().error, "States.ItemReaderFailed");
    assert!(read(source("array", Parquet)).unwrap_err().cause.contains("Parquet"));
    assert!(read(source("missing", JsonLines)).unwrap_err().cause.contains("no object `missing`"));
}

#[test]
fn chance_and_the_context_object_come_from_the_execution() {
    let local = slow().name("order-17").state_machine_name("Orders").seed(7).start_time(0);
    let ctx = local.ctx();
    assert_eq!((ctx.execution_name(), ctx.state_machine_name()), ("order-17".into(), "Orders".into()));
    assert_eq!(ctx.execution_id(), "arn:aws:states:us-east-1:123456789012:execution:Orders:order-17");
    assert_eq!(ctx.execution_start_time(), "1970-01-01T00:00:00.000Z");
    let uuid = ctx.uuid();
    assert_eq!((uuid.len(), &uuid[14..15]), (36, "4"));
    assert_eq!(slow().seed(7).ctx().uuid(), uuid);
    let child = Ctx::new(ctx.backend().child("Load", 3));
    assert_eq!(child.execution_name(), "Load-3");
    assert_eq!(child.execution_id(), "arn:aws:states:us-east-1:123456789012:execution:Orders/Load:Load-3");
}

#[derive(Debug, PartialEq, AslError)]
enum Limited {
    #[asl(name = "States.DataLimitExceeded")]
    TooLarge,
    #[asl(other)]
    Other(Failure),
}

#[test]
fn an_error_type_names_its_errors_for_retriers() {
    assert_eq!(Retry::on(Limited::TooLarge), Retry::on("States.DataLimitExceeded"));
    let other = Failure::new("A", "");
    assert_eq!(Limited::from_failure(other.clone()), Ok(Limited::Other(other)));
}
