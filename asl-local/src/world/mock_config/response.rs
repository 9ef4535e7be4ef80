//! A mocked response: what a state's calls answer, by their number.

use super::super::mocks::{Answer, from_call};
use super::super::{Call, Outcome, Reply};
use crate::TaskError;

/// What a state's calls answer, sorted by their numbers, which start at 0.
#[derive(Debug, Clone, Default)]
pub(super) struct MockedResponse {
    pub(super) parts: Vec<(Calls, Outcome)>,
}

/// The calls of one key: `"0"`, `"1-2"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Calls {
    pub(super) first: u64,
    pub(super) last: u64,
}

impl Calls {
    /// Reads a key; nothing, if it is neither a number nor two with a hyphen.
    pub(super) fn parse(key: &str) -> Option<Self> {
        let number = |text: &str| -> Option<u64> {
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| is_number)
        };
        match key.split_once('-') {
            Some((first, last)) => Some(Self { first: number(first)?, last: number(last)? }),
            None => number(key).map(|call| Self { first: call, last: call }),
        }
    }
}

impl MockedResponse {
    /// The mock of one state, which counts its calls.
    pub(super) fn into_answer(self) -> Answer {
        let mut calls = 0;
        from_call(move |call| {
            let number = calls;
            calls += 1;
            let part = self.parts.iter().find(|(of, _)| of.first <= number && number <= of.last);
            Reply::new(part.map_or_else(|| used_up(call, number), |(_, outcome)| outcome.clone()))
        })
    }
}

/// A call after the last that is answered: what shows itself in the test, not in a catcher.
fn used_up(call: &Call<'_>, number: u64) -> Outcome {
    let cause = format!(
        "the mock of the state `{}` has no outcome left for call {}; add one to its list, or a key \"{number}\"",
        call.state,
        number.saturating_add(1)
    );
    Outcome::Failure(TaskError::new("States.Runtime", cause))
}
