//! `asl test-state`.

use std::fs;
use std::io::{self, Write};

use asl_local::TaskError;
use asl_local::test_state::{InspectionLevel, Mock, TestState, TestStateError, TestStatus};
use serde_json::{Map, Value};

use super::{argument, machine};
use crate::arguments::{InspectionLevel as Level, TestState as Arguments};
use crate::exit::Outcome;
use crate::report::failure;
use crate::source::Source;

pub(crate) fn run(arguments: &Arguments, output: &mut dyn Write) -> io::Result<Outcome> {
    let options = [
        ("--input", Some(arguments.input.as_str())),
        ("--mock", arguments.mock.as_deref()),
        ("--variables", arguments.variables.as_deref()),
        ("--context", arguments.context.as_deref()),
    ];
    if let Err(error) = argument::one_reader(&arguments.file, &options) {
        failure(&error);
        return Ok(Outcome::Failed);
    }
    let chosen = match machine::choose(&arguments.file, arguments.machine.as_deref(), None) {
        Ok(chosen) => chosen,
        Err(outcome) => return Ok(outcome),
    };
    let definition = chosen.text();
    let test = if is_state(&definition) {
        if arguments.state.is_some() {
            failure("the file is one state, which has no name; leave out --state");
            return Ok(Outcome::Failed);
        }
        TestState::new(definition)
    } else {
        match chosen.machine()? {
            Ok(machine) => TestState::new(&machine),
            Err(outcome) => return Ok(outcome),
        }
    };
    let test = match with_arguments(test, arguments) {
        Ok(test) => test,
        Err(error) => {
            failure(&error);
            return Ok(Outcome::Failed);
        }
    };
    let result = match test.run() {
        Ok(result) => result,
        Err(error) => {
            failure(&told(&error));
            return Ok(match error {
                TestStateError::Invalid(_) | TestStateError::NotJson(_) => Outcome::Bad,
                _ => Outcome::Failed,
            });
        }
    };
    let mut shown = serde_json::to_value(&result)?;
    if !arguments.api {
        open(&mut shown);
    }
    writeln!(output, "{shown:#}")?;
    Ok(match result.status {
        TestStatus::Succeeded | TestStatus::CaughtError => Outcome::Good,
        TestStatus::Failed => Outcome::Bad,
        TestStatus::Retriable => Outcome::Unfinished,
    })
}

/// Whether the text is a state by itself. What is no JSON is for the definition's reader to explain.
pub(super) fn is_state(text: &str) -> bool {
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    json.get("Type").is_some() && json.get("States").is_none() && json.get("StartAt").is_none()
}

fn with_arguments(test: TestState, arguments: &Arguments) -> Result<TestState, String> {
    let mut test = test
        .input(argument::json("--input", &arguments.input)?)
        .inspection_level(match arguments.level {
            Level::Info => InspectionLevel::Info,
            Level::Debug => InspectionLevel::Debug,
            Level::Trace => InspectionLevel::Trace,
        })
        .retrier_retry_count(arguments.retries);
    if let Some(state) = &arguments.state {
        test = test.state_name(state);
    }
    if let Some(json) = &arguments.mock {
        test = test.mock(mock(argument::json("--mock", json)?)?);
    }
    if let Some(json) = &arguments.variables {
        let Value::Object(variables) = argument::json("--variables", json)? else {
            return Err("--variables must be an object, with a value for each name".to_owned());
        };
        test = test.variables(variables);
    }
    if let Some(json) = &arguments.context {
        test = test.context(argument::json("--context", json)?);
    }
    if let Some(count) = arguments.failed_iterations {
        test = test.map_iteration_failure_count(count);
    }
    if let Some(state) = &arguments.error_caused_by {
        test = test.error_caused_by_state(state);
    }
    if let Some(path) = &arguments.reader_data {
        let source = Source::File(path.clone());
        let data = fs::read_to_string(path).map_err(|error| format!("cannot read {source}: {error}"))?;
        test = test.map_item_reader_data(data);
    }
    Ok(test)
}

/// A mock in the words of `asl run`.
fn mock(json: Value) -> Result<Mock, String> {
    const HELP: &str = "--mock is {\"Return\": …} or {\"Throw\": {\"Error\": …, \"Cause\": …}}";
    let Value::Object(fields) = json else { return Err(HELP.to_owned()) };
    let mut fields: Vec<(String, Value)> = fields.into_iter().collect();
    match (fields.pop(), fields.is_empty()) {
        (Some((name, result)), true) if name == "Return" => Ok(Mock::result(result)),
        (Some((name, Value::Object(error))), true) if name == "Throw" => {
            Ok(Mock::failure(thrown(&error, HELP)?))
        }
        _ => Err(HELP.to_owned()),
    }
}

fn thrown(error: &Map<String, Value>, help: &str) -> Result<TaskError, String> {
    let mut thrown = TaskError::default();
    for (name, value) in error {
        let part = match name.as_str() {
            "Error" => &mut thrown.error,
            "Cause" => &mut thrown.cause,
            _ => return Err(help.to_owned()),
        };
        let text = value.as_str().ok_or_else(|| format!("`{name}` of --mock must be a string"))?;
        *part = Some(text.to_owned());
    }
    Ok(thrown)
}

/// Why there is no result, in the words of the command line.
fn told(error: &TestStateError) -> String {
    match error {
        TestStateError::Unmocked { state } => format!(
            "the state `{state}` is a Task, and nothing is called: say what it answers, with --mock '{{\"Return\": …}}' \
             or --mock '{{\"Throw\": {{\"Error\": …}}}}'"
        ),
        other => other.to_string(),
    }
}

/// Shows payloads as JSON, which the API gives as text.
fn open(result: &mut Value) {
    let open = |value: &mut Value| {
        if let Some(json) = value.as_str().and_then(|text| serde_json::from_str(text).ok()) {
            *value = json;
        }
    };
    if let Some(output) = result.get_mut("output") {
        open(output);
    }
    if let Some(Value::Object(inspected)) = result.get_mut("inspectionData") {
        inspected.values_mut().for_each(open);
    }
}
