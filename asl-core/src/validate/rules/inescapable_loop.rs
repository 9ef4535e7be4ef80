#![doc = include_str!("inescapable_loop.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::Kind;
use crate::validate::context::Context;
use crate::validate::flow::Flow;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::{Scope, edges};
use crate::validate::wording::{excerpt, list};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0915"),
    name: "inescapable-loop",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("inescapable_loop.md"),
    check: Check::Scope(check),
};

// No recording shows AWS refusing this: it asks for a terminal state anywhere, not for a way to it.
fn check(cx: &mut Context<'_>, scope: &Scope<'_>) {
    // a scope without any end has a finding of its own, as has one whose transitions lead nowhere, or whose end is not
    // reached
    let leads_nowhere = |target: &str| scope.states.get(target).is_none();
    if !scope.has_end()
        || !scope.is_connected()
        || !scope.unreachable().is_empty()
        || scope.states.iter().any(|(_, state)| edges(state).any(|edge| leads_nowhere(edge.target)))
    {
        return;
    }
    let flow = Flow::of(scope);
    let Some(start) = flow.start() else { return };
    let reached = flow.after([start]);
    let can_end = flow.before((0..flow.len()).filter(|index| flow.state(*index).1.is_terminal()));
    let mut is_trapped: Vec<bool> = (0..flow.len()).map(|index| reached[index] && !can_end[index]).collect();
    let whole = match scope.kind {
        Kind::Branch => "the branch",
        Kind::ItemProcessor => "the iteration",
        _ => "the execution",
    };
    for index in 0..flow.len() {
        if !is_trapped[index] {
            continue;
        }
        let inside = story(&flow, index, &mut is_trapped);
        let names: Vec<_> = inside.iter().map(|index| excerpt(flow.state(*index).0)).collect();
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let circle = match names.as_slice() {
            [_] => "it leads only to itself".to_owned(),
            few if few.len() <= 5 => format!("{} lead only to each other", list(few, "and")),
            many => format!("{} states lead only to each other", many.len()),
        };
        cx.report(format!(
            "from `{}` {whole} can only fail or time out: {circle}",
            excerpt(flow.state(index).0)
        ))
        .help("let one of them end, or a Choice lead out")
        .field("States")
        .field(flow.state(index).0)
        .key();
    }
}

/// Takes a trapped state and all that it shares transitions with, directly or not: one finding tells of them all.
fn story(flow: &Flow<'_>, from: usize, is_trapped: &mut [bool]) -> Vec<usize> {
    let mut inside = Vec::new();
    let mut open = vec![from];
    while let Some(index) = open.pop() {
        if std::mem::take(&mut is_trapped[index]) {
            inside.push(index);
            open.extend(flow.next(index).iter().chain(flow.back(index)));
        }
    }
    inside.sort_unstable();
    inside
}
