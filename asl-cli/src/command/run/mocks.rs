//! What tasks answer.

use std::fs;

use asl_core::syntax::closest;
use asl_local::mocks::from_call;
use asl_local::world::mock_config::{InvalidMockConfig, MockConfig, StateMocks};
use asl_local::world::{Call, FolderObjects, Outcome, Reply};
use asl_local::{Mocks, TaskError};
use serde_json::{Value, json};

use crate::arguments::Run;
use crate::source::Source;

/// The mocks that the arguments name, and the folder of objects.
pub(super) fn read(arguments: &Run) -> Result<Mocks, String> {
    let mocks = answers(arguments)?;
    let Some(folder) = &arguments.objects else { return Ok(mocks) };
    if !folder.is_dir() {
        return Err(format!("{}, the --objects, is no folder", folder.display()));
    }
    Ok(mocks.objects_in(FolderObjects::new(folder)))
}

fn answers(arguments: &Run) -> Result<Mocks, String> {
    let Some(path) = &arguments.mocks else {
        return Ok(Mocks::new().otherwise(from_call(|call| without_mock(call, None))));
    };
    let source = Source::File(path.clone());
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read {source}: {error}"))?;
    let invalid = |invalid: InvalidMockConfig| {
        let problems: Vec<String> =
            invalid.problems().iter().map(|problem| format!("{source}: {problem}")).collect();
        problems.join("\nasl: ")
    };
    let mocks = if is_of_local(&text) {
        let config = MockConfig::parse(&text).map_err(invalid)?;
        of_case(&config, arguments, &source)?
    } else if arguments.case.is_some() {
        return Err(format!("{source} has no test cases; leave out --case"));
    } else {
        StateMocks::parse(&text).map_err(invalid)?.mocks()
    };
    let names = mocks.unused();
    Ok(mocks.otherwise(from_call(move |call| without_mock(call, Some(&names)))))
}

/// Whether this is a file of Step Functions Local: it has names that no state is likely to have.
fn is_of_local(text: &str) -> bool {
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    ["StateMachines", "MockedResponses"].iter().any(|name| json.get(name).is_some())
}

fn of_case(config: &MockConfig, arguments: &Run, source: &Source) -> Result<Mocks, String> {
    let only = |mut names: Vec<String>, option: &str, what: &str| match &names[..] {
        [] => Err(format!("{source} has no {what}")),
        [_] => Ok(names.remove(0)),
        _ => Err(format!("{source} has several {what}s; choose with {option}: {}", names.join(", "))),
    };
    let machines: Vec<String> = config.machines().map(ToOwned::to_owned).collect();
    let machine = match &arguments.machine {
        // a template's logical id need not be the name in the mocks
        Some(machine) if machines.contains(machine) || machines.len() != 1 => machine.clone(),
        _ => only(machines, "--machine", "state machine")?,
    };
    let case = match &arguments.case {
        Some(case) => case.clone(),
        None => only(config.cases(&machine).map(ToOwned::to_owned).collect(), "--case", "test case")?,
    };
    config.mocks(&machine, &case).map_err(|unknown| format!("{source}: {unknown}"))
}

/// A task without a mock fails the execution, whatever it would catch; one with a token waits, as it would.
fn without_mock(call: &Call<'_>, names: Option<&[String]>) -> Reply {
    if call.token.is_some() {
        return Reply::new(Outcome::Pending);
    }
    let mock = json!({call.state: {"Return": {}}});
    let near = names.and_then(|names| closest(call.state, names.iter().map(String::as_str)));
    let help = match (names, near) {
        (_, Some(near)) => format!("is the mock `{near}` meant for it?"),
        (Some(_), None) => format!("add to the file of --mocks: {mock}"),
        (None, None) => format!("give --mocks a file that says what it answers: {mock}"),
    };
    let cause =
        format!("there is no mock for the state `{}`, which calls `{}`; {help}", call.state, call.resource);
    Reply::new(Outcome::Failure(TaskError::new("States.Runtime", cause)))
}
