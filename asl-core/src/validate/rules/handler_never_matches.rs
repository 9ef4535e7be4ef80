#![doc = include_str!("handler_never_matches.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::state::Task;
use crate::model::{QueryLanguage, State};
use crate::syntax::resource::IntegrationKind;
use crate::syntax::{PredefinedErrorName, Resource, http_status_code};
use crate::validate::context::{Context, is_there_wrongly};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0917"),
    name: "handler-never-matches",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("handler_never_matches.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let retriers = state.retry().iter().map(|retrier| retrier.error_equals.as_deref());
    handlers(cx, state, "Retry", retriers);
    let catchers = state.catch().iter().map(|catcher| catcher.error_equals.as_deref());
    handlers(cx, state, "Catch", catchers);
}

fn handlers<'s>(
    cx: &mut Context<'_>,
    state: &State,
    field: &str,
    handlers: impl Iterator<Item = Option<&'s [String]>>,
) {
    for (index, names) in handlers.enumerate() {
        for (place, name) in names.unwrap_or_default().iter().enumerate() {
            if let Some((reason, help)) = why_never(cx, state, name) {
                cx.report(format!("`{name}` never matches here: {reason}"))
                    .help(help)
                    .field(field)
                    .index(index)
                    .field("ErrorEquals")
                    .index(place);
            }
        }
    }
}

/// Why a state cannot fail with an error of this name, and what to do; `None` if it can, or might.
fn why_never(cx: &Context<'_>, state: &State, name: &str) -> Option<(&'static str, &'static str)> {
    use PredefinedErrorName as Name;
    const REMOVE: &str = "remove it";
    if http_status_code(name).is_some() {
        return is_other_than_http(cx, state).then_some(("only an HTTP task has this error", REMOVE));
    }
    let is_task = matches!(state, State::Task(_));
    match Name::from_name(name)? {
        // recorded: a catcher that names it does not catch it
        Name::Runtime => Some((
            "this error always ends the execution",
            "remove it, and make sure that every path selects something",
        )),
        // DIFFERENCE: the specification has this error, the service was recorded to report `States.Runtime`
        Name::ParameterPathFailure => Some((
            "AWS reports `States.Runtime` instead, which always ends the execution",
            "remove it, and make sure that every path selects something",
        )),
        Name::NoChoiceMatched if is_task => Some(("only a Choice state has this error", REMOVE)),
        Name::BranchFailed if is_task => Some(("only a Parallel state has branches", REMOVE)),
        // DIFFERENCE: the specification has this error, the service was recorded to report that of the branch
        Name::BranchFailed if matches!(state, State::Parallel(_)) => Some((
            "AWS was seen to report the error of the branch instead",
            "name the errors of the branches, or `States.ALL`",
        )),
        Name::ExceedToleratedFailureThreshold | Name::ItemReaderFailed | Name::ResultWriterFailed
            if is_task =>
        {
            Some(("only a Map state has this error", REMOVE))
        }
        Name::HeartbeatTimeout => match state {
            State::Task(task) if !has_heartbeat(task) => Some((
                "without `HeartbeatSeconds` no heartbeat is missed",
                "set `HeartbeatSeconds`, or remove it",
            )),
            _ => None,
        },
        Name::QueryEvaluationError if is_task => (cx.certain_language() == Some(QueryLanguage::JsonPath))
            .then_some(("only a JSONata state has this error", REMOVE)),
        Name::HttpSocket => {
            is_other_than_http(cx, state).then_some(("only an HTTP task has this error", REMOVE))
        }
        Name::All
        | Name::Timeout
        | Name::TaskFailed
        | Name::Permissions
        | Name::ResultPathMatchFailure
        | Name::BranchFailed
        | Name::NoChoiceMatched
        | Name::IntrinsicFailure
        | Name::QueryEvaluationError
        | Name::ExceedToleratedFailureThreshold
        | Name::ItemReaderFailed
        | Name::ResultWriterFailed
        | Name::DataLimitExceeded => None,
    }
}

fn has_heartbeat(task: &Task) -> bool {
    task.heartbeat_seconds.is_some()
        || is_there_wrongly(&task.extra, "HeartbeatSeconds")
        || is_there_wrongly(&task.extra, "HeartbeatSecondsPath")
}

/// Whether a state is a Task that is known to call something else than an HTTPS endpoint.
fn is_other_than_http(cx: &Context<'_>, state: &State) -> bool {
    let (State::Task(_), Some(Ok(resource))) = (state, cx.resource()) else { return false };
    match resource {
        Resource::LambdaFunction(_) | Resource::Activity(_) => true,
        Resource::Integration(integration) => integration.kind() != IntegrationKind::Http,
        Resource::Other(_) | Resource::Uri(_) | Resource::Placeholder(_) => false,
    }
}
