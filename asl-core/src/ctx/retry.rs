use std::borrow::Cow;
use std::time::Duration;

use crate::builder::{IntoErrorNames, Retrier};
use crate::model::JitterStrategy;
use crate::syntax::{LAMBDA_ERRORS_TO_RETRY, PredefinedErrorName};

/// When a task that failed is tried again: one retrier of `Retry`.
///
/// The defaults are the language's: three attempts, after 1, 2 and 4 seconds
/// ([retrying after error](https://states-language.net/#retrying-after-error)).
///
/// ```
/// use asl_core::ctx::Retry;
/// use asl_core::jsonata::{JitterStrategy, secs};
///
/// let retry = Retry::on("RateLimit").interval(secs(60)).max_attempts(3).jitter(JitterStrategy::Full);
/// assert_eq!(
///     serde_json::json!(retry.retrier()),
///     serde_json::json!({
///         "ErrorEquals": ["RateLimit"],
///         "IntervalSeconds": 60,
///         "MaxAttempts": 3,
///         "JitterStrategy": "FULL",
///     })
/// );
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Retry {
    errors: Cow<'static, [Cow<'static, str>]>,
    interval: Option<Duration>,
    max_attempts: Option<u32>,
    backoff_rate: Option<f64>,
    max_delay: Option<Duration>,
    jitter: Option<JitterStrategy>,
}

const LAMBDA_ERRORS: &[Cow<'static, str>] = &[
    Cow::Borrowed(LAMBDA_ERRORS_TO_RETRY[0]),
    Cow::Borrowed(LAMBDA_ERRORS_TO_RETRY[1]),
    Cow::Borrowed(LAMBDA_ERRORS_TO_RETRY[2]),
    Cow::Borrowed(LAMBDA_ERRORS_TO_RETRY[3]),
];

impl Retry {
    /// What Lambda itself fails with for a while, as AWS recommends for every Lambda task: after 2, 4, 8, 16, 32 and
    /// 64 seconds.
    ///
    /// ```
    /// use asl_core::ctx::Retry;
    /// use asl_core::jsonata::Retrier;
    /// assert_eq!(Retry::LAMBDA.retrier(), Retrier::lambda_transient());
    /// ```
    pub const LAMBDA: Self = Self {
        errors: Cow::Borrowed(LAMBDA_ERRORS),
        interval: Some(Duration::from_secs(2)),
        max_attempts: Some(6),
        backoff_rate: Some(2.0),
        max_delay: None,
        jitter: None,
    };

    /// Tries again after these errors: `ErrorEquals`. A name, several, or a value of an error type.
    pub fn on(errors: impl IntoErrorNames) -> Self {
        let errors: Vec<_> = errors.into_error_names().into_iter().map(Cow::Owned).collect();
        Self {
            errors: errors.into(),
            interval: None,
            max_attempts: None,
            backoff_rate: None,
            max_delay: None,
            jitter: None,
        }
    }

    /// Tries again after every error but the two that nothing matches: `States.ALL`, which stands last.
    pub fn all() -> Self {
        Self::on(PredefinedErrorName::All)
    }

    /// `IntervalSeconds`: the wait before the first retry, a part of a second rounded up; 1 second if not set.
    pub fn interval(self, interval: Duration) -> Self {
        Self { interval: Some(interval), ..self }
    }

    /// `MaxAttempts`: how many retries, 0 for none; 3 if not set.
    pub fn max_attempts(self, attempts: u32) -> Self {
        Self { max_attempts: Some(attempts), ..self }
    }

    /// `BackoffRate`: by what the wait grows with each retry, at least 1; 2 if not set.
    pub fn backoff_rate(self, rate: f64) -> Self {
        Self { backoff_rate: Some(rate), ..self }
    }

    /// `MaxDelaySeconds`: the longest wait, a part of a second rounded up; no limit if not set.
    pub fn max_delay(self, delay: Duration) -> Self {
        Self { max_delay: Some(delay), ..self }
    }

    /// `JitterStrategy`: whether waits are spread at random; `NONE` if not set.
    pub fn jitter(self, jitter: JitterStrategy) -> Self {
        Self { jitter: Some(jitter), ..self }
    }

    /// The error names, in their order.
    pub fn errors(&self) -> impl Iterator<Item = &str> {
        self.errors.iter().map(AsRef::as_ref)
    }

    /// Whether it is for an error of this name (specification, "Error Representation").
    #[must_use]
    pub fn matches(&self, error: &str) -> bool {
        let is_terminal = error == "States.Runtime";
        self.errors().any(|name| match name {
            "States.Runtime" => false,
            "States.ALL" => !is_terminal,
            "States.TaskFailed" => !is_terminal && error != "States.Timeout",
            name => name == error,
        })
    }

    /// How many retries.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.max_attempts.unwrap_or(3)
    }

    /// How long to wait before the next retry, in milliseconds, after `count` retries of this retrier. `fraction` gives
    /// a number from 0 to 1 and is asked only if there is jitter (specification, "Retrying after error").
    #[must_use]
    pub fn delay(&self, count: u32, fraction: impl FnOnce() -> f64) -> u64 {
        let interval = self.interval.map_or(1.0, seconds);
        let exponent = i32::try_from(count).unwrap_or(i32::MAX);
        let mut delay = interval * self.backoff_rate.unwrap_or(2.0).powi(exponent);
        if let Some(most) = self.max_delay {
            delay = delay.min(seconds(most));
        }
        if matches!(self.jitter, Some(JitterStrategy::Full)) {
            delay *= fraction();
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
        let milliseconds = (delay * 1_000.0).round() as u64;
        milliseconds
    }

    /// The retrier of a definition.
    pub fn retrier(&self) -> Retrier {
        let names: Vec<String> = self.errors().map(str::to_owned).collect();
        let mut retrier = Retrier::on(names);
        if let Some(interval) = self.interval {
            retrier = retrier.interval(interval);
        }
        if let Some(attempts) = self.max_attempts {
            retrier = retrier.max_attempts(attempts);
        }
        if let Some(rate) = self.backoff_rate {
            let is_whole = rate.fract() == 0.0 && rate.abs() < 1e9;
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
            let rate_set =
                if is_whole { retrier.backoff_rate(rate as i64) } else { retrier.backoff_rate(rate) };
            retrier = rate_set;
        }
        if let Some(delay) = self.max_delay {
            retrier = retrier.max_delay(delay);
        }
        if let Some(jitter) = self.jitter {
            retrier = retrier.jitter_strategy(jitter);
        }
        retrier
    }
}

#[expect(clippy::cast_precision_loss, reason = "so many seconds are beyond any limit of the service")]
fn seconds(duration: Duration) -> f64 {
    whole_seconds(duration) as f64
}

/// The fields of the language count whole seconds: a part of one is rounded up, here as in the definition.
#[must_use]
pub fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs().saturating_add(u64::from(duration.subsec_nanos() > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delays(retry: &Retry, counts: std::ops::Range<u32>) -> Vec<u64> {
        counts.map(|count| retry.delay(count, || 0.5)).collect()
    }

    #[test]
    fn waits_grow_up_to_the_longest() {
        let retry = Retry::on("A").interval(Duration::from_secs(3));
        assert_eq!(delays(&retry, 0..3), [3_000, 6_000, 12_000]);
        let retry = retry.max_delay(Duration::from_secs(5));
        assert_eq!(delays(&retry, 0..3), [3_000, 5_000, 5_000]);
        assert_eq!(delays(&retry.jitter(JitterStrategy::Full), 0..3), [1_500, 2_500, 2_500]);
        assert_eq!(delays(&Retry::all().interval(Duration::from_millis(1_001)), 0..1), [2_000]);
        assert_eq!(Retry::all().delay(u32::MAX, || 1.0), u64::MAX);
    }
}
