//! Loops: pages, attempts, items in turn, a chain that is followed.

use asl_core::flow::{Block, Effect};
use serde_json::json;

use super::Pair;
use crate::flow::Case;
use crate::flow::author::{Author, program};

pub(super) fn pairs() -> Vec<Pair> {
    vec![pagination(), own_backoff(), each_in_turn(), search()]
}

/// Audits the users of each page, until there is no further page.
fn pagination() -> Pair {
    let a = Author::default();
    let (input, page, user) = (a.local("input"), a.local("page"), a.local("user"));
    let again = a.label();
    let list = |arguments: &str| {
        Effect::task("list_users", "arn:aws:states:::aws-sdk:iam:listUsers", a.leaf(arguments))
            .bind(page.clone())
    };
    let audit = program(&input, |b| {
        b.effect(list("{}"));
        b.repeat(again, |b| {
            let body = Block::of(|b| b.effect(a.call("audit", "$user.UserName")));
            b.effect(Effect::map(a.leaf("$page.Users"), user.clone(), body));
            b.choose(a.when("$page.IsTruncated = false", |b| b.break_(again)));
            b.effect(list("{'Marker': $page.Marker}"));
        });
        b.return_(a.leaf("'done'"));
    });
    let page = |more: bool, marker: &str| json!({"Users": [{"UserName": "a"}, {"UserName": "b"}], "IsTruncated": more, "Marker": marker});
    let case = Case::new(audit)
        .gives("arn:aws:states:::aws-sdk:iam:listUsers", page(true, "m"))
        .gives("arn:aws:states:::aws-sdk:iam:listUsers", page(false, ""))
        .gives("arn:aws:states:::aws-sdk:iam:listUsers", json!({"Users": [], "IsTruncated": false}));
    Pair::new("Audit page by page", case, include_str!("pagination.asl.json"))
}

/// Tries again with growing pauses, as often as its own counter says.
fn own_backoff() -> Pair {
    let a = Author::default();
    let (input, pause, out) = (a.local("input"), a.local("pause"), a.local("out"));
    let again = a.label();
    let work = program(&input, |b| {
        b.set(&pause, a.leaf("1"));
        b.repeat(again, |b| {
            let busy = Block::of(|b| {
                b.choose(a.when("$pause > 4", |b| b.raise(a.leaf("'GaveUp'"), a.leaf("'too busy'"))));
                b.effect(Effect::wait_seconds(pause.expression()));
                b.set(&pause, a.leaf("$pause * 2"));
                b.continue_(again);
            });
            b.effect(a.call("work", "$input.id").bind(out.clone()).on(["Busy"], None, busy));
            b.return_(out.expression());
        });
    });
    let case = Case::new(work)
        .input(json!({"id": 1}))
        .fails("${work}", "Busy")
        .fails("${work}", "Busy")
        .fails("${work}", "Broken")
        .gives("${work}", json!("fine"));
    Pair::new("Try again with growing pauses", case, include_str!("own_backoff.asl.json"))
}

/// One name after the other, and a text of all answers.
fn each_in_turn() -> Pair {
    let a = Author::default();
    let (input, i, all, answer) = (a.local("input"), a.local("i"), a.local("all"), a.local("answer"));
    let again = a.label();
    let greet = program(&input, |b| {
        b.set(&i, a.leaf("0"));
        b.set(&all, a.leaf("'hello'"));
        b.repeat(again, |b| {
            b.choose(a.when("$i >= $count($input.names)", |b| b.break_(again)));
            b.effect(a.call("greet", "$input.names[$i]").bind(answer.clone()));
            b.set(&all, a.leaf("$all & ', ' & $answer"));
            b.set(&i, a.leaf("$i + 1"));
        });
        b.return_(all.expression());
    });
    let case = Case::new(greet)
        .input(json!({"names": []}))
        .input(json!({"names": ["Ann"]}))
        .input(json!({"names": ["Ann", "Bob", "Cid"]}))
        .gives("${greet}", json!("hi"))
        .gives("${greet}", json!("ho"))
        .gives("${greet}", json!("hum"));
    Pair::new("Greet one after the other", case, include_str!("each_in_turn.asl.json"))
}

/// Follows a chain of rows until one is hit.
fn search() -> Pair {
    let a = Author::default();
    let (input, row, key) = (a.local("input"), a.local("row"), a.local("key"));
    let again = a.label();
    let search = program(&input, |b| {
        b.set(&key, a.leaf("$input.key"));
        b.repeat(again, |b| {
            b.effect(a.call("find", "$key").bind(row.clone()));
            b.choose(
                a.when("$row.hit", |b| b.return_(a.leaf("$row.value")))
                    .or_if(a.leaf("$row.next = 0"), Block::of(|b| b.return_(a.leaf("'none'")))),
            );
            b.set(&key, a.leaf("$row.next"));
        });
    });
    let case = Case::new(search)
        .input(json!({"key": 1}))
        .gives("${find}", json!({"hit": false, "next": 7, "value": 0}))
        .gives("${find}", json!({"hit": false, "next": 9, "value": 0}))
        .gives("${find}", json!({"hit": true, "next": 7, "value": "x"}))
        .gives("${find}", json!({"hit": false, "next": 0, "value": 0}));
    Pair::new("Follow a chain of rows", case, include_str!("search.asl.json"))
}
