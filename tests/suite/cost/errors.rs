//! Errors: a second way, named errors, steps that are retried together.

use asl_core::flow::{Block, Branch, Effect};
use asl_core::model::{Retrier, Static};
use serde_json::json;

use super::Pair;
use crate::flow::Case;
use crate::flow::author::{Author, program};

pub(super) fn pairs() -> Vec<Pair> {
    vec![fallback(), put_if_absent(), retried_steps()]
}

/// Asks a second service where the first fails.
fn fallback() -> Pair {
    let a = Author::default();
    let (input, value, from) = (a.local("input"), a.local("value"), a.local("from"));
    let fallback = program(&input, |b| {
        b.set(&from, a.leaf("'primary'"));
        let second = Block::of(|b| {
            b.set(&from, a.leaf("'secondary'"));
            b.effect(a.call("secondary", "$input.id").bind(value.clone()));
        });
        b.effect(a.call("primary", "$input.id").bind(value.clone()).on_any(None, second));
        b.return_(a.leaf("{'from': $from, 'value': $value}"));
    });
    let case = Case::new(fallback)
        .input(json!({"id": 1}))
        .fails("${primary}", "Down")
        .gives("${primary}", json!(1))
        .fails("${secondary}", "Down")
        .gives("${secondary}", json!(2));
    Pair::new("Ask a second service", case, include_str!("fallback.asl.json"))
}

/// Puts an item, or gets the one that is there.
fn put_if_absent() -> Pair {
    let a = Author::default();
    let (input, e, got) = (a.local("input"), a.local("e"), a.local("got"));
    let put = program(&input, |b| {
        let exists = Block::of(|b| {
            let arguments = a.leaf("{'TableName': '${Table}', 'Key': $input.key}");
            b.effect(
                Effect::task("get_item", "arn:aws:states:::dynamodb:getItem", arguments).bind(got.clone()),
            );
            b.return_(got.field("Item"));
        });
        let overloaded = Block::of(|b| b.raise(a.leaf("'Overloaded'"), e.field("Cause")));
        let arguments = a.leaf("{'TableName': '${Table}', 'Item': $input.item}");
        b.effect(
            Effect::task("put_item", "arn:aws:states:::dynamodb:putItem", arguments)
                .on(["DynamoDB.ConditionalCheckFailedException"], None, exists)
                .on(["DynamoDB.ThrottlingException", "States.Timeout"], Some(e.clone()), overloaded),
        );
        b.return_(a.leaf("'created'"));
    });
    let resource = "arn:aws:states:::dynamodb:putItem";
    let case = Case::new(put)
        .input(json!({"item": {"id": 1}, "key": {"id": 1}}))
        .gives(resource, json!({}))
        .fails(resource, "DynamoDB.ConditionalCheckFailedException")
        .fails(resource, "DynamoDB.ThrottlingException")
        .fails(resource, "DynamoDB.ResourceNotFoundException")
        .gives("arn:aws:states:::dynamodb:getItem", json!({"Item": {"id": 1, "at": 3}}));
    Pair::new("Put an item if there is none", case, include_str!("put_if_absent.asl.json"))
}

/// Reserves and confirms; if the seat is taken meanwhile, both again.
fn retried_steps() -> Pair {
    let a = Author::default();
    let (input, held, out) = (a.local("input"), a.local("held"), a.local("out"));
    let (confirmed, retrier) = (
        a.local("confirmed"),
        Retrier {
            error_equals: Some(vec!["Taken".to_owned()]),
            interval_seconds: Some(Static::Literal(2)),
            max_attempts: Some(Static::Literal(3)),
            ..Retrier::default()
        },
    );
    let body = Block::of(|b| {
        b.effect(a.call("reserve", "$input.id").bind(held.clone()));
        b.effect(a.call("confirm", "$held.seat").bind(confirmed.clone()));
        b.return_(confirmed.expression());
    });
    let both = program(&input, |b| {
        b.effect(Effect::parallel([Branch { bind: Some(out.clone()), body }]).retry(retrier));
        b.return_(out.expression());
    });
    let case = Case::new(both)
        .input(json!({"id": 1}))
        .gives("${reserve}", json!({"seat": "4a"}))
        .gives("${reserve}", json!({"seat": "5b"}))
        .gives("${confirm}", json!("yours"))
        .fails("${confirm}", "Taken")
        .fails("${confirm}", "Closed");
    Pair::new("Two steps, retried together", case, include_str!("retried_steps.asl.json"))
}
