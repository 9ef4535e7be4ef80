#![doc = include_str!("catch_target_without_retry.md")]

use std::collections::HashSet;

use crate::diagnostic::{Code, Severity};
use crate::model::state::Task;
use crate::model::{Kind, State};
use crate::syntax::Resource;
use crate::validate::context::{Context, is_there_wrongly};
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::Scope;
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0909"),
    name: "catch-target-without-retry",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("catch_target_without_retry.md"),
    check: Check::Scope(check),
};

fn check(cx: &mut Context<'_>, scope: &Scope<'_>) {
    let catchers = scope.states.iter().flat_map(|(_, state)| state.catch());
    let caught: HashSet<&str> = catchers.filter_map(|catcher| catcher.next.as_deref()).collect();
    let whole = match scope.kind {
        Kind::Branch => "the branch",
        Kind::ItemProcessor => "the iteration",
        _ => "the execution",
    };
    for (name, state) in scope.states.iter() {
        let State::Task(task) = state else { continue };
        if caught.contains(name) && is_bare(task) {
            cx.report(format!(
                "`{}` runs when another state has failed, and one failure of its own ends {whole}",
                excerpt(name)
            ))
            .help("add `Retry`, or `Catch` too")
            .field("States")
            .field(name)
            .key();
        }
    }
}

fn is_bare(task: &Task) -> bool {
    // what calls Lambda without `Retry` has a finding about that, which is the same advice
    let calls_lambda = task
        .resource
        .as_deref()
        .is_some_and(|text| Resource::parse(text).is_ok_and(|resource| resource.calls_lambda()));
    !calls_lambda
        && task.retry.as_ref().is_none_or(Vec::is_empty)
        && task.catch.as_ref().is_none_or(Vec::is_empty)
        && !is_there_wrongly(&task.extra, "Retry")
        && !is_there_wrongly(&task.extra, "Catch")
}
