use std::marker::PhantomData;

use crate::builder::{IntoSeconds, IntoTransition, IntoValue, IsJsonPath, Language, setters};
use crate::model::state::WaitUntil;
use crate::model::{self, Extra, Fault, Path, Transition};

setters::state_builder! {
    /// A Wait state: lets time pass.
    ///
    /// See [Wait State](https://states-language.net/#wait-state).
    ///
    /// ```
    /// use asl_core::jsonpath::{Wait, next};
    /// use serde_json::json;
    /// let wait = Wait::seconds(30, next("CheckJob"));
    /// assert_eq!(json!(wait), json!({"Type": "Wait", "Seconds": 30, "Next": "CheckJob"}));
    /// ```
    pub struct Wait<L>(model::state::Wait);
}

impl<L: Language> Wait<L> {
    const fn until(until: Option<WaitUntil>, transition: Transition) -> Self {
        Self::from_model(model::state::Wait {
            comment: None,
            query_language: None,
            input_path: None,
            output_path: None,
            until,
            assign: None,
            output: None,
            transition,
            extra: Extra::new(),
        })
    }

    /// Waits for some time (`Seconds`): a number of seconds, 0 to 99,999,999, or a `Duration`, whose part of a second
    /// is rounded up.
    ///
    /// ```
    /// use asl_core::jsonpath::{Wait, days, end};
    /// assert_eq!(serde_json::json!(Wait::seconds(days(1), end()))["Seconds"], 86_400);
    /// ```
    pub fn seconds(seconds: impl IntoSeconds<L>, transition: impl IntoTransition) -> Self {
        Self::until(Some(WaitUntil::Seconds(seconds.into_seconds())), transition.into_transition())
    }

    /// Waits until a moment (`Timestamp`), written in RFC 3339 as in `2030-12-24T18:00:00Z`; if it is past, not at all.
    ///
    /// ```
    /// use asl_core::jsonpath::{Wait, end};
    /// let wait = Wait::timestamp("2030-12-24T18:00:00Z", end());
    /// assert_eq!(serde_json::json!(wait)["Timestamp"], "2030-12-24T18:00:00Z");
    /// ```
    pub fn timestamp(timestamp: impl IntoValue<L, String>, transition: impl IntoTransition) -> Self {
        let transition = transition.into_transition();
        match timestamp.into_value() {
            Ok(timestamp) => Self::until(Some(WaitUntil::Timestamp(timestamp)), transition),
            Err(value) => {
                let mut wait = Self::until(None, transition);
                let fault = Fault::Type { expected: "a string", within: String::new() };
                wait.inner.extra.push_fault("Timestamp".to_owned(), value, fault);
                wait
            }
        }
    }

    setters::comment!("Wait::seconds(1, end())");
    setters::assign!("Wait::seconds(1, end())");
}

/// What JSONPath alone has.
impl<L: Language> Wait<L> {
    /// Waits for some time that stands in the input (`SecondsPath`).
    ///
    /// ```
    /// use asl_core::jsonpath::{Wait, end};
    /// let wait = Wait::seconds_path("$.delay", end());
    /// assert_eq!(serde_json::json!(wait)["SecondsPath"], "$.delay");
    /// ```
    pub fn seconds_path(path: impl Into<Path>, transition: impl IntoTransition) -> Self
    where
        L: IsJsonPath,
    {
        Self::until(Some(WaitUntil::SecondsPath(path.into())), transition.into_transition())
    }

    /// Waits until a moment that stands in the input (`TimestampPath`).
    ///
    /// ```
    /// use asl_core::jsonpath::{Wait, end};
    /// let wait = Wait::timestamp_path("$.due", end());
    /// assert_eq!(serde_json::json!(wait)["TimestampPath"], "$.due");
    /// ```
    pub fn timestamp_path(path: impl Into<Path>, transition: impl IntoTransition) -> Self
    where
        L: IsJsonPath,
    {
        Self::until(Some(WaitUntil::TimestampPath(path.into())), transition.into_transition())
    }

    setters::input_and_output_path!("Wait::seconds(1, end())");
}

/// What JSONata alone has.
impl<L: Language> Wait<L> {
    setters::output!("Wait::seconds(1, end())", "the next state's input; this one's if not set");
}
