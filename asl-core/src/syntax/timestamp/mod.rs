//! RFC 3339 timestamps, as the service reads them.
//!
//! RFC 3339 lets a program be mild about `t` and `z`; the service is not. What it was never seen to judge (a
//! leap second, more digits than nanoseconds) is accepted here, as RFC 3339 does.

mod parse;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::SyntaxError;

/// A moment in time: the `Timestamp` of a Wait state, the literal of a `Timestamp…` comparison.
///
/// The shape is `YYYY-MM-DDThh:mm:ss`, an optional fraction, then `Z` or an offset as `+02:00` ([RFC 3339]);
/// upper-case `T` and `Z` are required ([Wait state]).
///
/// Timestamps are equal, and ordered, by the instant they name, as Choice rules compare them; the text they were
/// written with is kept apart and printed back by `Display`.
///
/// ```
/// # use asl_core::syntax::Timestamp;
/// let berlin = Timestamp::parse("2016-03-14T02:59:00.5+01:00")?;
/// assert_eq!((berlin.year(), berlin.hour(), berlin.offset_minutes()), (2016, 2, 60));
/// assert_eq!(berlin, Timestamp::parse("2016-03-14T01:59:00.500Z")?);
/// assert!(berlin < Timestamp::parse("2016-03-14T02:59:00Z")?);
/// assert_eq!(berlin.to_string(), "2016-03-14T02:59:00.5+01:00");
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
///
/// [RFC 3339]: https://www.rfc-editor.org/rfc/rfc3339#section-5.6
/// [Wait state]: https://states-language.net/#wait-state
#[derive(Debug, Clone)]
pub struct Timestamp {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    nanosecond: u32,
    offset_minutes: i32,
    text: String,
}

impl Timestamp {
    /// The year, 0 to 9999, where the timestamp was written.
    #[must_use]
    pub fn year(&self) -> u32 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(&self) -> u32 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(&self) -> u32 {
        self.day
    }

    /// The hour, 0 to 23.
    #[must_use]
    pub fn hour(&self) -> u32 {
        self.hour
    }

    /// The minute, 0 to 59.
    #[must_use]
    pub fn minute(&self) -> u32 {
        self.minute
    }

    /// The second, 0 to 59, or 60 in a leap second.
    #[must_use]
    pub fn second(&self) -> u32 {
        self.second
    }

    /// The fraction of the second; digits after the ninth are cut off.
    #[must_use]
    pub fn nanosecond(&self) -> u32 {
        self.nanosecond
    }

    /// How far local time is ahead of UTC; zero for `Z`.
    #[must_use]
    pub fn offset_minutes(&self) -> i32 {
        self.offset_minutes
    }

    /// Whole seconds from 1970-01-01T00:00:00Z to this instant; negative before it.
    ///
    /// ```
    /// # use asl_core::syntax::Timestamp;
    /// assert_eq!(Timestamp::parse("2001-09-09T01:46:40Z")?.unix_seconds(), 1_000_000_000);
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn unix_seconds(&self) -> i64 {
        /// Days from 0000-01-01 to 1970-01-01.
        const EPOCH: i64 = 719_528;
        let days = i64::from(days_before_year(self.year))
            + (1..self.month).map(|month| i64::from(days_of_month(self.year, month))).sum::<i64>()
            + i64::from(self.day - 1)
            - EPOCH;
        let minutes = i64::from(self.hour * 60 + self.minute) - i64::from(self.offset_minutes);
        days * 86_400 + minutes * 60 + i64::from(self.second)
    }

    /// The timestamp as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn instant(&self) -> (i64, u32) {
        (self.unix_seconds(), self.nanosecond)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for Timestamp {}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant().hash(state);
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_month(year: u32, month: u32) -> u32 {
    match month {
        2 => 28 + u32::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_before_year(year: u32) -> u32 {
    365 * year + year.div_ceil(4) - year.div_ceil(100) + year.div_ceil(400)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timestamp(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn timestamps_are_compared_by_instant() {
        for (less, more) in [
            ("2012-10-09T19:00:55Z", "2012-10-09T19:00:56Z"),
            ("2012-10-09T19:00:55+01:00", "2012-10-09T19:00:55Z"),
            ("2012-10-09T19:00:55Z", "2012-10-09T19:00:55.000000001Z"),
            ("1999-12-31T23:59:59Z", "2000-01-01T00:00:00Z"),
            ("2000-02-29T00:00:00Z", "2000-03-01T00:00:00Z"),
        ] {
            assert!(timestamp(less) < timestamp(more), "{less} < {more}");
        }
        assert_eq!(timestamp("2012-10-09T19:00:55.5Z"), timestamp("2012-10-09T21:00:55.50+02:00"));
    }

    #[test]
    fn seconds_are_counted_from_the_unix_epoch() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:00+00:01", -60),
            ("1969-12-31T23:59:59Z", -1),
            ("0000-01-01T00:00:00Z", -62_167_219_200),
            ("2038-01-19T03:14:07Z", 2_147_483_647),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] {
            assert_eq!(timestamp(text).unix_seconds(), seconds, "{text}");
        }
    }
}
