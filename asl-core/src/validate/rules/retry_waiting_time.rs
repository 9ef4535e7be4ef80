#![doc = include_str!("retry_waiting_time.md")]

use std::time::Duration;

use crate::diagnostic::{Code, Severity};
use crate::model::{Retrier, State, Static};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::waiting::{in_words, is_endless, is_random, listed, outlasting};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0904"),
    name: "retry-waiting-time",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("retry_waiting_time.md"),
    check: Check::State(check),
};

/// More than this is worth to be known. Our choice: no source gives a bound.
const LONG: Duration = Duration::from_secs(60 * 60);

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    for (index, retrier) in state.retry().iter().enumerate() {
        // one that means "as long as it takes" says so; one that outlasts the execution has a finding of its own
        if is_endless(retrier) || outlasting(cx, retrier).is_some() {
            continue;
        }
        let Some(delays) = retrier.delays() else { continue };
        let total = delays.total();
        if total > LONG {
            let up_to = if is_random(retrier) == Some(false) { "" } else { "up to " };
            let (waits, in_all) = (listed(&delays), in_words(total));
            cx.report(format!("this retrier waits {up_to}{in_all} in all before it gives up: {waits}"))
                .help(cure(retrier, total))
                .field("Retry")
                .index(index);
        }
    }
}

/// What to do, with what it would come to.
fn cure(retrier: &Retrier, total: Duration) -> String {
    const CAP: i64 = 60;
    let capped = Retrier { max_delay_seconds: Some(Static::Literal(CAP)), ..retrier.clone() };
    let interval = retrier.interval_seconds.as_ref().and_then(Static::literal).copied().unwrap_or(1);
    match capped.delays().map(|delays| delays.total()) {
        Some(shorter) if retrier.max_delay_seconds.is_none() && interval < CAP && shorter < total => {
            format!("set `MaxDelaySeconds`: with {CAP} it is {} in all; or try less often", in_words(shorter))
        }
        _ => "lower `MaxAttempts`, or wait less".to_owned(),
    }
}
