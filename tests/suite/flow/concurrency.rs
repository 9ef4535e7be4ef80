//! Parallel, maps, what they take from around them.

use asl_core::flow::{Block, Branch, Distributed, Effect, EffectKind, Handler, Map, Name};
use asl_core::model::{ExecutionType, Retrier};
use serde_json::json;

use super::Case;
use super::author::{Author, program};

#[test]
fn branches_that_do_nothing_are_no_branches() {
    let a = Author::default();
    let (input, x, y, z) = (a.local("input"), a.local("x"), a.local("y"), a.local("z"));
    let (got, step) = (a.local("got"), a.local("step"));
    let branch = |bind, body: Block| Branch { bind: Some(bind), body };
    let program = program(&input, |b| {
        b.effect(Effect::parallel([
            branch(x.clone(), Block::of(|b| b.return_(a.leaf("'hello'")))),
            branch(
                y.clone(),
                Block::of(|b| {
                    b.effect(a.call("one", "$input.id").bind(got.clone()));
                    b.effect(a.call("two", "{'got': $got, 'id': $input.id}").bind(step.clone()));
                    b.return_(step.expression());
                }),
            ),
            branch(
                z.clone(),
                Block::of(|b| {
                    b.effect(a.call("three", "1"));
                    b.return_(a.leaf("'three'"));
                }),
            ),
        ]));
        b.return_(a.leaf("{'x': $x, 'y': $y, 'z': $z, 'id': $input.id}"));
    });
    let case = Case::new(program)
        .input(json!({"id": 7}))
        .gives("${one}", json!([1]))
        .gives("${two}", json!("b"))
        .fails("${two}", "Two")
        .fails("${three}", "Three")
        .gives("${three}", json!(0));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn one_working_branch_is_no_parallel() {
    let a = Author::default();
    let (input, x, y, got) = (a.local("input"), a.local("x"), a.local("y"), a.local("got"));
    let program = program(&input, |b| {
        b.effect(
            Effect::parallel([
                Branch { bind: Some(x.clone()), body: Block::of(|b| b.return_(a.leaf("1"))) },
                Branch {
                    bind: Some(y.clone()),
                    body: Block::of(|b| {
                        b.effect(a.call("one", "$input").bind(got.clone()));
                        b.choose(a.when("$got > 3", |b| b.return_(a.leaf("'much'"))));
                        b.return_(a.leaf("'little'"));
                    }),
                },
            ])
            .on(["Bad"], None, Block::of(|b| b.return_(a.leaf("'bad'")))),
        );
        b.return_(a.leaf("{'x': $x, 'y': $y}"));
    });
    let case = Case::new(program).gives("${one}", json!(1)).gives("${one}", json!(5)).fails("${one}", "Bad");
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn a_block_is_retried_as_one_branch() {
    let a = Author::default();
    let (input, out, got) = (a.local("input"), a.local("out"), a.local("got"));
    let retrier = Retrier {
        error_equals: Some(vec!["Busy".to_owned()]),
        max_attempts: Some(2.into()),
        ..Retrier::default()
    };
    let program = program(&input, |b| {
        b.effect(
            Effect::parallel([Branch {
                bind: Some(out.clone()),
                body: Block::of(|b| {
                    b.effect(a.call("one", "$input").bind(got.clone()));
                    b.effect(a.call("two", "$got").bind(got.clone()));
                    b.return_(got.expression());
                }),
            }])
            .named("Both steps")
            .retry(retrier),
        );
        b.return_(out.expression());
    });
    let case = Case::new(program).gives("${one}", json!(1)).gives("${two}", json!([2]));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn a_map_collects_results_and_its_error_is_caught_outside() {
    let a = Author::default();
    let (input, item, index, all) = (a.local("input"), a.local("item"), a.local("index"), a.local("all"));
    let (user, got, e) = (a.local("user"), a.local("got"), a.local("e"));
    let body = Block::of(|b| {
        b.choose(a.when("$item.skip", |b| b.return_(a.leaf("null"))));
        b.effect(a.call("each", "{'item': $item.n, 'at': $index, 'user': $user.name}").bind(got.clone()));
        b.choose(a.when("$got = 'odd'", |b| b.raise(a.leaf("'Odd'"), a.leaf("'item ' & $item.n"))));
        b.return_(a.leaf("{'got': $got, 'n': $item.n}"));
    });
    let map = Map {
        items: Some(a.leaf("$input.items")),
        item: item.clone(),
        index: Some(index.clone()),
        body,
        max_concurrency: Some(a.leaf("2")),
        distributed: None,
    };
    let program = program(&input, |b| {
        b.effect(a.call("fetch_user", "$input.id").bind(user.clone()));
        b.effect(Effect::new(EffectKind::Map(Box::new(map))).bind(all.clone()).on(
            ["Odd"],
            Some(e.clone()),
            Block::of(|b| b.return_(e.field("Cause"))),
        ));
        b.return_(a.leaf("{'all': $all, 'user': $user.id}"));
    });
    let items = json!([{"n": 1, "skip": false}, {"n": 2, "skip": true}, {"n": 3, "skip": false}]);
    let case = Case::new(program)
        .input(json!({"id": 1, "items": []}))
        .input(json!({"id": 1, "items": [{"n": 9, "skip": false}]}))
        .input(json!({"id": 1, "items": items}))
        .gives("${fetch_user}", json!({"name": "Ann", "id": 1}))
        .gives("${each}", json!("fine"))
        .gives("${each}", json!("fine"))
        .gives("${each}", json!("odd"))
        .fails("${each}", "Bad");
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn nested_maps_read_what_is_around_them() {
    let a = Author::default();
    let (input, row, cell, rows) = (a.local("input"), a.local("row"), a.local("cell"), a.local("rows"));
    let (cells, got, i) = (a.local("cells"), a.local("got"), a.local("i"));
    let again = a.label();
    let inner = Block::of(|b| {
        b.set(&i, a.leaf("0"));
        b.repeat(again, |b| {
            b.effect(
                a.call("each", "{'cell': $cell, 'row': $row.name, 'i': $i, 'id': $input.id}")
                    .bind(got.clone()),
            );
            b.choose(a.when("$got or $i > 1", |b| b.break_(again)));
            b.set(&i, a.leaf("$i + 1"));
        });
        b.return_(a.leaf("$cell & '/' & $i"));
    });
    let program = program(&input, |b| {
        let outer = Block::of(|b| {
            b.effect(Effect::map(a.leaf("$row.cells"), cell.clone(), inner).bind(cells.clone()));
            b.return_(cells.expression());
        });
        b.effect(Effect::map(a.leaf("$input.rows"), row.clone(), outer).bind(rows.clone()));
        b.return_(rows.expression());
    });
    let rows = json!([{"name": "r1", "cells": ["a", "b"]}, {"name": "r2", "cells": ["c"]}]);
    let case = Case::new(program)
        .input(json!({"id": 3, "rows": rows}))
        .gives("${each}", json!(true))
        .gives("${each}", json!(false));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn a_distributed_map_is_handed_what_it_takes() {
    let a = Author::default();
    let (input, item, index) = (a.local("input"), a.local("item"), a.local("index"));
    let (user, got, all) = (a.local("user"), a.local("got"), a.local("all"));
    let body = Block::of(|b| {
        b.effect(
            a.call("each", "{'item': $item, 'at': $index, 'user': $user.name, 'id': $input.id}")
                .bind(got.clone()),
        );
        b.return_(got.expression());
    });
    let map = Map {
        items: Some(a.leaf("$input.items")),
        item: item.clone(),
        index: Some(index.clone()),
        body,
        max_concurrency: None,
        distributed: Some(Distributed::new(ExecutionType::Express)),
    };
    let program = program(&input, |b| {
        b.effect(a.call("fetch_user", "$input.id").bind(user.clone()));
        b.effect(
            Effect {
                name: Name::Derived("each_item".to_owned()),
                ..Effect::new(EffectKind::Map(Box::new(map)))
            }
            .bind(all.clone()),
        );
        b.return_(a.leaf("{'all': $all, 'id': $input.id, 'arn': 'x'}"));
    });
    let case = Case::new(program)
        .input(json!({"id": 1, "items": ["a", "b", "c"]}))
        .gives("${fetch_user}", json!({"name": "Ann"}))
        .gives("${each}", json!({"x": 1}));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn an_error_in_a_branch_is_caught_outside() {
    let a = Author::default();
    let (input, e) = (a.local("input"), a.local("e"));
    let program = program(&input, |b| {
        b.attempt(
            |b| {
                b.effect(Effect::parallel([
                    Branch { bind: None, body: Block::of(|b| b.effect(a.call("one", "$input.id"))) },
                    Branch {
                        bind: None,
                        body: Block::of(|b| {
                            b.effect(a.call("two", "$input.id"));
                            b.raise(a.leaf("'Inner'"), a.leaf("'of two'"));
                        }),
                    },
                ]));
            },
            vec![Handler::on_any(
                Some(e.clone()),
                Block::of(|b| b.return_(a.leaf("$e.Error & ': ' & $e.Cause"))),
            )],
        );
    });
    let case = Case::new(program).input(json!({"id": 2})).fails("${one}", "One").gives("${one}", json!(1));
    insta::assert_snapshot!(case.agrees());
}
