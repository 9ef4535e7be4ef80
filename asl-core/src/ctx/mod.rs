//! The handle that workflow functions take, and what they do with it when they run as plain Rust.
//!
//! A workflow function is an `async fn` of a [`Ctx`] and an input. Task functions, which `#[task]` makes of
//! declarations, give a [`Call`]; what runs at the same time is written with [`join!`], [`try_join!`] and
//! [`map_each()`], and over many items with [`s3_objects`] and its siblings. What carries the effects out is a
//! [`Backend`]; `asl-local` has one for unit tests. Everything stays on one thread: [`Ctx`] is not `Send`, which suits
//! `#[tokio::test]` as it is, and any other executor that runs a future where it was made.
//!
//! From the same functions the compiler makes a definition; there a method like [`Call::retry`] is a field.

mod failure;
mod retry;
mod call;
mod workflow;
mod task;
mod template;
mod backend;
mod branch;
mod join;
mod map_each;
mod attempt;
mod distributed;
mod definition;
mod start_execution;

pub use crate::builder::{days, hours, minutes, secs};
pub use crate::expr::AslError;
pub use crate::{__join as join, __try_join as try_join};
pub use attempt::{Attempt, attempt};
pub use backend::{Backend, ChildResult, ItemFormat, ItemSource, LocalFuture, TaskCall};
pub use branch::Branch;
pub use call::{Call, Decode, ErrorOf};
pub use definition::{Definition, DefinitionError, Place};
pub use distributed::{
    All, Batch, Batched, Collected, DistributedMap, Each, Exported, MapItem, MapRun, ResultWriterDetails,
    Shape, Tolerant, csv, items, json_items, json_lines, manifest, parquet, s3_objects,
};
pub use failure::Failure;
pub use join::{Branches, TryBranches, join_branches, try_join_branches};
pub use map_each::{MapEach, map_each};
pub use retry::{Retry, whole_seconds};
pub use start_execution::StartExecution;
pub use task::Task;
pub use template::{Projection, Template};

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use serde_json::Value;

use crate::syntax::Timestamp;
use workflow::Scope;

/// The handle through which a workflow function has all its effects.
///
/// A clone is the same handle.
#[derive(Clone)]
pub struct Ctx {
    backend: Rc<dyn Backend>,
    scope: Rc<Scope>,
}

impl Ctx {
    /// A handle over what carries the effects out.
    #[must_use]
    pub fn new(backend: Rc<dyn Backend>) -> Self {
        Self { backend, scope: Rc::default() }
    }

    /// Waits so long, a part of a second rounded up: a Wait state with `Seconds`.
    pub async fn sleep(&self, duration: Duration) {
        let seconds = i64::try_from(whole_seconds(duration)).unwrap_or(i64::MAX);
        self.sleep_to(self.backend.now().saturating_add(seconds.saturating_mul(1_000))).await;
    }

    /// Waits until a time such as `2026-01-01T00:00:00Z`: a Wait state with `Timestamp`. Of a part of a second the service
    /// takes no notice.
    ///
    /// What is no timestamp ends the workflow with `States.QueryEvaluationError`: no handler sees it, since a Wait state
    /// has none.
    pub async fn sleep_until(&self, time: impl AsRef<str>) {
        match Timestamp::parse(time.as_ref()) {
            Ok(time) => self.sleep_to(time.unix_seconds().saturating_mul(1_000)).await,
            Err(error) => {
                let cause = format!("the time to wait for, `{}`, is no timestamp: {error}", time.as_ref());
                self.end(&Failure::new("States.QueryEvaluationError", cause)).await;
            }
        }
    }

    /// Waits so many milliseconds.
    async fn pause(&self, milliseconds: u64) {
        let milliseconds = i64::try_from(milliseconds).unwrap_or(i64::MAX);
        self.sleep_to(self.backend.now().saturating_add(milliseconds)).await;
    }

    async fn sleep_to(&self, time: i64) {
        if let Err(failure) = self.backend.sleep_until(time).await {
            self.end(&failure).await;
        }
    }

    /// The time, as `2025-01-01T00:00:00.000Z`: `$now()`.
    #[must_use]
    pub fn now(&self) -> String {
        iso(self.backend.now())
    }

    /// The time in milliseconds since 1970-01-01T00:00:00Z: `$millis()`.
    #[must_use]
    pub fn millis(&self) -> i64 {
        self.backend.now()
    }

    /// A number from 0 to below 1, by chance: `$random()`.
    #[must_use]
    pub fn random(&self) -> f64 {
        self.backend.random()
    }

    /// A random UUID of version 4: `$uuid()`.
    #[must_use]
    pub fn uuid(&self) -> String {
        self.backend.uuid()
    }

    /// The execution's name: `$states.context.Execution.Name`.
    #[must_use]
    pub fn execution_name(&self) -> String {
        self.context_text("/Execution/Name")
    }

    /// The execution's ARN: `$states.context.Execution.Id`.
    #[must_use]
    pub fn execution_id(&self) -> String {
        self.context_text("/Execution/Id")
    }

    /// When the execution started: `$states.context.Execution.StartTime`.
    #[must_use]
    pub fn execution_start_time(&self) -> String {
        self.context_text("/Execution/StartTime")
    }

    /// The ARN of the execution's role: `$states.context.Execution.RoleArn`.
    #[must_use]
    pub fn role_arn(&self) -> String {
        self.context_text("/Execution/RoleArn")
    }

    /// The state machine's name: `$states.context.StateMachine.Name`.
    #[must_use]
    pub fn state_machine_name(&self) -> String {
        self.context_text("/StateMachine/Name")
    }

    /// The state machine's ARN: `$states.context.StateMachine.Id`.
    #[must_use]
    pub fn state_machine_id(&self) -> String {
        self.context_text("/StateMachine/Id")
    }

    fn context_text(&self, pointer: &str) -> String {
        self.backend.context().pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// What carries the effects out.
    #[must_use]
    pub fn backend(&self) -> &dyn Backend {
        &*self.backend
    }

    /// The same effects, for another workflow.
    fn fresh(&self) -> Self {
        Self { backend: Rc::clone(&self.backend), scope: Rc::default() }
    }

    fn scope(&self) -> &Scope {
        &self.scope
    }
}

impl fmt::Debug for Ctx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ctx").finish_non_exhaustive()
    }
}

/// A time in milliseconds since 1970 as the service writes it.
fn iso(time: i64) -> String {
    let (days, of_day) = (time.div_euclid(86_400_000), time.rem_euclid(86_400_000));
    // the Gregorian calendar repeats every 146,097 days; years are counted from March, so that a leap day ends one
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, millisecond) = (of_day / 1_000 % 60, of_day % 1_000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_service_writes_them() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(951_782_400_123), "2000-02-29T00:00:00.123Z");
        assert_eq!(iso(1_735_689_599_999), "2024-12-31T23:59:59.999Z");
        for day in 0..200_000 {
            let text = iso(day * 86_400_000);
            assert_eq!(Timestamp::parse(&text).unwrap().unix_seconds(), day * 86_400, "{text}");
        }
    }
}
