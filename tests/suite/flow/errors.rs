//! Handlers, raising, compensation.

use asl_core::flow::{Block, Handler, Name, StatementKind};
use serde_json::json;

use super::Case;
use super::author::{Author, program};

#[test]
fn errors_without_a_handler_need_no_catcher() {
    let a = Author::default();
    let (input, out, e) = (a.local("input"), a.local("out"), a.local("e"));
    let program = program(&input, |b| {
        b.effect(a.call("one", "$input"));
        let again = Block::of(|b| b.raise(a.leaf("$e.Error"), a.leaf("$e.Cause")));
        b.effect(a.call("two", "$input").bind(out.clone()).on_any(Some(e.clone()), again));
        b.return_(out.expression());
    });
    let case = Case::new(program).fails("${one}", "Bad").gives("${one}", json!(1)).fails("${two}", "Worse");
    insta::assert_snapshot!(case.gives("${two}", json!(2)).agrees());
}

#[test]
fn named_errors_have_their_handlers_and_the_rest_goes_on() {
    let a = Author::default();
    let (input, e, f) = (a.local("input"), a.local("e"), a.known_as("e", "f"));
    let program = program(&input, |b| {
        b.effect(
            a.call("put", "$input.id")
                .on(["Exists"], Some(e.clone()), Block::of(|b| b.return_(a.leaf("'there: ' & $e.Cause"))))
                .on(
                    ["Slow", "States.Timeout"],
                    Some(f.clone()),
                    Block::of(|b| b.effect(a.call("note", "{'why': $f, 'id': $input.id}"))),
                ),
        );
        b.effect(a.call("after", "$input.id"));
    });
    let case = Case::new(program)
        .input(json!({"id": 7}))
        .gives("${put}", json!(1))
        .fails("${put}", "Exists")
        .fails("${put}", "Slow")
        .fails("${put}", "Other");
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn raising_inside_a_region_jumps_to_its_handler() {
    let a = Author::default();
    let (input, n, e, word) = (a.local("input"), a.local("n"), a.local("e"), a.local("word"));
    let program = program(&input, |b| {
        b.set(&word, a.leaf("'start'"));
        b.attempt(
            |b| {
                b.effect(a.call("one", "$input.id").bind(n.clone()));
                b.choose(a.when("$n < 0", |b| b.raise(a.leaf("'Negative'"), a.leaf("'it was ' & $n"))));
                b.choose(a.when("$n > 10", |b| b.raise(a.leaf("'Large'"), a.leaf("'it was ' & $n"))));
                b.set(&word, a.leaf("'middle'"));
                b.effect(a.call("two", "$n"));
                b.set(&word, a.leaf("'end'"));
            },
            vec![
                Handler::on(
                    ["Negative", "Two"],
                    Some(e.clone()),
                    Block::of(|b| b.effect(a.call("mend", "{'why': $e.Cause, 'word': $word}"))),
                ),
                Handler::on(["Hopeless"], None, Block::of(|b| b.return_(a.leaf("'given up: ' & $word")))),
            ],
        );
        b.return_(word.expression());
    });
    let case = Case::new(program)
        .input(json!({"id": 7}))
        .gives("${one}", json!(-1))
        .gives("${one}", json!(5))
        .gives("${one}", json!(50))
        .fails("${one}", "Hopeless")
        .gives("${two}", json!(0))
        .fails("${two}", "Two")
        .fails("${two}", "Other")
        .fails("${mend}", "Hopeless")
        .gives("${mend}", json!(0));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn an_error_computed_at_run_time_finds_its_handler() {
    let a = Author::default();
    let (input, n, e) = (a.local("input"), a.local("n"), a.local("e"));
    let program = program(&input, |b| {
        b.attempt(
            |b| {
                b.effect(a.call("one", "$input.id").bind(n.clone()));
                b.push(StatementKind::Raise {
                    error: a.leaf("$n.error"),
                    cause: a.leaf("$n.cause"),
                    name: Name::Derived("give_up".to_owned()),
                });
            },
            vec![
                Handler::on(
                    ["A", "B"],
                    Some(e.clone()),
                    Block::of(|b| b.return_(a.leaf("'ab ' & $e.Cause"))),
                ),
                Handler::on(["C"], Some(e.clone()), Block::of(|b| b.return_(a.leaf("'c ' & $e.Cause")))),
            ],
        );
    });
    let mut case = Case::new(program).input(json!({"id": 7}));
    for error in ["A", "B", "C", "D"] {
        case = case.gives("${one}", json!({"error": error, "cause": "because"})).fails("${one}", error);
    }
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn retrying_for_ever_has_no_end_but_by_success() {
    let a = Author::default();
    let (input, out) = (a.local("input"), a.local("out"));
    let again = a.label();
    let program = program(&input, |b| {
        b.repeat(again, |b| {
            b.effect(a.call("work", "$input.id").bind(out.clone()).on_any(
                None,
                Block::of(|b| {
                    b.effect(asl_core::flow::Effect::wait_seconds(a.leaf("60")));
                    b.continue_(again);
                }),
            ));
            b.return_(out.expression());
        });
    });
    let case =
        Case::new(program).input(json!({"id": 7})).fails("${work}", "Busy").gives("${work}", json!("done"));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn completed_steps_are_undone_in_reverse() {
    let a = Author::default();
    let (input, hold, payment) = (a.local("input"), a.local("hold"), a.local("payment"));
    let shipment = a.local("shipment");
    let program = program(&input, |b| {
        b.effect(a.call("reserve", "$input.id").bind(hold.clone()));
        b.compensate(a.call("release", "$hold.id"));
        b.effect(a.call("charge", "$input.id").bind(payment.clone()));
        b.compensate(a.call("refund", "$payment.id"));
        b.effect(a.call("ship", "{'id': $input.id, 'payment': $payment.id}").bind(shipment.clone()));
        b.choose(a.when("$shipment.lost", |b| b.raise(a.leaf("'Lost'"), a.leaf("$shipment.why"))));
        b.return_(a.leaf("$shipment.tracking"));
    });
    let case = Case::new(program)
        .input(json!({"id": 7}))
        .gives("${reserve}", json!({"id": "h"}))
        .fails("${reserve}", "Empty")
        .gives("${charge}", json!({"id": "p"}))
        .gives("${charge}", json!({"id": "p"}))
        .fails("${charge}", "Declined")
        .gives("${ship}", json!({"lost": false, "tracking": "t"}))
        .gives("${ship}", json!({"lost": true, "why": "sea"}))
        .fails("${ship}", "Strike")
        .gives("${refund}", json!(null))
        .fails("${refund}", "NoRefund")
        .gives("${release}", json!(null));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn what_a_handled_region_completed_is_undone_before_its_handler() {
    let a = Author::default();
    let (input, hold, e) = (a.local("input"), a.local("hold"), a.local("e"));
    let program = program(&input, |b| {
        b.attempt(
            |b| {
                b.effect(a.call("reserve", "$input.id").bind(hold.clone()));
                b.compensate(a.call("release", "$hold.id"));
                b.effect(a.call("charge", "$input.id"));
            },
            vec![Handler::on(["Declined"], Some(e.clone()), Block::of(|b| b.return_(a.leaf("$e.Cause"))))],
        );
        b.effect(a.call("ship", "$input.id"));
    });
    let case = Case::new(program)
        .input(json!({"id": 7}))
        .gives("${reserve}", json!({"id": "h"}))
        .fails("${reserve}", "Declined")
        .gives("${charge}", json!(1))
        .fails("${charge}", "Declined")
        .fails("${charge}", "Other")
        .gives("${ship}", json!(1))
        .fails("${ship}", "Declined");
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn a_worker_that_never_ends_is_a_machine_too() {
    let a = Author::default();
    let (input, e) = (a.local("input"), a.local("e"));
    let again = a.label();
    let worker = program(&input, |b| {
        b.repeat(again, |b| {
            let pause = Block::of(|b| b.effect(asl_core::flow::Effect::wait_seconds(a.leaf("5"))));
            b.effect(a.call("work", "1").on_any(Some(e.clone()), pause));
        });
    });
    // it is cut off in every run, so there is nothing to compare
    insta::assert_snapshot!(super::checked(&worker.lower().unwrap().machine).0);
}
