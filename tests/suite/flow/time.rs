//! Pauses, retries, limits of time, and what is undone meanwhile.

use asl_core::flow::{Block, Branch, Effect, EffectKind, Handler};
use asl_core::model::{Retrier, Static};
use serde_json::json;

use super::Case;
use super::author::{Author, program};

fn retrier(errors: &[&str], interval: i64, attempts: i64) -> Retrier {
    Retrier {
        error_equals: Some(errors.iter().map(|&error| error.to_owned()).collect()),
        interval_seconds: Some(Static::Literal(interval)),
        max_attempts: Some(Static::Literal(attempts)),
        ..Retrier::default()
    }
}

/// The call, with limits of time in seconds.
fn limited(mut call: Effect, timeout: &str, heartbeat: Option<&str>, a: &Author) -> Effect {
    if let EffectKind::Task(task) = &mut call.kind {
        task.timeout_seconds = Some(a.leaf(timeout));
        task.heartbeat_seconds = heartbeat.map(|seconds| a.leaf(seconds));
    }
    call
}

#[test]
fn pauses_are_as_long_as_computed() {
    let a = Author::default();
    let (input, n) = (a.local("input"), a.local("n"));
    let again = a.label();
    let program = program(&input, |b| {
        b.effect(Effect::wait_until(a.leaf("$input.due")));
        b.set(&n, a.leaf("$input.seconds"));
        b.repeat(again, |b| {
            b.effect(a.call("step", "$n"));
            b.effect(Effect::wait_seconds(a.leaf("$n * 2")));
            b.set(&n, a.leaf("$n + 1"));
            b.choose(a.when("$n > 4", |b| b.break_(again)));
        });
        b.effect(Effect::wait_until(a.leaf("$input.due")));
        b.return_(a.leaf("$n"));
    });
    let case = Case::new(program)
        .input(json!({"due": "2025-01-01T00:01:00Z", "seconds": 3}))
        .input(json!({"due": "2024-01-01T00:00:00Z", "seconds": 0}))
        .fails("${step}", "Bad")
        .gives("${step}", json!(1))
        .gives("${step}", json!(1))
        .gives("${step}", json!(1));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn retries_wait_longer_and_longer() {
    let a = Author::default();
    let (input, out, e) = (a.local("input"), a.local("out"), a.local("e"));
    let program = program(&input, |b| {
        let slower = Retrier {
            backoff_rate: serde_json::Number::from_f64(1.5).map(Static::Literal),
            max_delay_seconds: Some(Static::Literal(8)),
            ..retrier(&["Busy", "Slow"], 4, 4)
        };
        let call =
            a.call("one", "$input.id").bind(out.clone()).retry(slower).retry(retrier(&["States.ALL"], 1, 1));
        let given_up = Block::of(|b| b.return_(a.leaf("$e.Error & ' after all'")));
        b.effect(call.on(["Busy"], Some(e.clone()), given_up));
        b.return_(out.expression());
    });
    let case = Case::new(program)
        .input(json!({"id": 7}))
        .fails("${one}", "Busy")
        .fails("${one}", "Slow")
        .fails("${one}", "Busy")
        .fails("${one}", "Other")
        .gives("${one}", json!("fine"));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn who_handles_timeouts_handles_missed_heartbeats() {
    let a = Author::default();
    let (input, out, e) = (a.local("input"), a.local("out"), a.local("e"));
    let program = program(&input, |b| {
        let late = Block::of(|b| b.return_(a.leaf("'late: ' & $e.Error & $e.Cause")));
        let silent = Block::of(|b| b.return_(a.leaf("'silent'")));
        let call = limited(a.call("one", "1"), "$input.limit", Some("2"), &a);
        b.effect(call.on(["States.Timeout"], Some(e.clone()), late));
        let both = limited(a.call("two", "2").bind(out.clone()), "3", Some("2"), &a);
        b.effect(both.on(["States.HeartbeatTimeout"], None, silent).on(["Bad"], None, Block::new()));
        let only = limited(a.call("three", "3"), "1", None, &a);
        b.effect(only.on(["States.TaskFailed"], None, Block::of(|b| b.return_(a.leaf("'failed'")))));
        b.return_(a.leaf("'done'"));
    });
    let mut case = Case::new(program).input(json!({"limit": 1})).input(json!({"limit": 5}));
    for function in ["${one}", "${two}", "${three}"] {
        case =
            case.gives(function, json!(1)).gives(function, json!(2)).hangs(function).fails(function, "Bad");
    }
    // on the way where `two` fails, nothing sets `out`; nothing reads it either
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn a_timeout_is_raised_again_without_its_cause() {
    let a = Author::default();
    let (input, hold, e) = (a.local("input"), a.local("hold"), a.local("e"));
    let program = program(&input, |b| {
        b.effect(a.call("hold", "1").bind(hold.clone()));
        b.compensate(a.call("release", "$hold"));
        b.attempt(
            |b| b.effect(limited(a.call("work", "$hold"), "5", None, &a)),
            vec![Handler::on_any(
                Some(e.clone()),
                Block::of(|b| {
                    b.effect(a.call("note", "$e"));
                    b.raise(a.leaf("$e.Error"), a.leaf("$e.Cause"));
                }),
            )],
        );
    });
    let case = Case::new(program).gives("${hold}", json!("h")).hangs("${work}").fails("${work}", "Bad");
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn an_undoing_is_retried_and_its_failure_passed_over() {
    let a = Author::default();
    let (input, one, two, e) = (a.local("input"), a.local("one"), a.local("two"), a.local("e"));
    let program = program(&input, |b| {
        b.effect(a.call("one", "1").bind(one.clone()));
        b.compensate(limited(a.call("undo_one", "$one"), "4", None, &a).retry(retrier(&["Busy"], 2, 2)));
        b.attempt(
            |b| {
                b.effect(a.call("two", "$one").bind(two.clone()));
                b.compensate(a.call("undo_two", "$two"));
                b.compensate(Effect::wait_seconds(a.leaf("3")));
                b.effect(a.call("three", "$two"));
            },
            vec![Handler::on(
                ["Soft"],
                Some(e.clone()),
                Block::of(|b| b.return_(a.leaf("'soft: ' & $e.Cause"))),
            )],
        );
        b.effect(a.call("four", "$one"));
        b.return_(a.leaf("'done'"));
    });
    let case = Case::new(program)
        .gives("${one}", json!(1))
        .gives("${two}", json!(2))
        .fails("${three}", "Soft")
        .fails("${three}", "Hard")
        .gives("${three}", json!(3))
        .fails("${four}", "Soft")
        .gives("${four}", json!(4))
        .fails("${undo_two}", "Soft")
        .fails("${undo_one}", "Busy")
        .hangs("${undo_one}")
        .gives("${undo_one}", json!(0));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn another_role_may_call() {
    let a = Author::default();
    let (input, role) = (a.local("input"), a.local("role"));
    let mut call = a.call("one", "$input.id");
    if let EffectKind::Task(task) = &mut call.kind {
        task.credentials = Some(a.leaf("{'RoleArn': $role}"));
    }
    let program = program(&input, |b| {
        b.set(&role, a.leaf("'arn:aws:iam::' & $input.account & ':role/caller'"));
        b.effect(call.clone());
        b.effect(Effect::wait_seconds(a.leaf("1")));
        b.effect(call);
    });
    let case = Case::new(program).input(json!({"id": 7, "account": "123456789012"})).fails("${one}", "Bad");
    insta::assert_snapshot!(case.gives("${one}", json!(1)).agrees());
}

#[test]
fn a_parallel_is_bound_whole_and_fails_whole() {
    let a = Author::default();
    let (input, all, got, e) = (a.local("input"), a.local("all"), a.local("got"), a.local("e"));
    let branch = |function: &'static str| {
        let (a, got) = (&a, &got);
        let body = Block::of(move |b| {
            b.effect(a.call(function, "$input.id").bind(got.clone()));
            b.effect(Effect::wait_seconds(a.leaf("$got")));
            b.effect(limited(a.call("check", "$got"), "2", None, a));
            b.return_(a.leaf("{'got': $got}"));
        });
        Branch { bind: None, body }
    };
    // two branches may not share a local
    let first = branch("one");
    let second = {
        let got = a.known_as("got", "other");
        let body = Block::of(|b| {
            b.effect(a.call("two", "$input.id").bind(got.clone()));
            b.return_(a.leaf("[$other]"));
        });
        Branch { bind: None, body }
    };
    let constant = Branch { bind: None, body: Block::of(|b| b.return_(a.leaf("'constant'"))) };
    let program = program(&input, |b| {
        let failed = Block::of(|b| b.return_(a.leaf("$e")));
        let parallel = Effect::parallel([first, constant, second]).bind(all.clone());
        b.effect(parallel.retry(retrier(&["Again"], 5, 2)).on_any(Some(e.clone()), failed));
        b.return_(a.leaf("{'all': $all, 'count': $count($all)}"));
    });
    let case = Case::new(program)
        .input(json!({"id": 7}))
        .gives("${one}", json!(2))
        .gives("${one}", json!(0))
        .fails("${one}", "Again")
        .gives("${check}", json!(1))
        .gives("${check}", json!(1))
        .hangs("${check}")
        .gives("${two}", json!("b"))
        .gives("${two}", json!("c"))
        .fails("${two}", "Bad");
    insta::assert_snapshot!(case.agrees());
}
