//! Events as `GetExecutionHistory` gives them.

use std::rc::Rc;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use super::{Details, Event, History, TaskKind};
use crate::Data;
use crate::clock;

impl Serialize for History {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("events", &self.events)?;
        map.end()
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("timestamp", &clock::iso(self.timestamp))?;
        map.serialize_entry("type", self.event_type().as_str())?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("previousEventId", &self.previous_event_id)?;
        if let Some((name, members)) = self.details.members() {
            map.serialize_entry(&name, &members)?;
        }
        map.end()
    }
}

/// The members of one details structure, in the order of the service's API.
#[derive(Default)]
struct Members(Map<String, Value>);

impl Members {
    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    fn text(self, name: &str, value: &str) -> Self {
        self.with(name, value)
    }

    fn maybe(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// A payload as JSON text, and whether it was cut: never, as nothing is too large here.
    fn payload(self, name: &str, data: &Data) -> Self {
        self.with(name, data.json().to_string()).with(&format!("{name}Details"), json!({"truncated": false}))
    }

    fn failure(self, error: Option<&Rc<str>>, cause: Option<&Rc<str>>) -> Self {
        self.maybe("error", error.map(|error| &**error)).maybe("cause", cause.map(|cause| &**cause))
    }

    fn assigned(self, variables: &[(Rc<str>, Data)]) -> Self {
        if variables.is_empty() {
            return self;
        }
        let texts: Map<String, Value> = variables
            .iter()
            .map(|(name, data)| (name.to_string(), Value::String(data.json().to_string())))
            .collect();
        self.with("assignedVariables", texts).with("assignedVariablesDetails", json!({"truncated": false}))
    }

    /// Which task an event is about. Only those of service integrations say it.
    fn task(self, task: &TaskKind) -> Self {
        match task {
            TaskKind::Service { resource_type, resource } => {
                self.text("resourceType", resource_type).text("resource", resource)
            }
            TaskKind::LambdaFunction | TaskKind::Activity => self,
        }
    }

    fn named(self, name: String) -> (String, Value) {
        (name, Value::Object(self.0))
    }
}

/// `TaskSucceeded` → `taskSucceededEventDetails`.
fn structure(event_type: &str) -> String {
    let mut name = event_type.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    name.push_str("EventDetails");
    name
}

impl Details {
    /// The details structure's name and its members. Some events have none.
    fn members(&self) -> Option<(String, Value)> {
        let name = || structure(self.event_type().as_str());
        let new = Members::default;
        Some(match self {
            Self::ExecutionStarted { input, role_arn } => {
                new().payload("input", input).text("roleArn", role_arn).named(name())
            }
            Self::ExecutionSucceeded { output } => new().payload("output", output).named(name()),
            Self::ExecutionFailed { error, cause }
            | Self::ExecutionTimedOut { error, cause }
            | Self::ExecutionAborted { error, cause }
            | Self::MapRunFailed { error, cause } => {
                new().failure(error.as_ref(), cause.as_ref()).named(name())
            }
            Self::ExecutionRedriven { redrive_count } => {
                new().with("redriveCount", *redrive_count).named(name())
            }
            Self::StateEntered { name, input, .. } => {
                new().text("name", name).payload("input", input).named("stateEnteredEventDetails".to_owned())
            }
            Self::StateExited { name, output, assigned, .. } => new()
                .text("name", name)
                .payload("output", output)
                .assigned(assigned)
                .named("stateExitedEventDetails".to_owned()),
            Self::StateStarted { kind: super::StateKind::Map, length } => {
                new().with("length", *length).named(name())
            }
            Self::StateStarted { .. }
            | Self::StateSucceeded { .. }
            | Self::StateFailed { .. }
            | Self::StateAborted { .. }
            | Self::MapRunSucceeded
            | Self::MapRunAborted
            | Self::TaskStarted { task: TaskKind::LambdaFunction, .. } => return None,
            Self::MapIterationStarted { name: state, index }
            | Self::MapIterationSucceeded { name: state, index }
            | Self::MapIterationFailed { name: state, index }
            | Self::MapIterationAborted { name: state, index } => {
                new().text("name", state).with("index", *index).named(name())
            }
            Self::MapRunStarted { map_run_arn } => new().text("mapRunArn", map_run_arn).named(name()),
            Self::MapRunRedriven { map_run_arn, redrive_count } => {
                new().text("mapRunArn", map_run_arn).with("redriveCount", *redrive_count).named(name())
            }
            Self::TaskScheduled { .. } => self.scheduled(name()),
            Self::TaskStarted { task, worker_name } => {
                new().task(task).maybe("workerName", worker_name.as_deref()).named(name())
            }
            Self::TaskSubmitted { task, output } | Self::TaskSucceeded { task, output } => {
                new().task(task).payload("output", output).named(name())
            }
            Self::TaskFailed { task, error, cause }
            | Self::TaskTimedOut { task, error, cause }
            | Self::TaskStartFailed { task, error, cause }
            | Self::TaskSubmitFailed { task, error, cause } => {
                new().task(task).failure(error.as_ref(), cause.as_ref()).named(name())
            }
            Self::EvaluationFailed { state, error, cause, location } => new()
                .text("error", error)
                .text("cause", cause)
                .maybe("location", location.as_deref())
                .text("state", state)
                .named(name()),
        })
    }

    fn scheduled(&self, name: String) -> (String, Value) {
        let Self::TaskScheduled {
            task,
            resource,
            region,
            parameters,
            timeout_in_seconds,
            heartbeat_in_seconds,
            role_arn,
        } = self
        else {
            return Members::default().named(name);
        };
        let members = match task {
            TaskKind::LambdaFunction | TaskKind::Activity => {
                Members::default().text("resource", resource).payload("input", parameters)
            }
            TaskKind::Service { .. } => Members::default()
                .task(task)
                .text("region", region)
                .text("parameters", &parameters.json().to_string()),
        };
        members
            .maybe("timeoutInSeconds", *timeout_in_seconds)
            .maybe("heartbeatInSeconds", *heartbeat_in_seconds)
            .maybe("taskCredentials", role_arn.as_deref().map(|role| json!({"roleArn": role})))
            .named(name)
    }
}
