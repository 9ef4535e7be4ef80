use serde_json::Number;

use super::object::{FieldValue, Fields, Object, Visit};
use super::string_enum::string_enum;
use super::{Extra, Kind, Static};

string_enum! {
    /// `JitterStrategy`: whether waiting times are spread at random.
    JitterStrategy {
        /// A random time between zero and the computed one.
        Full = "FULL",
        /// The computed time. The default.
        None = "NONE",
    }
}

/// One entry of `Retry`: which errors are tried again, when and how often.
///
/// The n-th wait is `IntervalSeconds · BackoffRate^(n-1)` seconds, at most `MaxDelaySeconds`.
/// See [Retrying after error](https://states-language.net/#retrying-after-error).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Retrier {
    /// `ErrorEquals`: the error names. Required, not empty.
    pub error_equals: Option<Vec<String>>,
    /// `IntervalSeconds` before the first retry; 1 if absent.
    pub interval_seconds: Option<Static<i64>>,
    /// `MaxAttempts`: how many retries; 3 if absent, 0 for never.
    pub max_attempts: Option<Static<i64>>,
    /// `BackoffRate`: by what the wait grows with each retry, at least 1; 2 if absent.
    pub backoff_rate: Option<Static<Number>>,
    /// `MaxDelaySeconds`: the longest wait; none if absent.
    pub max_delay_seconds: Option<Static<i64>>,
    /// `JitterStrategy`; `NONE` if absent.
    pub jitter_strategy: Option<Static<JitterStrategy>>,
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for Retrier {
    fn kind(&self) -> Kind {
        Kind::Retrier
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Comment", self.comment.as_ref());
        fields.put("ErrorEquals", self.error_equals.as_ref());
        fields.put("IntervalSeconds", self.interval_seconds.as_ref());
        fields.put("MaxAttempts", self.max_attempts.as_ref());
        fields.put("BackoffRate", self.backoff_rate.as_ref());
        fields.put("MaxDelaySeconds", self.max_delay_seconds.as_ref());
        fields.put("JitterStrategy", self.jitter_strategy.as_ref().map(FieldValue::constant));
    }
}
