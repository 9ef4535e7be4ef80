#![doc = include_str!("concurrency_beyond_mode.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{ProcessorMode, State, ValueOrPath};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0920"),
    name: "concurrency-beyond-mode",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("concurrency_beyond_mode.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Map(map) = state else { return };
    let Some(wanted) = map.max_concurrency.as_ref().and_then(ValueOrPath::literal).copied() else { return };
    let Some(mode) = map.processor.as_ref().and_then(|processor| processor.machine().mode()) else { return };
    let (message, help) = match mode {
        ProcessorMode::Inline if wanted > 40 => (
            format!("an inline Map runs about 40 iterations at once, not {wanted}"),
            "set `\"Mode\": \"DISTRIBUTED\"` if so many are needed, or lower `MaxConcurrency` to 40",
        ),
        ProcessorMode::Distributed if wanted > 10_000 => (
            format!("a Distributed Map runs at most 10,000 children at once, not {wanted}"),
            "lower `MaxConcurrency` to 10000",
        ),
        ProcessorMode::Inline | ProcessorMode::Distributed => return,
    };
    cx.report(message).help(help).field("MaxConcurrency");
}
