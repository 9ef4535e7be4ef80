use serde_json::Number;

use crate::model::{self, JitterStrategy, Value};
use crate::syntax::{LAMBDA_ERRORS_TO_RETRY, PredefinedErrorName};

use super::value::json;
use super::{IntoErrorNames, IntoStaticSeconds, setters};

setters::builder! {
    /// One entry of `Retry`: which errors are tried again, when and how often.
    ///
    /// The n-th wait is `IntervalSeconds · BackoffRate^(n-1)` seconds, at most `MaxDelaySeconds`.
    /// See [Retrying after error](https://states-language.net/#retrying-after-error).
    ///
    /// ```
    /// use asl_core::jsonpath::{Retrier, secs};
    /// use serde_json::json;
    /// let retrier = Retrier::on(["States.TaskFailed", "BillingRateLimitError"])
    ///     .interval(secs(5))
    ///     .max_attempts(3)
    ///     .backoff_rate(2.0);
    /// assert_eq!(json!(retrier), json!({
    ///     "ErrorEquals": ["States.TaskFailed", "BillingRateLimitError"],
    ///     "IntervalSeconds": 5, "MaxAttempts": 3, "BackoffRate": 2.0,
    /// }));
    /// ```
    pub struct Retrier(model::Retrier);
}

impl Retrier {
    /// Tries the named errors, one or several, again; without more, three times, after 1, 2 and 4 seconds.
    ///
    /// ```
    /// use asl_core::jsonpath::{PredefinedErrorName, Retrier};
    /// let retrier = Retrier::on(PredefinedErrorName::Timeout);
    /// assert_eq!(serde_json::json!(retrier), serde_json::json!({"ErrorEquals": ["States.Timeout"]}));
    /// ```
    pub fn on(errors: impl IntoErrorNames) -> Self {
        Self {
            inner: model::Retrier {
                error_equals: Some(errors.into_error_names()),
                ..model::Retrier::default()
            },
        }
    }

    /// Tries every error again (`States.ALL`) but `States.DataLimitExceeded` and `States.Runtime`. The last Retrier,
    /// if there are several.
    ///
    /// ```
    /// use asl_core::jsonpath::Retrier;
    /// assert_eq!(serde_json::json!(Retrier::all())["ErrorEquals"][0], "States.ALL");
    /// ```
    pub fn all() -> Self {
        Self::on(PredefinedErrorName::All)
    }

    /// Tries again what Lambda itself fails with for a while, as AWS recommends for every Lambda task: after 2, 4, 8,
    /// 16, 32 and 64 seconds
    /// ([Lambda service exceptions](https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception)).
    ///
    /// ```
    /// use asl_core::jsonpath::Retrier;
    /// use serde_json::json;
    /// assert_eq!(json!(Retrier::lambda_transient()), json!({
    ///     "ErrorEquals": [
    ///         "Lambda.ServiceException",
    ///         "Lambda.AWSLambdaException",
    ///         "Lambda.SdkClientException",
    ///         "Lambda.TooManyRequestsException",
    ///     ],
    ///     "IntervalSeconds": 2, "MaxAttempts": 6, "BackoffRate": 2,
    /// }));
    /// ```
    pub fn lambda_transient() -> Self {
        Self::on(LAMBDA_ERRORS_TO_RETRY).interval_seconds(2).max_attempts(6).backoff_rate(2)
    }

    setters::comment!("Retrier::all()");

    /// Sets `IntervalSeconds`: the wait before the first retry, at most 99,999,999 seconds; 1 if not set.
    ///
    /// ```
    /// use asl_core::jsonpath::Retrier;
    /// assert_eq!(serde_json::json!(Retrier::all().interval_seconds(5))["IntervalSeconds"], 5);
    /// ```
    pub fn interval_seconds(mut self, seconds: impl IntoStaticSeconds) -> Self {
        self.inner.interval_seconds = Some(seconds.into_static_seconds());
        self
    }

    /// Sets `IntervalSeconds` to a duration, a part of a second rounded up; a bare number is seconds.
    ///
    /// ```
    /// use asl_core::jsonpath::{Retrier, secs};
    /// assert_eq!(serde_json::json!(Retrier::all().interval(secs(60)))["IntervalSeconds"], 60);
    /// ```
    pub fn interval(self, interval: impl IntoStaticSeconds) -> Self {
        self.interval_seconds(interval)
    }

    setters::constant! {
        /// Sets `MaxAttempts`: how many retries, at most 99,999,999, 0 for none; 3 if not set.
        ///
        /// ```
        /// use asl_core::jsonpath::Retrier;
        /// assert_eq!(serde_json::json!(Retrier::all().max_attempts(5))["MaxAttempts"], 5);
        /// ```
        max_attempts max_attempts: i64 = "MaxAttempts", "an integer"
    }

    setters::constant! {
        /// Sets `BackoffRate`: by what the wait grows with each retry, at least 1; 2 if not set.
        ///
        /// ```
        /// use asl_core::jsonpath::Retrier;
        /// assert_eq!(serde_json::json!(Retrier::all().backoff_rate(1.5))["BackoffRate"], 1.5);
        /// ```
        backoff_rate backoff_rate: Number = "BackoffRate", "a number"
    }

    /// Sets `MaxDelaySeconds`: the longest wait, 1 to 31,622,400 seconds; no limit if not set.
    ///
    /// ```
    /// use asl_core::jsonpath::Retrier;
    /// assert_eq!(serde_json::json!(Retrier::all().max_delay_seconds(30))["MaxDelaySeconds"], 30);
    /// ```
    pub fn max_delay_seconds(mut self, seconds: impl IntoStaticSeconds) -> Self {
        self.inner.max_delay_seconds = Some(seconds.into_static_seconds());
        self
    }

    /// Sets `MaxDelaySeconds` to a duration, a part of a second rounded up; a bare number is seconds.
    ///
    /// ```
    /// use asl_core::jsonpath::{Retrier, minutes};
    /// assert_eq!(serde_json::json!(Retrier::all().max_delay(minutes(1)))["MaxDelaySeconds"], 60);
    /// ```
    pub fn max_delay(self, max_delay: impl IntoStaticSeconds) -> Self {
        self.max_delay_seconds(max_delay)
    }

    setters::constant! {
        /// Sets `JitterStrategy`: whether waits are spread at random; `NONE` if not set.
        ///
        /// ```
        /// use asl_core::jsonpath::{JitterStrategy, Retrier};
        /// let retrier = Retrier::all().jitter_strategy(JitterStrategy::Full);
        /// assert_eq!(serde_json::json!(retrier)["JitterStrategy"], "FULL");
        /// ```
        jitter_strategy jitter_strategy: JitterStrategy = "JitterStrategy", "a string"
    }
}

impl From<Retrier> for Value {
    fn from(retrier: Retrier) -> Self {
        json(&retrier.inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_that_is_no_number_is_kept_and_reported() {
        let retrier = model::Retrier::from(Retrier::all().backoff_rate(f64::NAN));
        assert!(retrier.backoff_rate.is_none());
        assert!(retrier.extra.contains("BackoffRate"));
        assert!(serde_json::json!(retrier)["BackoffRate"].is_null());
    }
}
