//! How long retriers wait, for rules that judge it and sentences that say it.

use std::cmp::Ordering;
use std::time::Duration;

use crate::model::{Delays, JitterStrategy, Retrier, Static, WorkflowType};

use super::context::Context;

/// How many events the history of a Standard execution holds; with one more it fails.
pub(super) const HISTORY_EVENTS: u64 = 25_000;

/// The longest life of a Standard execution, in seconds.
const YEAR: u64 = 365 * 24 * 60 * 60;

/// Whether a retrier means "as long as the execution lives": no execution has so many retries.
pub(super) fn is_endless(retrier: &Retrier) -> bool {
    let attempts = retrier.max_attempts.as_ref().and_then(Static::literal);
    attempts.is_some_and(|attempts| u64::try_from(*attempts).is_ok_and(|it| it >= HISTORY_EVENTS))
}

/// Whether the waits are spread at random; `None` if only the deployment knows.
pub(super) fn is_random(retrier: &Retrier) -> Option<bool> {
    match &retrier.jitter_strategy {
        Some(strategy) => strategy.literal().map(|it| *it == JitterStrategy::Full),
        None => (!retrier.extra.contains("JitterStrategy")).then_some(false),
    }
}

/// The waits of a retrier and the life of the execution, if the waits alone are longer.
pub(super) fn outlasting(cx: &Context<'_>, retrier: &Retrier) -> Option<(Delays, Duration)> {
    let life = longest_life(cx);
    let delays = retrier.delays()?;
    let is_known = !is_endless(retrier) && is_random(retrier) == Some(false);
    (is_known && delays.total() > life).then_some((delays, life))
}

/// How long the execution around this place may run.
fn longest_life(cx: &Context<'_>) -> Duration {
    let of_type = match cx.workflow_type() {
        WorkflowType::Standard => YEAR,
        WorkflowType::Express => 5 * 60,
    };
    // the machine's timeout is that of the parent; its children have none
    let of_machine = cx.machine().timeout_seconds.as_ref().and_then(Static::literal).copied();
    let of_machine = of_machine.filter(|_| !cx.in_children()).and_then(|seconds| u64::try_from(seconds).ok());
    Duration::from_secs(of_machine.filter(|seconds| *seconds > 0).map_or(of_type, |it| it.min(of_type)))
}

/// A duration as people write it: `8h 12m 4s`.
pub(super) fn in_words(duration: Duration) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")];
    let mut left = duration.as_secs();
    match left.cmp(&YEAR) {
        Ordering::Less => {}
        Ordering::Equal => return "a year".to_owned(),
        Ordering::Greater => return "more than a year".to_owned(),
    }
    if left < 60 && duration.subsec_millis() > 0 {
        let text = format!("{:.2}", duration.as_secs_f64());
        return format!("{}s", text.trim_end_matches('0').trim_end_matches('.'));
    }
    let mut parts = Vec::new();
    for (seconds, unit) in UNITS {
        if left >= seconds {
            parts.push(format!("{}{unit}", left / seconds));
            left %= seconds;
        }
    }
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}

/// Retriers with more waits are endless, and nobody lists theirs.
const MOST_WAITS: usize = 25_000;

/// The waits one after the other, the middle ones left out: `1s, 3s, 9s, …, 5h 28m 3s`.
pub(super) fn listed(delays: &Delays) -> String {
    const FIRST: usize = 3;
    let waits: Vec<Duration> = delays.clone().take(MOST_WAITS).collect();
    match waits.as_slice() {
        [] => "0s".to_owned(),
        [only] => in_words(*only),
        [first, .., last] if first == last => {
            format!("{} times {}", delays.size_hint().0, in_words(*first))
        }
        [first @ .., last] => {
            let mut texts: Vec<String> = first.iter().take(FIRST).copied().map(in_words).collect();
            if first.len() > FIRST {
                texts.push("…".to_owned());
            }
            texts.push(in_words(*last));
            texts.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_as_people_write_it() {
        let texts = [0, 59, 60, 3_600, 29_524, 90_061, 31_536_000, 31_536_001]
            .map(|seconds| in_words(Duration::from_secs(seconds)));
        let expected = ["0s", "59s", "1m", "1h", "8h 12m 4s", "1d 1h 1m 1s", "a year", "more than a year"];
        assert_eq!(texts, expected);
        assert_eq!(in_words(Duration::from_millis(2_250)), "2.25s");
    }

    #[test]
    fn waits_are_listed_as_far_as_they_tell_something() {
        let listed = |interval: i64, attempts: i64, longest: Option<i64>| {
            let retrier = Retrier {
                interval_seconds: Some(interval.into()),
                max_attempts: Some(attempts.into()),
                max_delay_seconds: longest.map(Static::Literal),
                ..Retrier::default()
            };
            listed(&retrier.delays().unwrap())
        };
        assert_eq!(listed(1, 0, None), "0s");
        assert_eq!(listed(1, 1, None), "1s");
        assert_eq!(listed(1, 3, None), "1s, 2s, 4s");
        assert_eq!(listed(1, 4, None), "1s, 2s, 4s, 8s");
        assert_eq!(listed(1, 6, None), "1s, 2s, 4s, …, 32s");
        assert_eq!(listed(60, 100, Some(60)), "100 times 1m");
    }
}
