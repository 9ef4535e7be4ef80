//! `asl run`.

mod history;
mod mocks;
mod progress;

use std::io::{self, Write};

use asl_local::{Execution, Exhausted, Mocks, Settings, Status};
use serde_json::{Value, json};

use super::{argument, machine, test_state};
use crate::arguments::{HistoryFormat, Run};
use crate::exit::Outcome;
use crate::report::{failure, printable};
use progress::Progress;

pub(crate) fn run(arguments: &Run, output: &mut dyn Write) -> io::Result<Outcome> {
    if let Err(error) = argument::one_reader(&arguments.file, &[("--input", Some(&arguments.input))]) {
        failure(&error);
        return Ok(Outcome::Failed);
    }
    let workflow_type = arguments.workflow_type.map(Into::into);
    let chosen = match machine::choose(&arguments.file, arguments.machine.as_deref(), workflow_type) {
        Ok(chosen) => chosen,
        Err(outcome) => return Ok(outcome),
    };
    if test_state::is_state(&chosen.text()) {
        failure("the file is one state, not a state machine; `asl test-state` runs a state by itself");
        return Ok(Outcome::Bad);
    }
    let machine = match chosen.machine()? {
        Ok(machine) => machine,
        Err(outcome) => return Ok(outcome),
    };
    let (input, mocks) = match (argument::json("--input", &arguments.input), mocks::read(arguments)) {
        (Ok(input), Ok(mocks)) => (input, mocks),
        (input, mocks) => {
            [input.err(), mocks.err()].into_iter().flatten().for_each(|error| failure(&error));
            return Ok(Outcome::Failed);
        }
    };
    let mut settings = Settings::new()
        .name(&arguments.name)
        .seed(arguments.seed)
        .max_transitions(arguments.max_transitions)
        .keep_history(arguments.history != HistoryFormat::None);
    if let Some(machine) = &arguments.machine {
        settings = settings.state_machine_name(machine);
    }
    if !arguments.quiet {
        settings = settings.sink(Progress::default());
    }
    let mut execution = match Execution::with(settings, &machine, input, mocks.clone()) {
        Ok(execution) => execution,
        Err(unready) => {
            failure(&format!("the execution cannot start: {unready}"));
            return Ok(Outcome::Failed);
        }
    };
    let end = execution.run();
    let outcome = told(&execution, &end, arguments.quiet);
    unused(&mocks, execution.status() == Status::Succeeded);
    match arguments.history {
        HistoryFormat::Json => {
            serde_json::to_writer_pretty(&mut *output, execution.history())?;
            writeln!(output)?;
        }
        HistoryFormat::Table => history::table(execution.history(), output)?,
        HistoryFormat::None => {
            if let Some(result) = result(&execution) {
                writeln!(output, "{result:#}")?;
            }
        }
    }
    Ok(outcome)
}

/// Says how it ended.
fn told(execution: &Execution<Mocks>, end: &Result<Status, Exhausted>, is_quiet: bool) -> Outcome {
    match end {
        Err(Exhausted::Transitions { transitions, state }) => {
            failure(&format!(
                "the execution goes on: it made {transitions} transitions and would enter `{}`. Is there a loop \
                 without an end? --max-transitions allows more",
                printable(state)
            ));
            return Outcome::Unfinished;
        }
        Err(Exhausted::Time { seconds }) => {
            failure(&format!(
                "the execution goes on: it would be at work {seconds} virtual seconds after its start, which is more \
                 than two years"
            ));
            return Outcome::Unfinished;
        }
        Err(exhausted @ Exhausted::History { .. }) => {
            failure(&format!("the execution goes on: {exhausted}"));
            return Outcome::Unfinished;
        }
        Ok(_) => {}
    }
    let status = execution.status();
    let text = |text: Option<&str>| text.map(|text| printable(text).into_owned());
    match status {
        Status::Running => {
            for token in execution.tokens() {
                let state = execution.state_of_token(token).unwrap_or_default();
                failure(&format!(
                    "the state `{}` waits for its task token, which nobody sends here; a mock answers it: {}\n  {token}",
                    printable(&state),
                    json!({&state: {"Return": {}}})
                ));
            }
            if execution.tokens().next().is_none() {
                failure("the execution waits for something that never comes");
            }
            return Outcome::Unfinished;
        }
        Status::Succeeded => {}
        Status::Failed | Status::TimedOut | Status::Aborted => {
            let error = text(execution.error()).unwrap_or_else(|| "no error name".to_owned());
            let cause = text(execution.cause()).map(|cause| format!(": {cause}")).unwrap_or_default();
            let status = if status == Status::TimedOut { "timed out" } else { "failed" };
            failure(&format!("the execution {status}: {error}{cause}"));
        }
    }
    if !is_quiet {
        let after = progress::time(execution.elapsed().as_millis());
        let count = execution.transitions();
        let plural = if count == 1 { "" } else { "s" };
        failure(&format!("{status} after {after} of virtual time, {count} transition{plural}"));
    }
    Outcome::bad_if(status != Status::Succeeded)
}

/// What stands on the standard output; nothing, of an execution that is not over.
fn result(execution: &Execution<Mocks>) -> Option<Value> {
    match execution.status() {
        Status::Running => None,
        Status::Succeeded => execution.output().cloned(),
        Status::Failed | Status::TimedOut | Status::Aborted => {
            let mut result = json!({});
            let parts = [("error", execution.error()), ("cause", execution.cause())];
            for (name, text) in parts.into_iter().filter_map(|(name, text)| Some((name, text?))) {
                result[name] = text.into();
            }
            Some(result)
        }
    }
}

/// Warns of mocks that no call has asked for: most often their names are wrong. Of an execution that did not come to its
/// end only those are named that look like a state which was called.
fn unused(mocks: &Mocks, is_complete: bool) {
    let states = mocks.states();
    for name in mocks.unused() {
        let meant = asl_core::syntax::closest(&name, states.iter().map(String::as_str));
        let help = match meant {
            Some(meant) => format!("; is `{}` meant?", printable(meant)),
            None if is_complete => String::new(),
            None => continue,
        };
        failure(&format!("warning: nothing has asked for the mock `{}`{help}", printable(&name)));
    }
}
