#![doc = include_str!("lambda_without_transient_retry.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Retrier, State};
use crate::syntax::{LAMBDA_ERRORS_TO_RETRY, PredefinedErrorName, contains_placeholder};
use crate::validate::context::{Context, is_there_wrongly};
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::list;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0908"),
    name: "lambda-without-transient-retry",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("lambda_without_transient_retry.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Task(task) = state else { return };
    let calls_lambda = matches!(cx.resource(), Some(Ok(resource)) if resource.calls_lambda());
    if !calls_lambda || is_there_wrongly(&task.extra, "Retry") {
        return;
    }
    let missing: Vec<&str> =
        LAMBDA_ERRORS_TO_RETRY.into_iter().filter(|error| !names(state.retry(), error)).collect();
    let help = format!("name {} in a retrier", list(&LAMBDA_ERRORS_TO_RETRY, "and"));
    if missing.len() == LAMBDA_ERRORS_TO_RETRY.len() {
        cx.report("a passing fault of the Lambda service fails this state: it is not retried")
            .help(help)
            .key();
    } else if !missing.is_empty() {
        let are = if missing.len() == 1 { "is" } else { "are" };
        cx.report(format!(
            "{} {are} not retried, as the other passing faults of Lambda are",
            list(&missing, "and")
        ))
        .help(help)
        .field("Retry");
    }
}

/// Whether a retrier is meant for the error; one with `"MaxAttempts": 0` too: its author has thought of it.
fn names(retriers: &[Retrier], error: &str) -> bool {
    let patterns = [PredefinedErrorName::All.name(), PredefinedErrorName::TaskFailed.name(), error];
    retriers.iter().any(|retrier| {
        retrier.error_equals.as_ref().is_none_or(|names| {
            names.iter().any(|name| patterns.contains(&name.as_str()) || contains_placeholder(name))
        })
    })
}
