//! What an introduction to the service shows: billing after a choice, a saga, an approval, polling, a map.

use asl_core::flow::{Block, Branch, Effect, EffectKind, Map};
use asl_core::model::{Retrier, Static};
use asl_core::syntax::jsonata::{Expression, Kind};
use serde_json::json;

use super::Pair;
use crate::flow::Case;
use crate::flow::author::{Author, program};

pub(super) fn pairs() -> Vec<Pair> {
    vec![user_billing(), order_saga(), approval(), polling(), process_orders()]
}

/// Fetches a user, writes a mail by plan, bills with retries, notifies two systems at the same time.
fn user_billing() -> Pair {
    let a = Author::default();
    let (input, user) = (a.local("input"), a.local("user"));
    let retrier = |errors: &[&str], interval, attempts| Retrier {
        error_equals: Some(errors.iter().map(|&error| error.to_owned()).collect()),
        interval_seconds: Some(Static::Literal(interval)),
        max_attempts: Some(Static::Literal(attempts)),
        ..Retrier::default()
    };
    let billing = program(&input, |b| {
        b.effect(a.call("fetch_user", "$input.userId").bind(user.clone()));
        b.choose(
            a.when("$user.plan = 'pro'", |b| b.effect(a.call("send_pro_email", "$user")))
                .or_else(Block::of(|b| b.effect(a.call("send_basic_email", "$user")))),
        );
        b.effect(a.call("run_billing", "$user").retry(retrier(&["RateLimitError"], 60, 3)).retry(retrier(
            &["Busy"],
            30,
            1,
        )));
        let branch =
            |function: &str| Branch { bind: None, body: Block::of(|b| b.effect(a.call(function, "$user"))) };
        b.effect(Effect::parallel([branch("notify_slack"), branch("update_dashboard")]));
    });
    let case = Case::new(billing)
        .input(json!({"userId": 7}))
        .gives("${fetch_user}", json!({"id": 7, "plan": "pro"}))
        .gives("${fetch_user}", json!({"id": 7, "plan": "basic"}))
        .gives("${run_billing}", json!(1))
        .fails("${run_billing}", "RateLimitError")
        .fails("${run_billing}", "Busy")
        .fails("${update_dashboard}", "Down")
        .gives("${update_dashboard}", json!(1));
    Pair::new("Bill a user (article)", case, include_str!("user_billing.asl.json"))
}

/// Four steps; when one fails, those before it are undone in reverse.
fn order_saga() -> Pair {
    let a = Author::default();
    let (input, order, payment) = (a.local("input"), a.local("order"), a.local("payment"));
    let shipment = a.local("shipment");
    let saga = program(&input, |b| {
        b.effect(a.call("create_order", "$input").bind(order.clone()));
        b.compensate(a.call("cancel_order", "$order.id"));
        b.effect(a.call("charge", "$input.total").bind(payment.clone()));
        b.compensate(a.call("refund", "$payment.id"));
        b.effect(a.call("deduct_inventory", "$input.items"));
        b.compensate(a.call("restore_inventory", "$input.items"));
        b.effect(a.call("schedule_ship", "$order.id").bind(shipment.clone()));
        b.return_(a.leaf("{'order': $order.id, 'tracking': $shipment.tracking}"));
    });
    let mut case = Case::new(saga)
        .input(json!({"total": 5, "items": ["a"]}))
        .gives("${create_order}", json!({"id": "o"}))
        .gives("${charge}", json!({"id": "p"}))
        .gives("${schedule_ship}", json!({"tracking": "t"}));
    for step in ["${charge}", "${deduct_inventory}", "${schedule_ship}", "${refund}"] {
        case = case.fails(step, "Failed").gives(step, json!({"id": "p", "tracking": "t"}));
    }
    Pair::new("Order saga (article)", case, include_str!("order_saga.asl.json"))
}

/// A number of seconds.
pub(super) fn seconds(seconds: u32) -> Expression {
    Expression::new(Kind::Number(seconds.into()), 0..0)
}

/// Asks a person, who may be late.
fn approval() -> Pair {
    let a = Author::default();
    let (input, answer) = (a.local("input"), a.local("answer"));
    let approval = program(&input, |b| {
        b.choose(a.when("$input.amount < 100", |b| b.return_(a.leaf("'approved'"))));
        let mut ask = Effect::task(
            "ask",
            "arn:aws:states:::sns:publish.waitForTaskToken",
            a.leaf("{'TopicArn': '${Topic}', 'Message': {'token': $states.context.Task.Token, 'order': $input.id}}"),
        )
        .bind(answer.clone())
        .on(["States.Timeout"], None, Block::of(|b| b.raise(a.leaf("'NoAnswer'"), a.leaf("'order ' & $input.id"))));
        if let EffectKind::Task(task) = &mut ask.kind {
            task.timeout_seconds = Some(seconds(86_400));
        }
        b.effect(ask);
        b.choose(a.when("$answer.ok = false", |b| b.return_(a.leaf("'rejected'"))));
        b.effect(a.call("publish_approval", "{'order': $input.id, 'by': $answer.by}"));
        b.return_(a.leaf("'approved'"));
    });
    let case = Case::new(approval)
        .input(json!({"amount": 50, "id": 1}))
        .input(json!({"amount": 500, "id": 2}))
        .gives("arn:aws:states:::sns:publish.waitForTaskToken", json!({"ok": true, "by": "Ann"}))
        .gives("arn:aws:states:::sns:publish.waitForTaskToken", json!({"ok": false, "by": "Bob"}))
        .hangs("arn:aws:states:::sns:publish.waitForTaskToken");
    Pair::new("Approval by a person (article)", case, include_str!("approval.asl.json"))
}

/// Starts a job, asks for its state every thirty seconds, gives up after some.
fn polling() -> Pair {
    let a = Author::default();
    let (input, job, status, polls) = (a.local("input"), a.local("job"), a.local("status"), a.local("polls"));
    let again = a.label();
    let polling = program(&input, |b| {
        b.effect(a.call("start_job", "$input.sql").bind(job.clone()));
        b.set(&polls, a.leaf("0"));
        b.repeat(again, |b| {
            b.effect(Effect::wait_seconds(seconds(30)));
            b.effect(a.call("check_job", "$job.id").bind(status.clone()));
            b.choose(
                a.when("$status = 'DONE'", |b| b.return_(a.leaf("{'id': $job.id, 'polls': $polls}"))).or_if(
                    a.leaf("$status = 'FAILED' or $polls >= 3"),
                    Block::of(|b| b.raise(a.leaf("'GaveUp'"), a.leaf("'after ' & $polls"))),
                ),
            );
            b.set(&polls, a.leaf("$polls + 1"));
        });
    });
    let case = Case::new(polling)
        .input(json!({"sql": "select"}))
        .gives("${start_job}", json!({"id": "q"}))
        .gives("${check_job}", json!("RUNNING"))
        .gives("${check_job}", json!("RUNNING"))
        .gives("${check_job}", json!("DONE"))
        .gives("${check_job}", json!("FAILED"));
    Pair::new("Poll a job (article)", case, include_str!("polling.asl.json"))
}

/// Processes orders, ten at a time.
fn process_orders() -> Pair {
    let a = Author::default();
    let (input, order, receipt, all) =
        (a.local("input"), a.local("order"), a.local("receipt"), a.local("all"));
    let body = Block::of(|b| {
        b.effect(a.call("process_order", "{'order': $order, 'shop': $input.shop}").bind(receipt.clone()));
        b.return_(receipt.field("id"));
    });
    let map = Map {
        items: Some(a.leaf("$input.orders")),
        item: order.clone(),
        index: None,
        body,
        max_concurrency: Some(a.leaf("10")),
        distributed: None,
    };
    let process = program(&input, |b| {
        b.effect(Effect::new(EffectKind::Map(Box::new(map))).bind(all.clone()));
        b.return_(all.expression());
    });
    let case = Case::new(process)
        .input(json!({"shop": "s", "orders": []}))
        .input(json!({"shop": "s", "orders": [1, 2, 3]}))
        .gives("${process_order}", json!({"id": "r"}))
        .gives("${process_order}", json!({"id": "q"}))
        .gives("${process_order}", json!({"id": "r"}))
        .fails("${process_order}", "Bad");
    Pair::new("Process orders (article)", case, include_str!("process_orders.asl.json"))
}
