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
