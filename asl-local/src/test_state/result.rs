//! What a test answers.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::{InspectionData, InspectionLevel};
use crate::execution::Ended;
use crate::program::State;

/// How a tested state ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TestStatus {
    /// It has an output.
    Succeeded,
    /// Nothing handles its error.
    Failed,
    /// A retrier would try again.
    Retriable,
    /// A catcher handles its error.
    CaughtError,
}

impl TestStatus {
    /// The value in the service's API, such as `CAUGHT_ERROR`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Retriable => "RETRIABLE",
            Self::CaughtError => "CAUGHT_ERROR",
        }
    }
}

impl fmt::Display for TestStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a test answers. Serialises as the service's API does: payloads are JSON text, what is not there is left out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TestResult {
    /// `status`: how the state ended.
    pub status: TestStatus,
    /// `output`: what the next state would be given.
    pub output: Option<Value>,
    /// `error`: the name of the error, also of one that is caught or would be tried again.
    pub error: Option<String>,
    /// `cause`: what the error says for people.
    pub cause: Option<String>,
    /// `nextState`: where the state leads, if it does not end its scope.
    pub next_state: Option<String>,
    /// `inspectionData`: the data after each step, unless the level is [`InspectionLevel::Info`].
    pub inspection_data: Option<InspectionData>,
}

impl TestResult {
    pub(super) fn of(mut ended: Ended, state: &State, level: InspectionLevel) -> Self {
        let status = match (&ended.output, &ended.error) {
            _ if ended.is_retriable => TestStatus::Retriable,
            (None, _) => TestStatus::Failed,
            (Some(_), Some(_)) => TestStatus::CaughtError,
            (Some(_), None) => TestStatus::Succeeded,
        };
        let (error, cause) = ended.error.take().unwrap_or_default();
        let variables: Map<String, Value> = std::mem::take(&mut ended.variables)
            .into_iter()
            .map(|(name, value)| (name.to_string(), value.json().clone()))
            .collect();
        Self {
            status,
            output: ended.output.take().map(|output| output.json().clone()),
            error: error.as_deref().map(ToOwned::to_owned),
            cause: cause.as_deref().map(ToOwned::to_owned),
            next_state: ended.next.take().map(|name| name.to_string()),
            inspection_data: match level {
                InspectionLevel::Info => None,
                InspectionLevel::Debug | InspectionLevel::Trace => {
                    Some(InspectionData::of(ended, state, variables))
                }
            },
        }
    }
}

impl Serialize for TestResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(output) = &self.output {
            map.serialize_entry("output", &output.to_string())?;
        }
        if let Some(error) = &self.error {
            map.serialize_entry("error", error)?;
        }
        if let Some(cause) = &self.cause {
            map.serialize_entry("cause", cause)?;
        }
        if let Some(data) = &self.inspection_data {
            map.serialize_entry("inspectionData", data)?;
        }
        if let Some(next) = &self.next_state {
            map.serialize_entry("nextState", next)?;
        }
        map.serialize_entry("status", self.status.as_str())?;
        map.end()
    }
}
