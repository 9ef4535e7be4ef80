use std::time::Duration;

/// A duration of so many seconds.
///
/// ```
/// use asl_core::jsonpath::{Retrier, secs};
/// let retrier = Retrier::on("RateLimit").interval(secs(60));
/// assert_eq!(serde_json::json!(retrier)["IntervalSeconds"], 60);
/// ```
#[must_use]
pub const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A duration of so many minutes.
///
/// ```
/// assert_eq!(asl_core::jsonpath::minutes(2), std::time::Duration::from_secs(120));
/// ```
#[must_use]
pub const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes.saturating_mul(60))
}

/// A duration of so many hours.
///
/// ```
/// assert_eq!(asl_core::jsonpath::hours(1), std::time::Duration::from_secs(3_600));
/// ```
#[must_use]
pub const fn hours(hours: u64) -> Duration {
    minutes(hours.saturating_mul(60))
}

/// A duration of so many days of 24 hours.
///
/// ```
/// assert_eq!(asl_core::jsonpath::days(1), std::time::Duration::from_secs(86_400));
/// ```
#[must_use]
pub const fn days(days: u64) -> Duration {
    hours(days.saturating_mul(24))
}

/// The seconds of a duration, a part of a second rounded up: the language knows whole seconds alone, and a wait
/// that is a little longer keeps what was asked for.
pub(super) fn whole_seconds(duration: Duration) -> i64 {
    let seconds = duration.as_secs().saturating_add(u64::from(duration.subsec_nanos() > 0));
    // Far out of the range of any field, which validation reports.
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_second_is_rounded_up() {
        for (duration, seconds) in [
            (Duration::ZERO, 0),
            (Duration::from_nanos(1), 1),
            (Duration::from_millis(1_500), 2),
            (secs(60), 60),
            (Duration::MAX, i64::MAX),
        ] {
            assert_eq!(whole_seconds(duration), seconds, "{duration:?}");
        }
    }

    #[test]
    fn no_number_of_days_overflows() {
        assert_eq!(days(u64::MAX), Duration::from_secs(u64::MAX));
    }
}
