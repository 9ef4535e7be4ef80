//! The history as a table.

use std::io::{self, Write};

use asl_local::History;
use asl_local::history::Details;

use super::progress::time;
use crate::report::printable;

/// Writes a line for each event: number, the event before it, time since the start, type, state, and what it carries.
pub(super) fn table(history: &History, output: &mut dyn Write) -> io::Result<()> {
    let events = history.events();
    let start = events.first().map_or(0, |event| event.timestamp);
    let names: Vec<String> = events
        .iter()
        .map(|event| match &event.details {
            Details::StateExited { name, .. } => printable(name).into_owned(),
            _ => history.state_of(event).map(|name| printable(name).into_owned()).unwrap_or_default(),
        })
        .collect();
    let types = events.iter().map(|event| event.event_type().as_str().len()).max().unwrap_or(0).max(4);
    let states = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).max(5);
    writeln!(
        output,
        "{:>5} {:>5} {:>12}  {:types$}  {:states$}  DATA",
        "ID", "AFTER", "TIME", "TYPE", "STATE"
    )?;
    for (event, name) in events.iter().zip(names) {
        let time = time(u128::try_from(event.timestamp - start).unwrap_or(0));
        let line = format!(
            "{:>5} {:>5} {time:>12}  {:types$}  {name:states$}  {}",
            event.id,
            event.previous_event_id,
            event.event_type().as_str(),
            data(&event.details)
        );
        writeln!(output, "{}", line.trim_end())?;
    }
    Ok(())
}

/// The payload or the error of an event, on one line.
fn data(details: &Details) -> String {
    match details {
        Details::ExecutionStarted { input, .. } | Details::StateEntered { input, .. } => input.to_string(),
        Details::ExecutionSucceeded { output }
        | Details::StateExited { output, .. }
        | Details::TaskSubmitted { output, .. }
        | Details::TaskSucceeded { output, .. } => output.to_string(),
        Details::TaskScheduled { parameters, .. } => parameters.to_string(),
        Details::ExecutionFailed { error, cause }
        | Details::ExecutionTimedOut { error, cause }
        | Details::ExecutionAborted { error, cause }
        | Details::MapRunFailed { error, cause }
        | Details::TaskFailed { error, cause, .. }
        | Details::TaskTimedOut { error, cause, .. }
        | Details::TaskStartFailed { error, cause, .. }
        | Details::TaskSubmitFailed { error, cause, .. } => {
            let parts = [error.as_deref(), cause.as_deref()];
            let text = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
            printable(&text).into_owned()
        }
        Details::EvaluationFailed { error, cause, .. } => {
            printable(&format!("{error}: {cause}")).into_owned()
        }
        Details::MapIterationStarted { index, .. }
        | Details::MapIterationSucceeded { index, .. }
        | Details::MapIterationFailed { index, .. }
        | Details::MapIterationAborted { index, .. } => format!("item {index}"),
        _ => String::new(),
    }
}
