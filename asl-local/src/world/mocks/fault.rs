//! Faults that are injected into calls which are mocked to succeed.

use super::super::Call;
use super::name::means;
use crate::TaskError;

/// A fault that is injected into calls, whatever their mocks answer: for tests of retriers, catchers and compensation.
///
/// A call that is hit fails at once, and its mock is not asked. Without [`of`](Self::of) all tasks may be hit;
/// without [`with`](Self::with) the error is `States.TaskFailed`, with a cause that says it was injected.
///
/// ```
/// use asl_local::mocks::{Fault, succeeds};
/// use asl_local::{Execution, Mocks, Status, TaskError};
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "Ship", "States": {"Ship": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
/// #     "Retry": [{"ErrorEquals": ["Busy"]}]}}}"#)?.validate()?;
/// let mocks = Mocks::new()
///     .otherwise(succeeds(json!({})))
///     .fault(Fault::nth(1).of("Ship").with(TaskError::new("Busy", "try again")));
/// let mut execution = Execution::start(&machine, json!({}), mocks.clone())?;
/// assert_eq!(execution.run()?, Status::Succeeded);
/// mocks.assert_called("Ship", 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Fault {
    when: When,
    of: Option<String>,
    error: Option<TaskError>,
}

#[derive(Debug, Clone)]
enum When {
    /// How many calls are still to come until the one that fails; 0 when it has been.
    Nth(u32),
    FirstAttempts,
    Random {
        rate: f64,
        state: u64,
    },
}

impl Fault {
    /// The n-th call fails, counted from 1; 0 hits none.
    pub fn nth(n: u32) -> Self {
        Self::new(When::Nth(n))
    }

    /// Every task fails at its first attempt, and is as mocked when it is retried: the least that a workflow with
    /// retriers should survive.
    pub fn first_attempts() -> Self {
        Self::new(When::FirstAttempts)
    }

    /// Calls fail at random, with this rate from 0.0 (none) to 1.0 (all).
    ///
    /// The same seed hits the same calls in every run. A rate that is not a number hits none.
    pub fn random(rate: f64, seed: u64) -> Self {
        Self::new(When::Random { rate, state: seed })
    }

    /// Sets which calls may be hit, by a name as [`Mocks::on`](super::Mocks::on) takes it: a state, a resource, a
    /// function, an action. Only these are counted.
    pub fn of(mut self, name: impl Into<String>) -> Self {
        self.of = Some(name.into());
        self
    }

    /// Sets the error of the calls that are hit.
    pub fn with(mut self, error: TaskError) -> Self {
        self.error = Some(error);
        self
    }

    /// The error with which this call fails, if it is hit. Counts the call.
    pub(super) fn hits(&mut self, call: &Call<'_>) -> Option<TaskError> {
        if self.of.as_deref().is_some_and(|name| means(name, call).is_none()) {
            return None;
        }
        let is_hit = match &mut self.when {
            When::Nth(left) => {
                let is_hit = *left == 1;
                *left = left.saturating_sub(1);
                is_hit
            }
            When::FirstAttempts => call.retry_count == 0,
            When::Random { rate, state } => next_random(state) < *rate,
        };
        is_hit.then(|| self.error.clone().unwrap_or_else(|| injected(call)))
    }

    fn new(when: When) -> Self {
        Self { when, of: None, error: None }
    }
}

fn injected(call: &Call<'_>) -> TaskError {
    TaskError::new("States.TaskFailed", format!("this fault was injected into `{}`", call.state))
}

/// The next number of `SplitMix64`, scaled to 0.0 and less than 1.0.
#[expect(clippy::cast_precision_loss, reason = "53 bits are all that the result holds")]
fn next_random(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    (z >> 11) as f64 / (1_u64 << 53) as f64
}
