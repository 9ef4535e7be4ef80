//! Values, scope, conditions and loops.

use asl_core::flow::{Block, Effect, result};
use serde_json::json;

use super::Case;
use super::author::{Author, program};

#[test]
fn a_constant_is_one_state() {
    let a = Author::default();
    let input = a.local("input");
    let constant = program(&input, |b| b.return_(a.leaf("42")));
    insta::assert_snapshot!(Case::new(constant).agrees());
    let nothing = program(&input, |_| {});
    insta::assert_snapshot!(Case::new(nothing).agrees());
}

#[test]
fn one_call_whose_result_is_returned_is_one_state() {
    let a = Author::default();
    let (input, out) = (a.local("input"), a.local("out"));
    let task =
        Effect::task("fetch", "arn:aws:states:::aws-sdk:iam:listUsers", a.leaf("{}")).bind(out.clone());
    let program = program(&input, |b| {
        b.effect(task);
        b.return_(out.expression());
    });
    let case = Case::new(program).gives("arn:aws:states:::aws-sdk:iam:listUsers", json!({"Users": []}));
    insta::assert_snapshot!(case.agrees());
}

fn shadowing() -> asl_core::flow::Program {
    let a = Author::default();
    let (input, outer) = (a.local("input"), a.local("a"));
    let (inner, items, i) = (a.known_as("a", "inner"), a.local("items"), a.local("i"));
    let (again, got) = (a.label(), a.local("got"));
    program(&input, |b| {
        b.effect(a.call("first", "1").bind(outer.clone()));
        b.set(&items, a.leaf("$input.items"));
        b.set(&i, a.leaf("0"));
        b.repeat(again, |b| {
            b.choose(a.when("$i >= $count($items)", |b| b.break_(again)));
            b.set(&inner, a.leaf("$items[$i]"));
            b.effect(a.call("each", "{'item': $inner, 'twice': [$inner, $inner]}").bind(got.clone()));
            b.set(&i, a.leaf("$i + 1"));
        });
        b.return_(a.leaf("$a"));
    })
}

#[test]
fn a_shadowed_local_is_intact_after_the_loop() {
    let case = Case::new(shadowing())
        .input(json!({"items": []}))
        .input(json!({"items": [7]}))
        .input(json!({"items": [1, 2, 3]}))
        .gives("${first}", json!("outer"))
        .gives("${each}", json!("x"))
        .fails("${each}", "Bad");
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn swapped_and_dependent_locals_use_old_values() {
    let a = Author::default();
    let (input, x, y, z) = (a.local("input"), a.local("x"), a.local("y"), a.local("z"));
    let again = a.label();
    let program = program(&input, |b| {
        b.effect(a.call("first", "$input").bind(x.clone()));
        b.set(&y, a.leaf("1"));
        b.set(&z, a.leaf("0"));
        b.repeat(again, |b| {
            b.set_all([(x.clone(), y.expression()), (y.clone(), x.expression())]);
            b.set(&z, a.leaf("$z + 1"));
            b.set(&x, a.leaf("$x + $z"));
            b.effect(a.call("show", "{'x': $x, 'y': $y, 'z': $z}"));
            b.choose(a.when("$z >= 3", |b| b.break_(again)));
        });
        b.return_(a.leaf("[$x, $y, $z]"));
    });
    let case = Case::new(program).gives("${first}", json!(10)).gives("${show}", json!(null));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn a_chain_of_conditions_is_one_choice() {
    let a = Author::default();
    let (input, user, hint) = (a.local("input"), a.local("user"), a.local("hint"));
    let program = program(&input, |b| {
        b.effect(a.call("fetch_user", "$input.id").bind(user.clone()));
        b.set(&hint, a.leaf("'none'"));
        b.choose(
            a.when("$user.plan = 'pro'", |b| b.effect(a.call("send_pro", "$user")))
                .or_if(
                    a.leaf("$user.plan = 'basic'"),
                    asl_core::flow::Block::of(|b| {
                        b.choose(
                            a.when("$user.age < 18", |b| b.effect(a.call("send_young", "$user.age")))
                                .or_else(asl_core::flow::Block::of(|b| b.set(&hint, a.leaf("'old'")))),
                        );
                    }),
                )
                .derived("user.plan"),
        );
        b.effect(a.call("done", "{'hint': $hint, 'input': $input.id}"));
    });
    let case = Case::new(program)
        .input(json!({"id": 5}))
        .gives("${fetch_user}", json!({"plan": "pro", "age": 3}))
        .gives("${fetch_user}", json!({"plan": "basic", "age": 3}))
        .gives("${fetch_user}", json!({"plan": "basic", "age": 30}))
        .gives("${fetch_user}", json!({"plan": "other", "age": 30}));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn conditions_between_values_are_expressions() {
    let a = Author::default();
    let (input, n, word, ok) = (a.local("input"), a.local("n"), a.local("word"), a.local("ok"));
    let program = program(&input, |b| {
        b.effect(a.call("count", "$input").bind(n.clone()));
        b.set(&word, a.leaf("'few'"));
        b.choose(a.when("$n > 5", |b| b.set(&word, a.leaf("'many'"))));
        b.set(&ok, a.leaf("$n > 1 or $word = 'many'"));
        b.choose(
            a.when("$ok", |b| b.return_(a.leaf("{'word': $word, 'n': $n}")))
                .or_else(asl_core::flow::Block::of(|b| b.return_(a.leaf("{'word': $word, 'ok': $ok}")))),
        );
    });
    let case = Case::new(program)
        .gives("${count}", json!(0))
        .gives("${count}", json!(2))
        .gives("${count}", json!(9));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn a_condition_that_calls_is_asked_each_time_and_only_when_needed() {
    let a = Author::default();
    let (input, go, n, both) = (a.local("input"), a.local("go"), a.local("n"), a.local("both"));
    let again = a.label();
    let program = program(&input, |b| {
        b.set(&n, a.leaf("0"));
        b.repeat(again, |b| {
            b.effect(a.call("is_on", "$n").bind(go.clone()));
            b.choose(a.when("$not($go)", |b| b.break_(again)));
            b.set(&both, a.leaf("$n < 2"));
            b.choose(a.when("$both", |b| {
                b.effect(a.call("second", "$n").bind(both.clone()));
            }));
            b.choose(a.when("$both", |b| b.effect(a.call("work", "$n"))));
            b.set(&n, a.leaf("$n + 1"));
        });
        b.return_(n.expression());
    });
    let case = Case::new(program)
        .gives("${is_on}", json!(true))
        .gives("${is_on}", json!(true))
        .gives("${is_on}", json!(false))
        .gives("${second}", json!(true))
        .gives("${second}", json!(false));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn nested_loops_are_left_by_label_and_by_return() {
    let a = Author::default();
    let (input, i, j, v) = (a.local("input"), a.local("i"), a.local("j"), a.local("v"));
    let (outer, inner) = (a.label(), a.label());
    let program = program(&input, |b| {
        b.set(&i, a.leaf("0"));
        b.repeat(outer, |b| {
            b.set(&i, a.leaf("$i + 1"));
            b.choose(a.when("$i > 3", |b| b.break_(outer)));
            b.set(&j, a.leaf("0"));
            b.repeat(inner, |b| {
                b.set(&j, a.leaf("$j + 1"));
                b.choose(a.when("$j > 2", |b| b.break_(inner)));
                b.effect(a.call("look", "[$i, $j]").bind(v.clone()));
                b.choose(
                    a.when("$v = 'next'", |b| b.continue_(inner))
                        .or_if(a.leaf("$v = 'outer'"), asl_core::flow::Block::of(|b| b.continue_(outer)))
                        .or_if(a.leaf("$v = 'stop'"), asl_core::flow::Block::of(|b| b.break_(outer)))
                        .or_if(
                            a.leaf("$v = 'found'"),
                            asl_core::flow::Block::of(|b| b.return_(a.leaf("{'i': $i, 'j': $j}"))),
                        ),
                );
                b.effect(a.call("use", "$v"));
            });
        });
        b.return_(a.leaf("{'i': $i}"));
    });
    let mut case = Case::new(program);
    for word in ["next", "outer", "stop", "found", "else"] {
        case = case.gives("${look}", json!(word));
    }
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn a_body_comes_before_its_condition() {
    let a = Author::default();
    let (input, more) = (a.local("input"), a.local("more"));
    let again = a.label();
    let program = program(&input, |b| {
        b.repeat(again, |b| {
            b.effect(a.call("step", "$input.id").bind(more.clone()));
            b.choose(a.when("$not($more)", |b| b.break_(again)));
        });
    });
    let case = Case::new(program)
        .input(json!({"id": 1}))
        .gives("${step}", json!(true))
        .gives("${step}", json!(false));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn pagination_takes_four_states() {
    let a = Author::default();
    let (input, page, i, marker) = (a.local("input"), a.local("page"), a.local("i"), a.local("marker"));
    let (pages, users) = (a.label(), a.label());
    let program = program(&input, |b| {
        b.set(&marker, a.leaf("null"));
        b.repeat(pages, |b| {
            b.effect(a.call("list", "$marker = null ? {} : {'Marker': $marker}").bind(page.clone()));
            b.set(&i, a.leaf("0"));
            b.repeat(users, |b| {
                b.choose(a.when("$i >= $count($page.Users)", |b| b.break_(users)));
                b.effect(a.call("each", "$page.Users[$i]"));
                b.set(&i, a.leaf("$i + 1"));
            });
            b.choose(a.when("$not($page.IsTruncated)", |b| b.break_(pages)));
            b.set(&marker, a.leaf("$page.Marker"));
        });
    });
    let case = Case::new(program)
        .gives("${list}", json!({"Users": ["a", "b"], "IsTruncated": true, "Marker": "m"}))
        .gives("${list}", json!({"Users": ["c"], "IsTruncated": false}))
        .gives("${list}", json!({"Users": [], "IsTruncated": false}));
    insta::assert_snapshot!(case.agrees());
}

#[test]
fn an_accumulated_text_and_what_is_made_once() {
    let a = Author::default();
    let (input, text, i, id, got) =
        (a.local("input"), a.local("text"), a.local("i"), a.local("id"), a.local("got"));
    let again = a.label();
    let program = program(&input, |b| {
        b.effect(a.call("start", "$input").bind(got.clone()).value(result()));
        b.set(&id, a.leaf("$uuid()"));
        b.set(&text, a.leaf("''"));
        b.set(&i, a.leaf("0"));
        b.repeat(again, |b| {
            b.choose(a.when("$i >= 3", |b| b.break_(again)));
            b.set(&text, a.leaf("$text & ', ' & $i"));
            b.effect(a.call("each", "$text"));
            b.set(&i, a.leaf("$i + 1"));
        });
        b.return_(a.leaf("{'same': $id = $id, 'text': $text}"));
    });
    insta::assert_snapshot!(Case::new(program).gives("${start}", json!(1)).agrees());
}

#[test]
fn loops_inside_loops_are_left_and_begun_anew_by_their_labels() {
    let a = Author::default();
    let (input, i, j, k) = (a.local("input"), a.local("i"), a.local("j"), a.local("k"));
    let (got, log) = (a.local("got"), a.local("log"));
    let (outer, middle, inner) = (a.label(), a.label(), a.label());
    let program = program(&input, |b| {
        b.set(&i, a.leaf("0"));
        b.set(&log, a.leaf("''"));
        b.repeat(outer, |b| {
            b.set(&i, a.leaf("$i + 1"));
            b.choose(a.when("$i > 3", |b| b.break_(outer)));
            b.set(&j, a.leaf("0"));
            b.labelled(middle, |b| {
                b.repeat(inner, |b| {
                    b.set(&j, a.leaf("$j + 1"));
                    b.effect(a.call("look", "[$i, $j]").bind(got.clone()));
                    b.set(&log, a.leaf("$log & $got"));
                    b.choose(
                        a.when("$got = 'next'", |b| b.continue_(outer))
                            .or_if(a.leaf("$got = 'out'"), Block::of(|b| b.break_(outer)))
                            .or_if(a.leaf("$got = 'middle'"), Block::of(|b| b.break_(middle)))
                            .or_if(a.leaf("$got = 'again' and $j < 3"), Block::of(|b| b.continue_(inner)))
                            .or_if(a.leaf("$j > 1"), Block::of(|b| b.break_(inner))),
                    );
                });
                b.effect(a.call("after", "$j"));
            });
            b.set(&k, a.leaf("$j * 10"));
            b.effect(a.call("end", "$k"));
        });
        b.return_(a.leaf("{'log': $log, 'i': $i}"));
    });
    let mut case = Case::new(program);
    for word in ["next", "out", "middle", "again", "go", "go"] {
        case = case.gives("${look}", json!(word));
    }
    insta::assert_snapshot!(case.agrees());
}
