use std::time::Duration;

use serde_json::Number;

use super::{Retrier, Static};

/// The waits of a [`Retrier`], first to last.
///
/// With `"JitterStrategy": "FULL"` each is the longest that the wait can be. Fractions of a second are kept: whether
/// the service rounds them is not documented.
///
/// ```
/// use asl_core::model::Retrier;
/// use std::time::Duration;
/// let retrier = Retrier { max_attempts: Some(10.into()), ..Retrier::default() };
/// let delays = retrier.delays().expect("no value is left to the deployment");
/// let first: Vec<_> = delays.clone().take(4).map(|delay| delay.as_secs()).collect();
/// assert_eq!(first, [1, 2, 4, 8]);
/// assert_eq!(delays.total(), Duration::from_secs(1023));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Delays {
    /// The next wait in seconds.
    next: f64,
    /// By what it grows; at least 1.
    rate: f64,
    /// What no wait exceeds.
    longest: f64,
    /// How many waits are left.
    left: u64,
}

impl Retrier {
    /// The waits before each retry, with the defaults of the specification: 1 second, doubled twice.
    ///
    /// What AWS refuses counts as the nearest that it takes: a `BackoffRate` below 1 as 1, a negative number as 0.
    ///
    /// `None` if the deployment sets one of the values, or if one has the wrong type.
    ///
    /// ```
    /// use asl_core::model::Retrier;
    /// let retrier = Retrier {
    ///     interval_seconds: Some(3.into()),
    ///     max_delay_seconds: Some(5.into()),
    ///     ..Retrier::default()
    /// };
    /// let seconds: Vec<_> = retrier.delays().into_iter().flatten().map(|delay| delay.as_secs()).collect();
    /// assert_eq!(seconds, [3, 5, 5]);
    /// ```
    #[must_use]
    pub fn delays(&self) -> Option<Delays> {
        let interval = self.whole("IntervalSeconds", self.interval_seconds.as_ref(), 1)?;
        let longest = self.whole("MaxDelaySeconds", self.max_delay_seconds.as_ref(), u64::MAX)?;
        let left = self.whole("MaxAttempts", self.max_attempts.as_ref(), 3)?;
        let rate = match &self.backoff_rate {
            Some(rate) => rate.literal().and_then(Number::as_f64)?,
            None if self.extra.contains("BackoffRate") => return None,
            None => 2.0,
        };
        let longest = seconds(longest);
        Some(Delays { next: seconds(interval).min(longest), rate: rate.max(1.0), longest, left })
    }

    /// A field of whole numbers, or its default.
    fn whole(&self, name: &str, value: Option<&Static<i64>>, default: u64) -> Option<u64> {
        match value {
            Some(value) => value.literal().map(|number| u64::try_from(*number).unwrap_or(0)),
            None => (!self.extra.contains(name)).then_some(default),
        }
    }
}

impl Delays {
    /// All waits together; the longest `Duration` if there is none for so much.
    ///
    /// Takes the same time for three retries and for 99,999,999.
    ///
    /// ```
    /// use asl_core::model::Retrier;
    /// let retrier = Retrier { max_attempts: Some(99_999_999.into()), ..Retrier::default() };
    /// assert_eq!(retrier.delays().map(|delays| delays.total()), Some(std::time::Duration::MAX));
    /// ```
    #[must_use]
    pub fn total(&self) -> Duration {
        /// After so many waits, what is left is computed as one geometric series, which rounds.
        const ONE_BY_ONE: u32 = 1000;
        let mut delays = self.clone();
        let mut total = 0.0;
        for _ in 0..ONE_BY_ONE {
            if delays.is_level() {
                return duration(total + delays.next * seconds(delays.left));
            }
            total += delays.next;
            delays.advance();
        }
        let growing = ((delays.longest / delays.next).ln() / delays.rate.ln()).ceil();
        let growing = growing.clamp(0.0, seconds(delays.left));
        let growth = (delays.rate.powf(growing) - 1.0) / (delays.rate - 1.0);
        duration(total + delays.next * growth + delays.longest * (seconds(delays.left) - growing))
    }

    /// Whether all waits from here on are the same, or there is none.
    fn is_level(&self) -> bool {
        self.left == 0 || self.rate <= 1.0 || self.next <= 0.0 || self.next >= self.longest
    }

    fn advance(&mut self) {
        self.left -= 1;
        self.next = (self.next * self.rate).min(self.longest);
    }
}

impl Iterator for Delays {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        (self.left > 0).then(|| {
            let delay = duration(self.next);
            self.advance();
            delay
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left);
        (left.unwrap_or(usize::MAX), left.ok())
    }
}

fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "AWS takes at most 99,999,999 in any of the fields")]
fn seconds(whole: u64) -> f64 {
    whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn retrier(interval: i64, attempts: i64, rate: f64, longest: Option<i64>) -> Retrier {
        Retrier {
            interval_seconds: Some(interval.into()),
            max_attempts: Some(attempts.into()),
            backoff_rate: Number::from_f64(rate).map(Static::Literal),
            max_delay_seconds: longest.map(Static::Literal),
            ..Retrier::default()
        }
    }

    fn total(interval: i64, attempts: i64, rate: f64, longest: Option<i64>) -> u64 {
        retrier(interval, attempts, rate, longest).delays().unwrap().total().as_secs()
    }

    #[test]
    fn the_waits_are_those_of_the_specification() {
        let seconds = |retrier: Retrier| -> Vec<f64> {
            retrier.delays().unwrap().map(|delay| delay.as_secs_f64()).collect()
        };
        assert_eq!(seconds(Retrier::default()), [1.0, 2.0, 4.0]);
        assert_eq!(seconds(retrier(3, 3, 2.0, None)), [3.0, 6.0, 12.0]);
        assert_eq!(seconds(retrier(2, 3, 1.5, None)), [2.0, 3.0, 4.5]);
        assert_eq!(seconds(retrier(9, 2, 2.0, Some(5))), [5.0, 5.0]);
        assert_eq!(seconds(retrier(0, 2, 3.0, None)), [0.0, 0.0]);
        assert_eq!(seconds(retrier(5, 0, 3.0, None)), [0.0; 0]);
    }

    #[test]
    fn a_total_is_the_sum_of_the_waits() {
        assert_eq!(total(1, 10, 3.0, None), 29_524);
        assert_eq!(total(60, 99_999_999, 1.0, None), 5_999_999_940);
        assert_eq!(total(1, 99_999_999, 2.0, Some(8)), 1 + 2 + 4 + 99_999_996 * 8);
        assert_eq!(total(0, 99_999_999, 2.0, None), 0);
        assert_eq!(total(99_999_999, 99_999_999, 1e300, None), Duration::MAX.as_secs());
    }

    #[test]
    fn what_only_the_deployment_knows_has_no_waits() {
        let placeholder = Retrier {
            max_attempts: Some(Static::Placeholder("${Attempts}".to_owned())),
            ..Retrier::default()
        };
        assert_eq!(placeholder.delays(), None);
    }

    proptest! {
        #[test]
        fn a_long_series_is_summed_as_its_waits_are(
            attempts in 1_001_i64..5_000, rate in 1.0001_f64..1.005, longest in proptest::option::of(1_i64..5_000),
        ) {
            let delays = retrier(1, attempts, rate, longest).delays().unwrap();
            let one_by_one: f64 = delays.clone().map(|delay| delay.as_secs_f64()).sum();
            let total = delays.total().as_secs_f64();
            prop_assert!((total / one_by_one - 1.0).abs() < 1e-3, "{total} {one_by_one}");
        }

        #[test]
        fn no_values_panic(
            interval: i64, attempts: i64, rate in proptest::num::f64::ANY, longest: Option<i64>,
        ) {
            let delays = retrier(interval, attempts, rate, longest).delays().unwrap();
            let _ = delays.total();
            prop_assert!(delays.take(100).count() <= 100);
        }
    }
}
