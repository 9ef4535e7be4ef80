use std::time::Duration;

use crate::model::{self, Dynamic, Static};

use super::value::whole;
use super::{Jsonata, Language, Placeholder};

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

/// What a field in seconds takes: a number, a [`Duration`] (a part of a second rounded up), a
/// [`placeholder`](super::placeholder), and in JSONata an expression.
///
/// ```
/// use asl_core::jsonpath::{Wait, minutes, next};
/// assert_eq!(Wait::seconds(120, next("Check")), Wait::seconds(minutes(2), next("Check")));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number of seconds in `{L}`",
    label = "no whole number, `Duration`, placeholder or expression of `{L}`",
    note = "write `secs(5)`, `minutes(2)` or a whole number of seconds",
    note = "JSONata expressions belong to `asl_core::jsonata`; in JSONPath use the setter that ends in `_path`"
)]
pub trait IntoSeconds<L: Language> {
    /// The seconds.
    #[doc(hidden)]
    fn into_seconds(self) -> Dynamic<i64>;
}

/// What a field in seconds takes that is known at deployment: a number, a [`Duration`] (a part of a second rounded up)
/// or a [`placeholder`](super::placeholder).
///
/// ```
/// use asl_core::jsonpath::{Retrier, minutes};
/// assert_eq!(Retrier::all().interval_seconds(120), Retrier::all().interval(minutes(2)));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number of seconds",
    label = "no whole number, `Duration` or placeholder",
    note = "write `secs(5)`, `minutes(2)`, a whole number of seconds, or `placeholder(\"Name\")`: the field is known at deployment, so that it takes no expression"
)]
pub trait IntoStaticSeconds {
    /// The seconds.
    #[doc(hidden)]
    fn into_static_seconds(self) -> Static<i64>;
}

macro_rules! integers {
    ($($integer:ty)+) => {
        $(
            impl<L: Language> IntoSeconds<L> for $integer {
                fn into_seconds(self) -> Dynamic<i64> {
                    Dynamic::Literal(whole(self))
                }
            }
            impl IntoStaticSeconds for $integer {
                fn into_static_seconds(self) -> Static<i64> {
                    Static::Literal(whole(self))
                }
            }
        )+
    };
}

integers!(i32 u32 i64 u64 usize);

impl<L: Language> IntoSeconds<L> for Duration {
    fn into_seconds(self) -> Dynamic<i64> {
        Dynamic::Literal(whole_seconds(self))
    }
}

impl IntoStaticSeconds for Duration {
    fn into_static_seconds(self) -> Static<i64> {
        Static::Literal(whole_seconds(self))
    }
}

impl<L: Language> IntoSeconds<L> for Placeholder {
    fn into_seconds(self) -> Dynamic<i64> {
        self.into()
    }
}

impl IntoStaticSeconds for Placeholder {
    fn into_static_seconds(self) -> Static<i64> {
        Static::Placeholder(self.to_string())
    }
}

impl IntoSeconds<Jsonata> for model::Jsonata {
    fn into_seconds(self) -> Dynamic<i64> {
        self.into()
    }
}

/// The seconds of a duration, a part of a second rounded up: the language knows whole seconds alone, and a wait
/// that is a little longer keeps what was asked for.
fn whole_seconds(duration: Duration) -> i64 {
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
