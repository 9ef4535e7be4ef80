//! Recorded executions, run again: status, output and history are those of the service.

use std::time::Duration;

use asl_core::Valid;
use asl_core::model::StateMachine;
use asl_local::{Execution, Settings, Status};
use serde_json::Value;

use super::executions::Case;
use super::history::Recording;
use super::pattern::{Pattern, Tokens};
use super::replay::Replay;
use super::{Outcome, volatile};

const SUSPECT: &str = "the recording's own input is not that of its history";
const UNKNOWN_RESULTS: &str = "what its tasks answered was not recorded";

/// Runs a case and compares all that was recorded of it.
#[must_use]
pub fn check(case: &Case) -> Outcome {
    if case.json["input_check"] == false {
        return Outcome::Skipped(SUSPECT);
    }
    let mut needs = case.json["needs"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let lacks_results = needs.any(|need| need.starts_with("task results"));
    if lacks_results && !Replay::follows_sources(&case.json) {
        return Outcome::Skipped(UNKNOWN_RESULTS);
    }
    match difference(case) {
        Ok(difference) => Outcome::unless(difference),
        Err(error) => Outcome::Failed(error),
    }
}

/// How an execution of ours stands.
struct Standing {
    status: Status,
    output: Option<Value>,
    error: Option<String>,
    cause: Option<String>,
    events: Vec<Value>,
}

fn difference(case: &Case) -> Result<Option<String>, String> {
    let mut replay = Replay::of(&case.json)?;
    let ours = run(case, &mut replay)?;
    let status = other_status(case, &ours).or_else(|| replay.unexpected().map(ToOwned::to_owned));
    if status.is_some() {
        return Ok(status);
    }
    if let Some(difference) = other_history(case, &ours.events)? {
        return Ok(Some(difference));
    }
    let result = other_result(case, &ours)?;
    Ok(result.or_else(|| replay.left()))
}

fn run(case: &Case, replay: &mut Replay) -> Result<Standing, String> {
    let machine = machine(case)?;
    let input = case.json["input"].clone();
    let mut execution = Execution::with(settings(case)?, &machine, input, replay)
        .map_err(|unready| format!("it cannot be run: {unready}"))?;
    if let Some(stopped) = case.json["stopped"].as_object() {
        // it was stopped while it waited
        execution.advance(Duration::ZERO).map_err(|exhausted| exhausted.to_string())?;
        let text = |field: &str| stopped.get(field).and_then(Value::as_str);
        execution.stop(text("error"), text("cause"));
    } else if case.expected()["status"] == "RUNNING" {
        execution.advance(Duration::ZERO).map_err(|exhausted| exhausted.to_string())?;
    } else {
        execution.run().map_err(|exhausted| exhausted.to_string())?;
    }
    let history = serde_json::to_value(execution.history()).map_err(|error| error.to_string())?;
    Ok(Standing {
        status: execution.status(),
        output: execution.output().cloned(),
        error: execution.error().map(ToOwned::to_owned),
        cause: execution.cause().map(ToOwned::to_owned),
        events: history["events"].as_array().cloned().unwrap_or_default(),
    })
}

fn machine(case: &Case) -> Result<Valid<StateMachine>, String> {
    let decoded = asl_core::decode(&case.definition()).map_err(|error| format!("refused: {error}"))?;
    decoded.validate_as(case.workflow_type()).map_err(|invalid| format!("refused: {invalid}"))
}

/// The names and the time of the recorded execution.
fn settings(case: &Case) -> Result<Settings, String> {
    let execution = &case.json["execution"];
    let text = |field: &str| execution[field].as_str();
    let mut settings = Settings::new();
    if let Some(arn) = text("arn") {
        let parts: Vec<&str> = arn.split(':').collect();
        if let [_, _, _, region, account, ..] = parts[..] {
            settings = settings.region(region).account(account);
        }
        settings = settings.execution_arn(arn);
    }
    if let Some(name) = text("name") {
        settings = settings.name(name);
    }
    if let Some(name) = text("sm_name") {
        settings = settings.state_machine_name(name);
    }
    if let Some(arn) = text("sm_arn") {
        settings = settings.state_machine_arn(arn);
    }
    // some recordings have it in the first event only
    let started = &case.json["history"][0]["executionStartedEventDetails"]["roleArn"];
    let started = started.as_str().and_then(|role| Tokens::of(&case.json).filled(role));
    if let Some(role) = text("role").map(ToOwned::to_owned).or(started) {
        settings = settings.role_arn(role);
    }
    match case.json["captured_now"].as_str() {
        Some(time) => {
            let start = milliseconds(time).ok_or_else(|| format!("the time {time} is of an unknown form"))?;
            Ok(settings.start_time(start))
        }
        None => Ok(settings),
    }
}

/// Milliseconds since 1970-01-01T00:00:00Z of the only time that recordings say they were made at: a new year.
fn milliseconds(time: &str) -> Option<i64> {
    let year: i64 = time.strip_suffix("-01-01T00:00:00Z")?.parse().ok()?;
    let days = (1970..year)
        .map(|year| if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 366 } else { 365 });
    Some(days.sum::<i64>() * 86_400_000)
}

fn other_status(case: &Case, ours: &Standing) -> Option<String> {
    let theirs = &case.expected()["status"];
    if *theirs == ours.status.as_str() {
        return None;
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let why = match ours.status {
        Status::Running | Status::Succeeded => String::new(),
        _ => format!(" ({}: {})", text(&ours.error), text(&ours.cause)),
    };
    Some(format!("the service has status {theirs}, we have {}{why}", ours.status))
}

fn other_history(case: &Case, ours: &[Value]) -> Result<Option<String>, String> {
    let theirs = case.json["history"].as_array().map_or(&[][..], Vec::as_slice);
    if theirs.is_empty() {
        return Ok(None);
    }
    let mut recording =
        Recording::new(theirs, &Tokens::of(&case.json), &volatile::below(&case.json, "history")?)?;
    recording.is_concurrent = case.json["history_order"] == "concurrent";
    recording.is_cut = case.expected()["status"] == "RUNNING";
    Ok(recording.difference(ours))
}

fn other_result(case: &Case, ours: &Standing) -> Result<Option<String>, String> {
    let mut theirs = Pattern::of(case.expected(), &Tokens::of_result(&case.json));
    theirs.open_all(&volatile::below(&case.json, "expected")?);
    let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::String);
    let parts = [
        ("output", ours.output.clone().unwrap_or(Value::Null)),
        ("error", text(&ours.error)),
        ("cause", text(&ours.cause)),
    ];
    for (name, value) in &parts {
        if let Some(difference) = theirs.field(name).and_then(|theirs| theirs.difference(value)) {
            return Ok(Some(difference.within(name).to_string()));
        }
    }
    let is_closed = theirs.field("output").is_some_and(Pattern::is_closed);
    let (Some(theirs), Some(ours)) = (case.expected()["output_text"].as_str(), &ours.output) else {
        return Ok(None);
    };
    let ours = ours.to_string();
    Ok((is_closed && ours != theirs).then(|| format!("the service writes {theirs}, we write {ours}")))
}
