use std::time::Duration;

use serde_json::Value;

use crate::clock;
use crate::history::Sink;

/// How an execution is run: names, clock, chance, and how far it may go.
///
/// ```
/// use std::time::Duration;
/// use asl_local::Settings;
///
/// let settings = Settings::new().name("order-17").seed(7).max_transitions(1_000).max_time(Duration::from_secs(3_600));
/// # let _ = settings;
/// ```
pub struct Settings {
    pub(crate) name: String,
    pub(crate) state_machine_name: String,
    pub(crate) execution_arn: Option<String>,
    pub(crate) state_machine_arn: Option<String>,
    pub(crate) role_arn: String,
    pub(crate) region: String,
    pub(crate) account: String,
    pub(crate) start_time: i64,
    pub(crate) seed: u64,
    pub(crate) max_transitions: u64,
    pub(crate) max_time: i64,
    pub(crate) max_history_bytes: u64,
    pub(crate) history_quota: Option<u64>,
    pub(crate) keeps_history: bool,
    pub(crate) sink: Option<Box<dyn Sink>>,
    pub(crate) variables: Vec<(String, Value)>,
}

impl Settings {
    /// Those of [`Execution::start`](crate::Execution::start): the clock stands at 2025-01-01T00:00:00Z, the seed is 0,
    /// a million transitions and two years are allowed.
    #[must_use]
    pub fn new() -> Self {
        Self {
            name: "execution".to_owned(),
            state_machine_name: "StateMachine".to_owned(),
            execution_arn: None,
            state_machine_arn: None,
            role_arn: "arn:aws:iam::123456789012:role/StepFunctionsRole".to_owned(),
            region: "us-east-1".to_owned(),
            account: "123456789012".to_owned(),
            start_time: clock::START,
            seed: 0,
            max_transitions: 1_000_000,
            max_time: 2 * 366 * 86_400_000,
            max_history_bytes: 1 << 30,
            history_quota: Some(25_000),
            keeps_history: true,
            sink: None,
            variables: Vec::new(),
        }
    }

    /// The execution's name: `$$.Execution.Name`.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The state machine's name: `$$.StateMachine.Name`.
    #[must_use]
    pub fn state_machine_name(mut self, name: impl Into<String>) -> Self {
        self.state_machine_name = name.into();
        self
    }

    /// The execution's ARN: `$$.Execution.Id`. By default made of region, account and names.
    #[must_use]
    pub fn execution_arn(mut self, arn: impl Into<String>) -> Self {
        self.execution_arn = Some(arn.into());
        self
    }

    /// The state machine's ARN: `$$.StateMachine.Id`. By default made of region, account and name.
    #[must_use]
    pub fn state_machine_arn(mut self, arn: impl Into<String>) -> Self {
        self.state_machine_arn = Some(arn.into());
        self
    }

    /// The execution role: `$$.Execution.RoleArn`.
    #[must_use]
    pub fn role_arn(mut self, arn: impl Into<String>) -> Self {
        self.role_arn = arn.into();
        self
    }

    /// The Region, in ARNs and in `TaskScheduled` events. `us-east-1` by default.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// The account in ARNs. `123456789012` by default.
    #[must_use]
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = account.into();
        self
    }

    /// When the execution starts, in milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn start_time(mut self, milliseconds: i64) -> Self {
        self.start_time = milliseconds.clamp(0, clock::END);
        self
    }

    /// What chance grows from: `JitterStrategy`, `States.UUID`, `States.MathRandom`, `$random`, `$uuid`. The same seed
    /// gives the same history.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How many transitions may happen, those of nested executions and iterations included. A million by default.
    #[must_use]
    pub fn max_transitions(mut self, transitions: u64) -> Self {
        self.max_transitions = transitions;
        self
    }

    /// How far the virtual clock may go from the start. Two years by default.
    #[must_use]
    pub fn max_time(mut self, time: Duration) -> Self {
        self.max_time = clock::milliseconds(time);
        self
    }

    /// How much data the histories in memory may hold, in bytes of JSON text; what is handed on unchanged counts once.
    /// 1 GiB by default. Without [`keep_history`](Self::keep_history) nothing counts.
    #[must_use]
    pub fn max_history_bytes(mut self, bytes: u64) -> Self {
        self.max_history_bytes = bytes;
        self
    }

    /// The quota of history events of a Standard execution: 25,000 by default, as on AWS. `None` lifts it, which the
    /// service never does.
    #[must_use]
    pub fn history_quota(mut self, events: Option<u64>) -> Self {
        self.history_quota = events;
        self
    }

    /// Whether histories are kept in memory. Without, give a [`sink`](Self::sink) to see the events.
    #[must_use]
    pub fn keep_history(mut self, keep: bool) -> Self {
        self.keeps_history = keep;
        self
    }

    /// Where events go as they happen.
    #[must_use]
    pub fn sink(mut self, sink: impl Sink + 'static) -> Self {
        self.sink = Some(Box::new(sink));
        self
    }

    /// A workflow variable that is there from the start, as a test of a part of a machine needs it.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: Value) -> Self {
        self.variables.push((name.into(), value));
        self
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::new()
    }
}
