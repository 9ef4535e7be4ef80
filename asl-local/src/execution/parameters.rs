//! Parameters that a service integration refuses before it calls anything.

use asl_core::model::QueryLanguage;
use serde_json::Value;

use crate::history::TaskKind;
use crate::program::{State, Task};
use crate::{Data, Failure};

/// Refuses what the optimised integration cannot use. Only what was recorded is looked at: API Gateway's maps of lists.
pub(super) fn check(state: &State, task: &Task, parameters: &Data) -> Result<(), Failure> {
    let TaskKind::Service { resource_type, resource } = &task.family else { return Ok(()) };
    if &**resource_type != "apigateway" || !resource.starts_with("invoke") {
        return Ok(());
    }
    let is_list_of_texts =
        |value: &Value| value.as_array().is_some_and(|list| list.iter().all(Value::is_string));
    let is_wrong = |field: &&str| match &parameters.json()[field] {
        Value::Null => false,
        Value::Object(fields) => !fields.values().all(is_list_of_texts),
        _ => true,
    };
    let Some(field) = ["Headers", "QueryParameters"].into_iter().find(is_wrong) else { return Ok(()) };
    let given = match state.language {
        QueryLanguage::JsonPath => "Parameters",
        QueryLanguage::Jsonata => "Arguments",
    };
    Err(Failure::runtime(format!(
        "The {given} '{}' could not be used to start the Task: [The value of the field '{field}' has an invalid format]",
        parameters.json()
    )))
}
