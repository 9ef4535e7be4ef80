//! What happens, as it happens.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;

use asl_local::history::{Details, Event, Sink, StateKind, TaskKind};

use crate::report::printable;

/// Tells of the execution on the standard error, a line for each step; and of executions that it starts, with their names
/// in front. Of the children of a Distributed Map only the first are told of step by step, and of the others what fails.
#[derive(Default)]
pub(super) struct Progress {
    /// The execution, and when it started.
    told: Option<(String, i64)>,
    /// By ARN, of the executions that run.
    courses: BTreeMap<String, Course>,
    /// How many children each Distributed Map had.
    children: BTreeMap<String, u64>,
}

/// How many children of a Distributed Map are told of step by step.
const CHILDREN_TOLD: u64 = 10;

/// What is kept of an execution that runs.
#[derive(Default)]
struct Course {
    /// What stands in front of its lines; nothing, of the execution that was asked for.
    name: String,
    /// Whether only failures are told.
    is_terse: bool,
    /// By event, the visit of the state that it belongs to.
    visits: BTreeMap<u64, Rc<Visit>>,
    /// By the event of entering, how often the work of the state was begun.
    attempts: BTreeMap<u64, u32>,
}

/// One visit of a state.
struct Visit {
    entered: u64,
    at: i64,
    name: String,
}

impl Sink for Progress {
    fn event(&mut self, execution: &str, event: &Event) {
        let (main, start) = self.told.get_or_insert_with(|| (execution.to_owned(), event.timestamp));
        let (is_main, start) = (main == execution, *start);
        if !self.courses.contains_key(execution) {
            let course = if is_main { Course::default() } else { self.of_child(execution) };
            self.courses.insert(execution.to_owned(), course);
        }
        let Some(course) = self.courses.get_mut(execution) else { return };
        if let Some((verb, text)) = course.told(event, is_main) {
            let time = time(u128::try_from(event.timestamp - start).unwrap_or(0));
            // if nobody listens, the execution goes on nevertheless
            let _ = writeln!(io::stderr(), "{time:>10}  {verb:<8}  {}{text}", course.name);
        }
        if !is_main && is_end(&event.details) {
            self.courses.remove(execution);
        }
    }
}

const fn is_end(details: &Details) -> bool {
    matches!(
        details,
        Details::ExecutionSucceeded { .. }
            | Details::ExecutionFailed { .. }
            | Details::ExecutionTimedOut { .. }
            | Details::ExecutionAborted { .. }
    )
}

impl Progress {
    /// An execution that another has started: `Each[3]: ` of a Distributed Map, `Ship:execution-1: ` of another machine.
    fn of_child(&mut self, arn: &str) -> Course {
        let mut parts = arn.splitn(8, ':').skip(6);
        let (machine, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let Some((_, label)) = machine.split_once('/') else {
            return Course {
                name: format!("{}: ", printable(&format!("{machine}:{name}"))),
                ..Course::default()
            };
        };
        let count = self.children.entry(label.to_owned()).or_default();
        let index = *count;
        *count += 1;
        let name = format!("{}[{index}]: ", printable(label));
        Course { name, is_terse: index >= CHILDREN_TOLD, ..Course::default() }
    }
}

impl Course {
    /// What is told of an event, if anything.
    fn told(&mut self, event: &Event, is_main: bool) -> Option<(&'static str, String)> {
        let visit = match &event.details {
            Details::StateEntered { name, .. } => Some(Rc::new(Visit {
                entered: event.id,
                at: event.timestamp,
                name: printable(name).into_owned(),
            })),
            _ => self.visits.get(&event.previous_event_id).map(Rc::clone),
        };
        let told = match &event.details {
            // how the execution that was asked for ends is told at the end of the run
            Details::ExecutionFailed { error, cause } if !is_main => {
                Some(("failed", why(error.as_deref(), cause.as_deref())))
            }
            Details::ExecutionTimedOut { .. } if !is_main => Some(("failed", "timed out".to_owned())),
            _ => self.text(event, visit.as_deref()),
        };
        if let Some(visit) = visit {
            self.visits.insert(event.id, visit);
            self.forget_old(event.id);
        }
        told.filter(|(verb, _)| !self.is_terse || *verb == "failed")
    }

    /// Bounds what is kept of an execution without end. Of an event that follows one so old, the state is not told.
    fn forget_old(&mut self, newest: u64) {
        const MOST: usize = 100_000;
        if self.visits.len() > MOST {
            let oldest = newest.saturating_sub(MOST as u64 / 2);
            self.visits = self.visits.split_off(&oldest);
            self.attempts = self.attempts.split_off(&oldest);
        }
    }

    /// What is told of an event: what happened, and to what.
    fn text(&mut self, event: &Event, visit: Option<&Visit>) -> Option<(&'static str, String)> {
        let state = visit.map(|visit| visit.name.as_str()).unwrap_or_default();
        Some(match &event.details {
            Details::StateEntered { .. } => ("entered", state.to_owned()),
            Details::StateExited { kind, name, .. } => {
                let waited = visit.filter(|_| *kind == StateKind::Wait);
                let waited = waited.and_then(|visit| u128::try_from(event.timestamp - visit.at).ok());
                let waited = waited.map(|waited| format!(" (waited {})", time(waited))).unwrap_or_default();
                ("exited", format!("{}{waited}", printable(name)))
            }
            Details::TaskScheduled { task, resource, .. } => {
                let called = match task {
                    TaskKind::Service { resource_type, resource } => format!("{resource_type}:{resource}"),
                    TaskKind::LambdaFunction | TaskKind::Activity => resource.to_string(),
                };
                self.begun(visit, &format!("{state} calls {}", printable(&called)))
            }
            Details::StateStarted { kind: StateKind::Map, length } => {
                let plural = if *length == 1 { "" } else { "s" };
                self.begun(visit, &format!("{state} with {length} item{plural}"))
            }
            Details::StateStarted { .. } => self.begun(visit, &format!("{state} with its branches")),
            Details::MapIterationStarted { index, .. } => ("item", format!("{index} of {state}")),
            Details::TaskFailed { error, cause, .. }
            | Details::TaskStartFailed { error, cause, .. }
            | Details::TaskSubmitFailed { error, cause, .. }
            | Details::MapRunFailed { error, cause } => {
                ("failed", format!("{state}: {}", why(error.as_deref(), cause.as_deref())))
            }
            Details::TaskTimedOut { error, .. } => {
                ("failed", format!("{state}: {}", why(error.as_deref(), None)))
            }
            Details::EvaluationFailed { state, error, cause, .. } => {
                ("failed", short(&printable(&format!("{state}: {error}: {cause}"))))
            }
            Details::StateAborted { .. } => ("stopped", state.to_owned()),
            _ => return None,
        })
    }

    /// The work of a state begins: for the first time in this visit, or because a retrier has waited.
    fn begun(&mut self, visit: Option<&Visit>, text: &str) -> (&'static str, String) {
        let attempts = self.attempts.entry(visit.map_or(0, |visit| visit.entered)).or_default();
        *attempts += 1;
        match *attempts {
            1 => ("started", text.to_owned()),
            attempts => ("retried", format!("{text} (retry {})", attempts - 1)),
        }
    }
}

/// Error and cause on one line.
fn why(error: Option<&str>, cause: Option<&str>) -> String {
    let error = error.unwrap_or("no error name");
    let cause = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
    short(&printable(&format!("{error}{cause}")))
}

/// A text that fits into a line; the end of the run tells it whole.
fn short(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A time for people: `1.5s`, `2h 0m 0s`, `365d 0h 0m 0s`.
pub(super) fn time(milliseconds: u128) -> String {
    let (seconds, rest) = (milliseconds / 1_000, milliseconds % 1_000);
    let fraction =
        if rest == 0 { String::new() } else { format!(".{rest:03}").trim_end_matches('0').to_owned() };
    let (minutes, hours, days) = (seconds / 60 % 60, seconds / 3_600 % 24, seconds / 86_400);
    let text = format!("{}{fraction}s", seconds % 60);
    match seconds {
        0..60 => text,
        60..3_600 => format!("{minutes}m {text}"),
        3_600..86_400 => format!("{hours}h {minutes}m {text}"),
        _ => format!("{days}d {hours}h {minutes}m {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_for_people() {
        let cases = [
            (0, "0s"),
            (1_500, "1.5s"),
            (61_000, "1m 1s"),
            (7_200_010, "2h 0m 0.01s"),
            (31_536_000_000, "365d 0h 0m 0s"),
        ];
        for (milliseconds, text) in cases {
            assert_eq!(time(milliseconds), text);
        }
    }
}
