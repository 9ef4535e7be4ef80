//! Requests in the shape of the service's API.

use serde_json::{Map, Value};

use super::{InspectionLevel, Mock, TestState, TestStateError, refused};
use crate::TaskError;

const FIELDS: &[&str] = &[
    "definition",
    "roleArn",
    "input",
    "inspectionLevel",
    "revealSecrets",
    "variables",
    "stateName",
    "mock",
    "context",
    "stateConfiguration",
];
const MOCK: &[&str] = &["result", "errorOutput", "fieldValidationMode"];
const ERROR: &[&str] = &["error", "cause"];
const CONFIGURATION: &[&str] =
    &["retrierRetryCount", "errorCausedByState", "mapIterationFailureCount", "mapItemReaderData"];

type Object = Map<String, Value>;

pub(super) fn read(request: &Value) -> Result<TestState, TestStateError> {
    let request = object("the request", request, FIELDS)?;
    let definition =
        text(request, "definition")?.ok_or_else(|| refused("the field `definition` is missing"))?;
    let mut test = TestState::new(definition);
    test.role_arn = text(request, "roleArn")?.map(ToOwned::to_owned);
    test.state_name = text(request, "stateName")?.map(ToOwned::to_owned);
    if let Some(input) = text(request, "input")? {
        let input = serde_json::from_str(input)
            .map_err(|error| refused(format!("Invalid State Machine Execution Input: '{error}'")))?;
        test = test.input(input);
    }
    test.level = match text(request, "inspectionLevel")? {
        None | Some("INFO") => InspectionLevel::Info,
        Some("DEBUG") => InspectionLevel::Debug,
        Some("TRACE") => InspectionLevel::Trace,
        Some(other) => return Err(unknown_value("inspectionLevel", other, "INFO, DEBUG, TRACE")),
    };
    if let Some(variables) = text(request, "variables")? {
        match serde_json::from_str(variables) {
            Ok(Value::Object(variables)) => test = test.variables(variables),
            _ => return Err(refused("the field `variables` must be the text of a JSON object")),
        }
    }
    if let Some(context) = text(request, "context")? {
        let context = serde_json::from_str(context)
            .map_err(|error| refused(format!("Invalid Context object provided: {error}")))?;
        test = test.context(context);
    }
    test.mock = request.get("mock").map(mock).transpose()?;
    if let Some(configuration) = request.get("stateConfiguration") {
        let configuration = object("`stateConfiguration`", configuration, CONFIGURATION)?;
        test.retries = number(configuration, "retrierRetryCount")?
            .map_or(0, |count| u32::try_from(count).unwrap_or(u32::MAX));
        test.error_caused_by = text(configuration, "errorCausedByState")?.map(ToOwned::to_owned);
        test.failed_iterations = number(configuration, "mapIterationFailureCount")?;
        test.reader_data = text(configuration, "mapItemReaderData")?.map(ToOwned::to_owned);
    }
    Ok(test)
}

fn mock(mock: &Value) -> Result<Mock, TestStateError> {
    let mock = object("`mock`", mock, MOCK)?;
    if let Some(mode) = text(mock, "fieldValidationMode")?
        && !["STRICT", "PRESENT", "NONE"].contains(&mode)
    {
        return Err(unknown_value("fieldValidationMode", mode, "STRICT, PRESENT, NONE"));
    }
    match (text(mock, "result")?, mock.get("errorOutput")) {
        (Some(result), None) => {
            let result = serde_json::from_str(result);
            result.map(Mock::result).map_err(|_| refused("Mocked result must be valid JSON"))
        }
        (None, Some(error)) => {
            let error = object("`errorOutput`", error, ERROR)?;
            let part = |name: &str| text(error, name).map(|text| text.map(ToOwned::to_owned));
            Ok(Mock::failure(TaskError { error: part("error")?, cause: part("cause")? }))
        }
        // of neither the service's words are not known
        (Some(_), Some(_)) | (None, None) => {
            Err(refused("A test mock should have only one of the following fields: [result, errorOutput]."))
        }
    }
}

fn object<'a>(what: &str, value: &'a Value, known: &[&str]) -> Result<&'a Object, TestStateError> {
    let object = value.as_object().ok_or_else(|| refused(format!("{what} must be a JSON object")))?;
    match object.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => {
            let meant = asl_core::syntax::closest(name, known.iter().copied());
            let help = meant.map(|meant| format!("; is `{meant}` meant?")).unwrap_or_default();
            Err(refused(format!("{what} has no field `{name}`{help}")))
        }
        None => Ok(object),
    }
}

fn text<'a>(object: &'a Object, name: &str) -> Result<Option<&'a str>, TestStateError> {
    match object.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(refused(format!("the field `{name}` must be a string; JSON stands in it as text"))),
    }
}

fn number(object: &Object, name: &str) -> Result<Option<u64>, TestStateError> {
    match object.get(name) {
        None => Ok(None),
        Some(value) => value
            .as_u64()
            .map(Some)
            .ok_or_else(|| refused(format!("the field `{name}` must be an integer that is not negative"))),
    }
}

fn unknown_value(name: &str, value: &str, known: &str) -> TestStateError {
    refused(format!("the field `{name}` has the value `{value}`; it is one of {known}"))
}
