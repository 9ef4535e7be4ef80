#![doc = include_str!("retries_outlast_execution.md")]

use std::time::Duration;

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::waiting::{in_words, outlasting};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0905"),
    name: "retries-outlast-execution",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("retries_outlast_execution.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    for (index, retrier) in state.retry().iter().enumerate() {
        let Some((delays, life)) = outlasting(cx, retrier) else { continue };
        let attempts = delays.size_hint().0;
        let (total, life_in_words) = (in_words(delays.total()), in_words(life));
        let mut passed = Duration::ZERO;
        let possible = delays
            .take_while(|delay| {
                passed = passed.saturating_add(*delay);
                passed <= life
            })
            .count();
        let of = match possible {
            0 => "not even the first retry can happen".to_owned(),
            _ => format!("at most {possible} of its {attempts} retries can happen"),
        };
        cx.report(format!(
            "this retrier waits {total} in all, and the execution ends after {life_in_words}: {of}"
        ))
        .help(
            "lower `MaxAttempts` or set `MaxDelaySeconds`, so that the last retry fails in time for `Catch`",
        )
        .field("Retry")
        .index(index);
    }
}
