//! What has no meaning as states is said, with its place; names stay what they are.

use super::*;

fn lambda(function: &str, payload: Expression) -> Effect {
    Effect::lambda(function, "${Arn}", payload)
}

/// All faults of a program, with their places.
fn faults(write: impl FnOnce(&mut Locals, &mut Block)) -> String {
    let mut locals = Locals::new();
    let input = locals.local("input");
    let mut body = Block::new();
    write(&mut locals, &mut body);
    let faults = Program::new(input, body).lower().expect_err("something is wrong").0;
    let shown = faults.iter().map(|fault| match fault.source {
        Some(Source(line)) => format!("{line}: {fault}"),
        None => format!("-: {fault}"),
    });
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_branch_cannot_set_what_is_outside() {
    let found = faults(|l, b| {
        let (sum, item) = (l.local("sum"), l.local("item"));
        b.set(&sum, number(0));
        let body = Block::of(|b| {
            b.set(&sum, leaf("$sum + $item", &[&sum, &item]));
            b.at(Source(3));
        });
        b.effect(Effect::map(leaf("[1]", &[]), item, body));
        b.return_(sum.expression());
    });
    insta::assert_snapshot!(found, @"3: `sum` is set inside a branch or an iteration, but it belongs to the code around it: return the value instead");
}

#[test]
fn jumps_lead_to_what_is_around_them() {
    let found = faults(|l, b| {
        let (outer, block, item) = (l.label(), l.label(), l.local("item"));
        b.labelled(block, |b| {
            b.continue_(block);
            b.at(Source(1));
        });
        b.repeat(outer, |b| {
            let body = Block::of(|b| {
                b.break_(outer);
                b.at(Source(2));
            });
            b.effect(Effect::map(leaf("[1]", &[]), item, body));
        });
    });
    insta::assert_snapshot!(found, @r"
    1: only a loop can be continued
    2: the jump leads to a loop or block that is not around it here; branches and iterations cannot be left by a jump
    ");
}

#[test]
fn leaves_name_locals_only() {
    let found = faults(|_, b| {
        b.return_(leaf("$x + $states.input.a + $sum([1])", &[]));
        b.at(Source(5));
    });
    insta::assert_snapshot!(found, @r"
    5: the expression names `$x`, which is no local: `$states.input`, `$states.result` and variables are placed when states are made
    5: the expression names `$states.input`, which is no local: `$states.input`, `$states.result` and variables are placed when states are made
    ");
}

#[test]
fn what_was_never_given_is_said() {
    let found = faults(|_, b| {
        let unset = crate::expr::structure::unset();
        b.return_(tree::object([("total", number(1)), ("currency", unset)]));
        b.at(Source(7));
    });
    insta::assert_snapshot!(found, @"7: a part of this value was never given: give a struct or a variant all its fields");
}

#[test]
fn what_has_no_value_or_no_end_is_said() {
    let found = faults(|l, b| {
        let x = l.local("x");
        b.choose(If::new(
            leaf("1 = 2", &[]),
            Block::of(|b| b.effect(lambda("f", number(1)).bind(x.clone()))),
        ));
        b.effect(lambda("g", x.expression()).at(Source(7)));
        b.return_(x.expression());
        b.at(Source(8));
    });
    insta::assert_snapshot!(found, @"7: `x` may be used before it has a value: set it on every way that leads here");
    let found = faults(|l, b| {
        let (x, y, item, again) = (l.local("x"), l.local("y"), l.local("item"), l.label());
        b.repeat(again, |b| {
            b.effect(lambda("f", number(1)).bind(x.clone()));
            let wrong = Block::of(|b| {
                b.effect(lambda("undo", y.expression()));
                b.at(Source(3));
            });
            b.attempt(
                |b| {
                    b.effect(lambda("g", x.expression()).bind(y.clone()).at(Source(1)));
                    b.break_(again);
                },
                vec![Handler::on_any(None, wrong)],
            );
        });
        let each = Block::of(|b| {
            b.return_(leaf("$x + $y", &[&x, &y]));
            b.at(Source(4));
        });
        b.effect(Effect::map(leaf("[1]", &[]), item, each));
    });
    insta::assert_snapshot!(found, @"3: `y` may be used before it has a value: set it on every way that leads here");
    let found = faults(|l, b| {
        b.repeat(l.label(), |_| {});
        b.at(Source(2));
    });
    insta::assert_snapshot!(found, @"2: the loop does nothing and never ends");
    let found = faults(|l, b| {
        b.repeat(l.label(), |b| b.effect(Effect::wait_seconds(number(5)).at(Source(1))));
    });
    insta::assert_snapshot!(found, @"1: this pauses for ever: there is nothing that could end it");
}

#[test]
fn a_compensation_is_registered_for_sure() {
    let found = faults(|_, b| {
        let then = Block::of(|b| {
            b.effect(lambda("f", number(1)));
            b.compensate(lambda("undo_f", number(1)));
        });
        b.choose(If::new(leaf("1 = 2", &[]), then));
        b.at(Source(4));
        b.effect(lambda("g", number(1)));
    });
    insta::assert_snapshot!(found, @"4: whether this compensation is registered depends on the way that was taken: register it outside of the condition or loop, or handle the error there");
}

#[test]
fn a_compensation_is_not_registered_behind_a_handler_that_goes_on() {
    let found = faults(|_, b| {
        b.attempt(
            |b| {
                b.effect(lambda("f", number(1)));
                b.compensate(lambda("undo_f", number(1)));
                b.effect(lambda("g", number(1)));
            },
            vec![Handler::on(["Soft"], None, Block::new())],
        );
        b.at(Source(4));
        b.effect(lambda("h", number(1)));
    });
    assert!(found.starts_with("4: whether this compensation is registered"), "{found}");
}

#[test]
fn names_are_kept_when_something_is_inserted() {
    let names = |inserts: bool| {
        let mut l = Locals::new();
        let (input, user) = (l.local("input"), l.local("user"));
        let body = Block::of(|b| {
            b.effect(lambda("fetch_user", input.expression()).bind(user.clone()));
            if inserts {
                b.effect(lambda("audit", user.expression()));
            }
            b.choose(If::new(
                leaf("$user.plan = 'pro'", &[&user]),
                Block::of(|b| b.effect(lambda("send_mail", user.expression()))),
            ));
            b.effect(lambda("send_mail", user.field("id")).at(Source(9)));
        });
        let lowered = Program::new(input, body).lower().unwrap();
        assert_eq!(lowered.sources["SendMail (2)"], Some(Source(9)));
        lowered.machine.states.unwrap().names().map(str::to_owned).collect::<Vec<_>>()
    };
    let (before, after) = (names(false), names(true));
    assert_eq!(before, ["FetchUser", "user.plan = 'pro'?", "SendMail", "SendMail (2)"]);
    assert_eq!(after, ["FetchUser", "Audit", "user.plan = 'pro'?", "SendMail", "SendMail (2)"]);
}

#[test]
fn names_of_authors_are_unique_and_fit() {
    let found = faults(|_, b| {
        b.effect(lambda("f", number(1)).named("Step").at(Source(1)));
        b.effect(lambda("f", number(2)).named("Step").at(Source(2)));
        b.effect(lambda("f", number(3)).named("x".repeat(81)).at(Source(3)));
    });
    assert_eq!(found.lines().count(), 2);
    assert!(found.starts_with("2: `Step` cannot name a state"), "{found}");
}

#[test]
fn what_is_made_once_stays_one() {
    // it is used in a call and later: only a Pass can keep it
    let mut l = Locals::new();
    let (input, id) = (l.local("input"), l.local("id"));
    let body = Block::of(|b| {
        b.set(&id, leaf("$uuid()", &[]));
        b.effect(lambda("charge", id.expression()));
        b.return_(id.expression());
    });
    let json = definition(&Program::new(input, body));
    assert_eq!(json.matches("$uuid()").count(), 1);
    assert!(json.contains("\"SetId\""), "{json}");
}

#[test]
fn long_chains_of_values_are_cut() {
    for calls in [false, true] {
        let mut l = Locals::new();
        let (input, x) = (l.local("input"), l.local("x"));
        let body = Block::of(|b| {
            b.set(&x, number(1));
            if calls {
                b.effect(lambda("first", number(0)).bind(x.clone()));
            }
            for _ in 0..200 {
                b.set(&x, leaf("$x + 1", &[&x]));
            }
            b.return_(x.expression());
        });
        definition(&Program::new(input, body));
        let mut l = Locals::new();
        let (input, mut last) = (l.local("input"), l.local("x"));
        let body = Block::of(|b| {
            b.effect(lambda("first", number(0)).bind(last.clone()));
            for _ in 0..100 {
                let next = l.local("x");
                b.set(&next, leaf("$sum([$x, 1])", &[&last]));
                last = next;
            }
            b.return_(last.expression());
        });
        definition(&Program::new(input, body));
    }
}
