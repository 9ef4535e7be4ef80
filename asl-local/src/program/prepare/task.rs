//! Task states.

use std::rc::Rc;

use asl_core::model;
use asl_core::syntax::resource::{IntegrationKind, Pattern, Resource};
use serde_json::Value;

use super::Unready;
use super::field::Field;
use crate::history::{StateKind, TaskKind};
use crate::program::{State, Task, Work};

impl Field<'_> {
    /// Puts what a Task says into the state.
    pub(super) fn task(&self, ready: &mut State, it: &model::state::Task) -> Result<(), Unready> {
        let field = self;
        ready.kind = StateKind::Task;
        ready.input_path = field.path_step("InputPath", it.input_path.as_ref())?;
        ready.result_selector = field.payload("ResultSelector", it.result_selector.as_ref())?;
        ready.result_path = field.result_path("ResultPath", it.result_path.as_ref())?;
        ready.output_path = field.path_step("OutputPath", it.output_path.as_ref())?;
        ready.output = field.payload("Output", it.output.as_ref())?;
        let text = it.resource.as_deref().unwrap_or_default();
        let resource = Resource::parse(text).map_err(|error| field.fault("Resource", &error.to_string()))?;
        let pattern = resource.service_pattern().unwrap_or(Pattern::RequestResponse);
        ready.work = Work::Task(Box::new(Task {
            resource: text.into(),
            family: family(&resource, pattern),
            has_token: match pattern {
                Pattern::WaitForTaskToken => true,
                // its token ends it early; one that nobody is given ends nothing
                Pattern::Sync | Pattern::Sync2 => {
                    asks_for_token(it.parameters.as_ref()) || asks_for_token(it.arguments.as_ref())
                }
                Pattern::RequestResponse => matches!(resource, Resource::Activity(_)),
            },
            pattern,
            parameters: field.given(it.parameters.as_ref(), it.arguments.as_ref())?,
            credentials: field.payload("Credentials", it.credentials.as_ref())?,
            timeout: field.integer(["TimeoutSeconds", "TimeoutSecondsPath"], it.timeout_seconds.as_ref())?,
            heartbeat: field
                .integer(["HeartbeatSeconds", "HeartbeatSecondsPath"], it.heartbeat_seconds.as_ref())?,
        }));
        Ok(())
    }
}

/// Whether `Task.Token` of the Context Object may be read there.
fn asks_for_token(given: Option<&Value>) -> bool {
    given.is_some_and(|given| {
        let text = given.to_string();
        text.contains("Task") && text.contains("Token")
    })
}

/// Which events the task writes. A placeholder without a pattern is taken for a Lambda function, which it mostly is.
fn family(resource: &Resource, pattern: Pattern) -> TaskKind {
    let service = |resource_type: &str, action: &str| TaskKind::Service {
        resource_type: Rc::from(resource_type),
        resource: Rc::from(format!("{action}{pattern}")),
    };
    match resource {
        Resource::Activity(_) => TaskKind::Activity,
        Resource::Integration(integration) => {
            let prefix = if integration.kind() == IntegrationKind::AwsSdk { "aws-sdk:" } else { "" };
            service(&format!("{prefix}{}", integration.service()), integration.action())
        }
        Resource::Placeholder(text) if pattern != Pattern::RequestResponse => {
            service(text.trim_end_matches(pattern.suffix()), "")
        }
        Resource::LambdaFunction(_) | Resource::Other(_) | Resource::Uri(_) | Resource::Placeholder(_) => {
            TaskKind::LambdaFunction
        }
    }
}
