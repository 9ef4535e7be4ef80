//! The virtual clock: milliseconds since 1970-01-01T00:00:00Z.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat};

/// Where the clock stands when nothing else is said: 2025-01-01T00:00:00Z.
pub(crate) const START: i64 = 1_735_689_600_000;

/// The furthest time that is told apart: 9999-12-31T23:59:59.999Z.
pub(crate) const END: i64 = 253_402_300_799_999;

/// A duration in milliseconds, at most as far as the clock goes.
pub(crate) fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(END).min(END)
}

/// The time so much later, at most the end of time.
pub(crate) fn later(time: i64, milliseconds: i64) -> i64 {
    time.saturating_add(milliseconds).min(END)
}

/// The time as the service writes it: `2025-01-01T00:00:00.000Z`.
pub(crate) fn iso(time: i64) -> String {
    let time = DateTime::from_timestamp_millis(time).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_service_writes_them() {
        assert_eq!(iso(START), "2025-01-01T00:00:00.000Z");
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(951_782_400_123), "2000-02-29T00:00:00.123Z");
        assert_eq!(iso(END), "9999-12-31T23:59:59.999Z");
        assert_eq!(later(END, 1), END);
    }
}
