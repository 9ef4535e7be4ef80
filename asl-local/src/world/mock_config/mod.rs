//! The mock configuration of Step Functions Local: mocks as a JSON file.
//!
//! A test case of a state machine names, state by state, a mocked response; a mocked response says what the state's
//! first call answers, its second, and so on. Its own tool is no longer supported, but the files are there.
//! [Format](https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html).

mod document;
mod read;
mod response;
mod states;
#[cfg(test)]
mod tests;

use std::fmt;

use asl_core::diagnostic::Pointer;
use asl_core::syntax::closest;

use super::mocks::Mocks;
use response::MockedResponse;
pub use states::StateMocks;

/// A mock configuration that was read and found right.
///
/// The counting is that of Step Functions Local: each state has one counter for the whole execution, which goes on
/// through retries, loops and the iterations of a Map state. Here differs: activities may be mocked too; a state that
/// the test case leaves out fails the execution, where Step Functions Local calls the service. A call for which the
/// response has nothing fails the execution in both, with `States.Runtime`.
///
/// ```
/// use asl_local::Execution;
/// use asl_local::world::mock_config::MockConfig;
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "Ship", "States": {"Ship": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
/// #     "Retry": [{"ErrorEquals": ["Busy"]}]}}}"#)?.validate()?;
/// let config = MockConfig::parse(
///     r#"{
///         "StateMachines": {"Orders": {"TestCases": {"Retried": {"Ship": "BusyOnce"}}}},
///         "MockedResponses": {
///             "BusyOnce": {
///                 "0": {"Throw": {"Error": "Busy", "Cause": "try again"}},
///                 "1-2": {"Return": {"TrackingId": "t-1"}}
///             }
///         }
///     }"#,
/// )?;
/// let mut execution = Execution::start(&machine, json!({}), config.mocks("Orders", "Retried")?)?;
/// execution.run()?;
/// assert_eq!(execution.output(), Some(&json!({"TrackingId": "t-1"})));
/// assert_eq!(
///     config.mocks("Orders", "Retryed").unwrap_err().to_string(),
///     "the state machine `Orders` has no test case `Retryed`; is `Retried` meant?"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct MockConfig {
    machines: Vec<(String, Vec<TestCase>)>,
    responses: Vec<(String, MockedResponse)>,
}

#[derive(Debug, Clone)]
struct TestCase {
    name: String,
    /// By state, the index of its response.
    responses: Vec<(String, usize)>,
}

impl MockConfig {
    /// Reads the JSON text of a mock configuration.
    ///
    /// Fields that the format does not have are passed over, unless they look like a misspelt one.
    ///
    /// # Errors
    ///
    /// With all that is wrong, each at its place: text that is no JSON, a missing field, a value of another type, a
    /// name that occurs twice, a test case that names no response, calls that are answered twice or left out.
    pub fn parse(text: &str) -> Result<Self, InvalidMockConfig> {
        read::read(text)
    }

    /// The names of the state machines, in the file's order.
    pub fn machines(&self) -> impl Iterator<Item = &str> {
        self.machines.iter().map(|(name, _)| name.as_str())
    }

    /// The names of a state machine's test cases, in the file's order; none, if there is no such machine.
    pub fn cases(&self, machine: &str) -> impl Iterator<Item = &str> {
        let machine = self.machines.iter().find(|(name, _)| name == machine);
        machine.into_iter().flat_map(|(_, cases)| cases).map(|case| case.name.as_str())
    }

    /// The mocks of a test case, for one execution.
    ///
    /// More may be added to them, and faults too.
    ///
    /// # Errors
    ///
    /// If there is no such state machine, or it has no such test case.
    pub fn mocks(&self, machine: &str, case: &str) -> Result<Mocks, UnknownTestCase> {
        let meant = |name: &str, of: Vec<&str>| {
            closest(name, of.into_iter()).map(|meant| format!("; is `{meant}` meant?"))
        };
        let Some((_, cases)) = self.machines.iter().find(|(name, _)| name == machine) else {
            let meant = meant(machine, self.machines().collect());
            return Err(UnknownTestCase::Machine {
                machine: machine.to_owned(),
                help: meant.unwrap_or_default(),
            });
        };
        let Some(found) = cases.iter().find(|known| known.name == case) else {
            let meant = meant(case, self.cases(machine).collect());
            return Err(UnknownTestCase::Case {
                machine: machine.to_owned(),
                case: case.to_owned(),
                help: meant.unwrap_or_default(),
            });
        };
        let mut mocks = Mocks::new();
        for (state, response) in &found.responses {
            mocks = mocks.on_state(state.as_str(), self.responses[*response].1.clone().into_answer());
        }
        Ok(mocks)
    }
}

/// A mock configuration that cannot be used, with all the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidMockConfig {
    problems: Vec<Problem>,
}

impl InvalidMockConfig {
    /// What is wrong, in the file's order. Never empty.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// One thing that is wrong with a mock configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Where.
    pub at: Pointer,
    /// What is wrong.
    pub message: String,
    /// What to do, where that is known.
    pub help: Option<String>,
}

/// `/MockedResponses/Busy: calls 1 to 2 have no response; add a key "1-2"`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.at.as_str().is_empty() {
            write!(f, "{}: ", self.at)?;
        }
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

/// A line for each problem.
impl fmt::Display for InvalidMockConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidMockConfig {}

/// A state machine or test case that a mock configuration does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownTestCase {
    /// There is no state machine of this name.
    #[error("there is no state machine `{machine}` in the mock configuration{help}")]
    Machine {
        /// The name that was asked for.
        machine: String,
        /// The name that was likely meant, for the end of the message; empty, if none is near.
        help: String,
    },
    /// The state machine has no test case of this name.
    #[error("the state machine `{machine}` has no test case `{case}`{help}")]
    Case {
        /// The state machine.
        machine: String,
        /// The name that was asked for.
        case: String,
        /// The name that was likely meant, for the end of the message; empty, if none is near.
        help: String,
    },
}
