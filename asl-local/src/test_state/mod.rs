//! One state by itself, with input, variables, Context Object and mock: what the service's `TestState` answers.

mod context;
mod definition;
mod inspection;
mod mock;
mod request;
mod result;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use serde_json::{Map, Value};

pub use self::definition::Definition;
pub use self::inspection::{ErrorDetails, InspectionData};
pub use self::mock::Mock;
pub use self::result::{TestResult, TestStatus};

use self::mock::Answered;
use crate::execution::{Exhausted, Given, Settings, Single};
use crate::program::{Program, Unready, Work};
use crate::world::World;
use crate::{Data, TaskError};

/// A test of one state.
///
/// The state runs as it does in an execution, from its input to what it hands on, and nothing after it runs. What it
/// calls is mocked: a Task answers with the mock, of a Parallel or Map the mock is the result of all branches or
/// iterations, and none of them runs. Retriers and catchers are asked about a mocked error, but nothing is tried again.
///
/// Names of fields and of errors are those of the service's API
/// ([`TestState`](https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html)); what it shows of a
/// state's data follows recorded answers. Two things are left out for want of the facts: whether a mocked result has
/// the fields of the service's own answer (`fieldValidationMode`), and the HTTP request and response of `TRACE`.
///
/// ```
/// use asl_local::test_state::{InspectionLevel, Mock, TestState, TestStatus};
/// use serde_json::json;
///
/// let test = TestState::new(
///     r#"{
///         "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
///         "Parameters": {"FunctionName": "charge", "Payload.$": "$.order"},
///         "ResultPath": "$.payment", "Next": "Ship",
///         "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2}],
///         "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Refund"}]
///     }"#,
/// )
/// .input(json!({"order": {"id": 7}}))
/// .inspection_level(InspectionLevel::Debug);
///
/// let charged = test.clone().mock(Mock::result(json!({"Payload": "ok"}))).run()?;
/// assert_eq!(charged.status, TestStatus::Succeeded);
/// assert_eq!(charged.next_state.as_deref(), Some("Ship"));
/// assert_eq!(charged.output, Some(json!({"order": {"id": 7}, "payment": {"Payload": "ok"}})));
/// let seen = charged.inspection_data.unwrap();
/// assert_eq!(seen.after_parameters, Some(json!({"FunctionName": "charge", "Payload": {"id": 7}})));
///
/// let busy = test.clone().mock(Mock::error("Busy", "try again")).run()?;
/// assert_eq!(busy.status, TestStatus::Retriable);
///
/// let refused = test.mock(Mock::error("Busy", "try again")).retrier_retry_count(2).run()?;
/// assert_eq!(refused.status, TestStatus::CaughtError);
/// assert_eq!(refused.next_state.as_deref(), Some("Refund"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is tested before `run`"]
pub struct TestState {
    definition: Definition,
    state_name: Option<String>,
    input: Value,
    level: InspectionLevel,
    mock: Option<Mock>,
    context: Option<Value>,
    variables: Map<String, Value>,
    role_arn: Option<String>,
    retries: u32,
    error_caused_by: Option<String>,
    failed_iterations: Option<u64>,
    reader_data: Option<String>,
    seed: u64,
}

/// How much of the state's data is shown: `inspectionLevel`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum InspectionLevel {
    /// The outcome alone.
    #[default]
    Info,
    /// The data after each step too.
    Debug,
    /// On the service the HTTP request and response too; here as [`Debug`](Self::Debug).
    Trace,
}

impl TestState {
    /// A test of this state, or of a state of this machine; see [`Definition`] for what it may be.
    ///
    /// The input is `{}`, nothing is mocked, and only the outcome is shown.
    pub fn new(definition: impl Into<Definition>) -> Self {
        Self {
            definition: definition.into(),
            state_name: None,
            input: Value::Object(Map::new()),
            level: InspectionLevel::Info,
            mock: None,
            context: None,
            variables: Map::new(),
            role_arn: Some(Settings::new().role_arn),
            retries: 0,
            error_caused_by: None,
            failed_iterations: None,
            reader_data: None,
            seed: 0,
        }
    }

    /// A test as the service's API is asked for it: the JSON of a `TestState` request, with payloads as JSON text.
    ///
    /// A request without `roleArn` may not have a Task without a mock, as on the service.
    ///
    /// # Errors
    ///
    /// If a field is not one of the API's, is missing, or has a value that it cannot have.
    pub fn from_request(request: &Value) -> Result<Self, TestStateError> {
        request::read(request)
    }

    /// `stateName`: the state of the machine, which may stand within a branch or a Map. A definition that is one state
    /// alone needs none; its name is then `StateName`, as on the service.
    pub fn state_name(mut self, name: impl Into<String>) -> Self {
        self.state_name = Some(name.into());
        self
    }

    /// `input`: the state's input. `{}` by default.
    pub fn input(mut self, input: Value) -> Self {
        self.input = input;
        self
    }

    /// `inspectionLevel`: how much of the data is shown.
    pub fn inspection_level(mut self, level: InspectionLevel) -> Self {
        self.level = level;
        self
    }

    /// `mock`: what a Task answers, or what comes of a Parallel or Map.
    pub fn mock(mut self, mock: Mock) -> Self {
        self.mock = Some(mock);
        self
    }

    /// `context`: the whole Context Object, in place of the one that the state would have. Only with a mock.
    pub fn context(mut self, context: Value) -> Self {
        self.context = Some(context);
        self
    }

    /// `variables`: workflow variables that were assigned before, an object by name.
    pub fn variables(mut self, variables: Map<String, Value>) -> Self {
        self.variables = variables;
        self
    }

    /// `roleArn`: what `$$.Execution.RoleArn` says.
    pub fn role_arn(mut self, arn: impl Into<String>) -> Self {
        self.role_arn = Some(arn.into());
        self
    }

    /// `retrierRetryCount`: how often the retrier that matches a mocked error has tried before. 0 by default.
    pub fn retrier_retry_count(mut self, count: u32) -> Self {
        self.retries = count;
        self
    }

    /// `errorCausedByState`: the state within a Parallel or Map that a mocked error comes from.
    ///
    /// The outcome does not depend on it, as recorded; a name of no state in there is refused here.
    pub fn error_caused_by_state(mut self, name: impl Into<String>) -> Self {
        self.error_caused_by = Some(name.into());
        self
    }

    /// `mapIterationFailureCount`: how many iterations of a Map failed, to compare with what it tolerates.
    pub fn map_iteration_failure_count(mut self, count: u64) -> Self {
        self.failed_iterations = Some(count);
        self
    }

    /// `mapItemReaderData`: what the `ItemReader` of a Distributed Map reads, as the text of the file.
    pub fn map_item_reader_data(mut self, data: impl Into<String>) -> Self {
        self.reader_data = Some(data.into());
        self
    }

    /// What chance grows from, as in [`Settings::seed`]. 0 by default. The service has nothing like it.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Runs the state. A Task needs a mock.
    ///
    /// # Errors
    ///
    /// If the definition is invalid, or the service would refuse the test. What goes wrong in the state is no error: the
    /// result tells it.
    pub fn run(self) -> Result<TestResult, TestStateError> {
        self.run_with(None)
    }

    /// Runs the state, and lets this world answer a Task that has no mock.
    ///
    /// As on the service, an activity, a `.sync` and a `.waitForTaskToken` task need a mock.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run), and if the world never answers.
    pub fn run_in(self, world: &mut dyn World) -> Result<TestResult, TestStateError> {
        self.run_with(Some(world))
    }

    fn run_with(self, world: Option<&mut dyn World>) -> Result<TestResult, TestStateError> {
        let (machine, name) =
            definition::machine(&self.definition, self.state_name.as_deref(), &self.variables)?;
        let program = Program::prepare(&machine)?;
        let place = program.states.iter().position(|state| *state.name == *name);
        let Some(place) = place else {
            // the service's words, and what they leave to the reader
            let known = program.states.iter().map(|state| &*state.name);
            let meant = asl_core::syntax::closest(&name, known);
            let help = meant.map(|meant| format!("; is `{meant}` meant?")).unwrap_or_default();
            return Err(refused(format!("State not found in definition: `{name}`{help}")));
        };
        let state = program.state(place);
        let mock = match &self.mock {
            Some(mock) => Some(mock.for_state(state)?),
            None => None,
        };
        let Some(role_arn) = self.role_arn.clone().or_else(|| self.may_lack_role(&state.work)) else {
            return Err(refused("RoleArn must be specified when testing a Task state"));
        };
        if self.mock.is_none() {
            self.check_unmocked(state, world.is_some())?;
        }
        if let Some(within) = &self.error_caused_by {
            definition::check_within(&machine, &name, within)?;
        }
        if let (Some(failed), Some(Value::Array(results))) =
            (self.failed_iterations, self.mock.as_ref().and_then(Mock::mocked_result))
            && matches!(state.work, Work::Map(_))
            && usize::try_from(failed).map_or(true, |failed| failed > results.len())
        {
            return Err(refused(
                "Map iteration failure count must be less than or equal to the number of Map iterations",
            ));
        }
        if let Some(context) = &self.context {
            context::check(context)?;
        }
        let is_map_or_parallel = matches!(state.work, Work::Map(_) | Work::Parallel(_));
        let children = mock.clone().filter(|_| is_map_or_parallel).map(|mock| mock.map(Data::from));
        let iterations = children.as_ref().and_then(|result| result.as_ref().ok()?.elements());
        let given = Given {
            context: self.context.map(Data::from),
            retries: self.retries,
            children,
            iterations: iterations.map(|results| results.len().try_into().unwrap_or(u64::MAX)),
            failed_iterations: self.failed_iterations,
            reader_data: self.reader_data,
        };
        let mut settings = Settings::new().role_arn(role_arn).seed(self.seed);
        // as recorded: the state is run as if in an Express workflow
        let arn = format!(
            "arn:aws:states:{}:{}:express:{}:{}",
            settings.region, settings.account, settings.state_machine_name, settings.name
        );
        settings = settings.execution_arn(arn);
        for (name, value) in self.variables {
            settings = settings.variable(name, value);
        }
        let mut answered = Answered(mock.unwrap_or_else(|| Err(TaskError::default())));
        let world = match world {
            Some(world) if self.mock.is_none() => world,
            _ => &mut answered,
        };
        let program = Rc::new(program);
        let single =
            Single { program: Rc::clone(&program), state: place, settings, input: self.input, given };
        let ended = single.run(world)?.ok_or(TestStateError::Unanswered)?;
        Ok(TestResult::of(ended, program.state(place), self.level))
    }

    /// Only what calls something needs a role: nothing with a mock, and no other state than a Task.
    fn may_lack_role(&self, work: &Work) -> Option<String> {
        (self.mock.is_some() || !matches!(work, Work::Task(_))).then(|| Settings::new().role_arn)
    }

    fn check_unmocked(&self, state: &crate::program::State, has_world: bool) -> Result<(), TestStateError> {
        match &state.work {
            Work::Map(_) | Work::Parallel(_) => Err(refused(
                "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
            )),
            Work::Task(_) if !has_world || state.is_answered_later() => {
                Err(TestStateError::Unmocked { state: state.name.to_string() })
            }
            // documented; the words are ours
            _ if self.context.is_some() => {
                Err(refused("A Context object can be specified only together with a mock"))
            }
            _ => Ok(()),
        }
    }
}

/// Why a state was not tested.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TestStateError {
    /// The definition is not JSON.
    #[error("{0}")]
    NotJson(#[from] asl_core::decode::JsonError),
    /// The definition is invalid.
    #[error("{0}")]
    Invalid(#[from] Box<asl_core::Invalid>),
    /// The definition has placeholders where values are needed.
    #[error("{0}")]
    Unready(#[from] Unready),
    /// The service refuses such a test. The words are the service's where they were recorded.
    #[error("{message}")]
    Refused {
        /// What it says.
        message: String,
    },
    /// Nothing says what the task answers.
    #[error(
        "the state `{state}` is a Task: say what it answers, with a mocked result or a mocked error; nothing is called"
    )]
    Unmocked {
        /// The state.
        state: String,
    },
    /// The world does not answer the task, and there is no timeout.
    #[error("the task is never answered, and the state has no TimeoutSeconds")]
    Unanswered,
    /// The state goes on for longer than the virtual clock may go.
    #[error("{0}")]
    Exhausted(#[from] Exhausted),
}

fn refused(message: impl Into<String>) -> TestStateError {
    TestStateError::Refused { message: message.into() }
}
