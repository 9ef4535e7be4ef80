#![doc = include_str!("inescapable_loop.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::Kind;
use crate::validate::context::{Context, excerpt, list};
use crate::validate::flow::Flow;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::{Scope, edges};

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
    let mut told = vec![false; flow.len()];
    let whole = match scope.kind {
        Kind::Branch => "the branch",
        Kind::ItemProcessor => "the iteration",
        _ => "the execution",
    };
    for index in 0..flow.len() {
        if !reached[index] || can_end[index] || told[index] {
            continue;
        }
        // all that leads here, or is led to from here, is part of the same story
        let inside = flow.after([index]);
        let story = flow.before((0..flow.len()).filter(|other| inside[*other]));
        for other in 0..flow.len() {
            told[other] |= inside[other] || (story[other] && !can_end[other]);
        }
        let names: Vec<_> = (0..flow.len())
            .filter(|other| inside[*other])
            .map(|other| excerpt(flow.state(other).0))
            .collect();
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
