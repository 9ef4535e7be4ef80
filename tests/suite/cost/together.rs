//! What happens at the same time, and what is chosen from many.

use asl_core::flow::{Batches, Block, Branch, Distributed, Effect, EffectKind, Map, Reader};
use asl_core::model::{ExecutionType, InputType, ReaderConfig, Static};
use serde_json::json;

use super::Pair;
use super::article::seconds;
use crate::flow::Case;
use crate::flow::author::{Author, program};

pub(super) fn pairs() -> Vec<Pair> {
    vec![fan_out(), route(), nested_map(), batches()]
}

/// Checks a customer in two ways at the same time.
fn fan_out() -> Pair {
    let a = Author::default();
    let (input, score, person, clear) =
        (a.local("input"), a.local("score"), a.local("person"), a.local("clear"));
    let (first, second) = (a.local("first"), a.local("second"));
    let branch = |bind, body: Block| Branch { bind: Some(bind), body };
    let check = program(&input, |b| {
        b.effect(
            Effect::parallel([
                branch(
                    first.clone(),
                    Block::of(|b| {
                        b.effect(a.call("credit", "$input.ssn").bind(score.clone()));
                        b.return_(score.field("score"));
                    }),
                ),
                branch(
                    second.clone(),
                    Block::of(|b| {
                        b.effect(a.call("identity", "$input.ssn").bind(person.clone()));
                        b.effect(a.call("sanctions", "$person.name").bind(clear.clone()));
                        b.return_(clear.field("clear"));
                    }),
                ),
            ])
            .on(["Unknown"], None, Block::of(|b| b.return_(a.leaf("'unknown'")))),
        );
        b.choose(a.when("$first > 600 and $second", |b| b.return_(a.leaf("'accept'"))));
        b.return_(a.leaf("'decline'"));
    });
    let case = Case::new(check)
        .input(json!({"ssn": "1"}))
        .gives("${credit}", json!({"score": 700}))
        .gives("${credit}", json!({"score": 500}))
        .gives("${identity}", json!({"name": "Ann"}))
        .fails("${identity}", "Unknown")
        .gives("${sanctions}", json!({"clear": true}))
        .gives("${sanctions}", json!({"clear": false}))
        .fails("${sanctions}", "Down");
    Pair::new("Check a customer in two ways", case, include_str!("fan_out.asl.json"))
}

/// Routes a message by what it is.
fn route() -> Pair {
    let a = Author::default();
    let (input, what, ticket, out) = (a.local("input"), a.local("what"), a.local("ticket"), a.local("out"));
    let route = program(&input, |b| {
        b.effect(a.call("classify", "$input.text").bind(what.clone()));
        b.set(&ticket, a.leaf("'none'"));
        let question = Block::of(|b| {
            b.choose(
                a.when("$what.urgent", |b| b.effect(a.call("page", "$input.text").bind(ticket.clone())))
                    .or_else(Block::of(|b| b.effect(a.call("answer", "$input.text")))),
            );
        });
        b.choose(
            a.when("$what.kind = 'bug'", |b| {
                b.effect(a.call("file_bug", "$input.text").bind(ticket.clone()));
            })
            .or_if(a.leaf("$what.kind = 'question'"), question),
        );
        b.effect(a.call("archive", "$ticket").bind(out.clone()));
        b.return_(out.expression());
    });
    let what = |kind: &str, urgent: bool| json!({"kind": kind, "urgent": urgent});
    let case = Case::new(route)
        .input(json!({"text": "it is slow"}))
        .gives("${classify}", what("bug", false))
        .gives("${classify}", what("question", true))
        .gives("${classify}", what("question", false))
        .gives("${classify}", what("thanks", false))
        .gives("${file_bug}", json!("T-1"))
        .gives("${page}", json!("T-2"))
        .gives("${archive}", json!("kept"));
    Pair::new("Route a message", case, include_str!("route.asl.json"))
}

/// Cells of rows: what is around an iteration is read there.
fn nested_map() -> Pair {
    let a = Author::default();
    let (input, row, cell) = (a.local("input"), a.local("row"), a.local("cell"));
    let (rows, cells, got) = (a.local("rows"), a.local("cells"), a.local("got"));
    let inner = Block::of(|b| {
        b.effect(a.call("each", "{'cell': $cell, 'row': $row.name}").bind(got.clone()));
        b.return_(got.expression());
    });
    let outer = Block::of(|b| {
        b.effect(Effect::map(a.leaf("$row.cells"), cell.clone(), inner).bind(cells.clone()));
        b.return_(cells.expression());
    });
    let all = program(&input, |b| {
        b.effect(Effect::map(a.leaf("$input.rows"), row.clone(), outer).bind(rows.clone()));
        b.return_(rows.expression());
    });
    let rows = json!([{"name": "r", "cells": ["a", "b"]}, {"name": "s", "cells": ["c"]}]);
    let case = Case::new(all)
        .input(json!({ "rows": rows }))
        .input(json!({"rows": []}))
        .gives("${each}", json!(1))
        .gives("${each}", json!(2));
    Pair::new("Rows and their cells", case, include_str!("nested_map.asl.json"))
}

/// Rows of a stored file, two at a time, whether they fail or not.
fn batches() -> Pair {
    let a = Author::default();
    let (input, rows) = (a.local("input"), a.local("rows"));
    let body = Block::of(|b| {
        b.effect(a.call("write", "{'rows': $rows, 'table': $input.table}"));
    });
    let map = Map {
        items: None,
        item: rows.clone(),
        index: None,
        body,
        max_concurrency: None,
        distributed: Some(Distributed {
            reader: Some(Reader {
                resource: "arn:aws:states:::s3:getObject".to_owned(),
                config: Some(ReaderConfig {
                    input_type: Some(Static::Literal(InputType::Json)),
                    ..ReaderConfig::default()
                }),
                arguments: a.leaf("{'Bucket': 'items', 'Key': $input.key}"),
            }),
            batches: Some(Batches { max_items: Some(seconds(2)), max_bytes: None }),
            tolerated_failure_percentage: Some(seconds(100)),
            ..Distributed::new(ExecutionType::Standard)
        }),
    };
    let import = program(&input, |b| {
        b.effect(Effect::new(EffectKind::Map(Box::new(map))));
        b.effect(a.call("report", "'done'"));
    });
    let case = Case::new(import)
        .input(json!({"key": "one.json", "table": "t"}))
        .input(json!({"key": "none.json", "table": "t"}))
        .stores("one.json", "[1, 2, 3]", &[json!(1), json!(2), json!(3)])
        .fails("${write}", "Full")
        .gives("${write}", json!(1));
    Pair::new("Import a file in batches", case, include_str!("batches.asl.json"))
}
