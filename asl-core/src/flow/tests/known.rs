//! What is known before anything runs.

use super::*;

/// Such a loop needs no state: what it is asked is known. Its Choice is gone with its ways.
#[test]
fn a_loop_that_is_left_at_once_gives_what_is_returned() {
    let mut locals = Locals::new();
    let (input, count, again) = (locals.local("input"), locals.local("count"), locals.label());
    let mut body = Block::new();
    body.repeat(again, |b| {
        b.set(&count, number(1));
        b.choose(If::new(leaf("$count > 0", &[&count]), Block::of(|b| b.break_(again))));
    });
    body.return_(number(7));
    let json = definition(&Program::new(input, body));
    insta::assert_snapshot!(json);
}

/// A switch that a program's author turns off costs nothing, nor does what follows from it.
#[test]
fn what_constants_decide_is_not_asked() {
    let mut locals = Locals::new();
    let (input, mode, id) = (locals.local("input"), locals.local("mode"), locals.local("id"));
    let mut body = Block::new();
    body.effect(Effect::lambda("begin", "${Arn}", input.expression()).bind(id.clone()));
    body.set(&mode, text("x"));
    let switch = Block::of(|b| {
        b.effect(Effect::lambda("notify", "${Arn}", id.expression()));
        b.set(&mode, text("y"));
    });
    body.choose(If::new(leaf("0 > 1", &[]), switch));
    let other = Block::of(|b| b.effect(Effect::lambda("other", "${Arn}", id.expression())));
    let is_x = If::new(
        leaf("$mode = 'x'", &[&mode]),
        Block::of(|b| b.effect(Effect::lambda("same", "${Arn}", id.expression()))),
    );
    body.choose(is_x.or_else(other));
    body.return_(mode.expression());
    let json = definition(&Program::new(input, body));
    insta::assert_snapshot!(json);
}
