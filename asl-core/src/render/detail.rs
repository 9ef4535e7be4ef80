//! What a picture says about a state besides its name.

use crate::model::state::WaitUntil;
use crate::model::{Dynamic, Retrier, State, Static, ValueOrPath};
use crate::syntax::{Resource, shortened};

use super::graph::{Node, Shape};

/// The node of a state with nothing inside.
pub(super) fn node(id: String, name: &str, state: &State) -> Node {
    let (shape, detail) = match state {
        State::Task(task) => (Shape::Task, task.resource.as_deref().map(resource)),
        State::Pass(_) => (Shape::Pass, None),
        State::Choice(_) => (Shape::Choice, None),
        State::Wait(wait) => (Shape::Wait, wait.until.as_ref().map(wait_until)),
        State::Succeed(_) => (Shape::Succeed, None),
        State::Fail(fail) => (Shape::Fail, fail.error.as_ref().map(value_or_path)),
        State::Parallel(_) => (Shape::Plain, Some("Parallel without branches".to_owned())),
        State::Map(_) => (Shape::Plain, Some("Map without a processor".to_owned())),
        State::Unknown(unknown) => {
            let detail = unknown.type_name().map(|name| format!("unknown type {name}"));
            (Shape::Plain, Some(detail.unwrap_or_else(|| "no type".to_owned())))
        }
    };
    let mut lines = vec![label(name)];
    lines.extend(
        detail.map(|detail| label(&detail)).filter(|detail| !detail.trim().is_empty() && detail != name),
    );
    lines.extend(retries(state));
    Node { id, shape, lines }
}

/// The part of a `Resource` that tells it from others: `lambda fetch-user`, `sqs:sendMessage.waitForTaskToken`.
fn resource(text: &str) -> String {
    match Resource::parse(text) {
        Ok(Resource::LambdaFunction(function)) => format!("lambda {}", function.name()),
        Ok(Resource::Activity(activity)) => format!("activity {}", activity.name()),
        Ok(Resource::Integration(integration)) => integration.arn().resource().to_owned(),
        Ok(Resource::Other(_) | Resource::Uri(_) | Resource::Placeholder(_)) | Err(_) => text.to_owned(),
    }
}

fn wait_until(until: &WaitUntil) -> String {
    match until {
        WaitUntil::Seconds(seconds) => format!("{} s", dynamic(seconds)),
        WaitUntil::SecondsPath(path) => format!("{path} s"),
        WaitUntil::Timestamp(time) => format!("until {}", dynamic(time)),
        WaitUntil::TimestampPath(path) => format!("until {path}"),
    }
}

/// How many iterations of a Map state run at once, where it says so.
pub(super) fn concurrency(state: &State) -> Option<String> {
    let State::Map(map) = state else { return None };
    let at_once = value_or_path(map.max_concurrency.as_ref()?);
    (at_once != "0").then(|| label(&format!("{at_once} at once")))
}

/// One line a retrier: `retry BillingRateLimitError 3×: 60 s, then ×2`.
pub(super) fn retries(state: &State) -> impl Iterator<Item = String> {
    state.retry().iter().map(|retrier| label(&retry(retrier)))
}

fn retry(retrier: &Retrier) -> String {
    let errors = errors(retrier.error_equals.as_deref());
    let attempts = retrier.max_attempts.as_ref().map_or_else(|| "3".to_owned(), text_of);
    if attempts == "0" {
        return format!("no retry of {errors}");
    }
    let interval = retrier.interval_seconds.as_ref().map_or_else(|| "1".to_owned(), text_of);
    let text = format!("retry {errors} {attempts}×: {interval} s");
    match retrier.backoff_rate.as_ref().map_or_else(|| "2".to_owned(), text_of).trim_end_matches(".0") {
        "1" => text,
        rate => format!("{text}, then ×{rate}"),
    }
}

/// Error names, shortened where there are many.
pub(super) fn errors(names: Option<&[String]>) -> String {
    const FEW: usize = 3;
    let names = names.unwrap_or_default();
    let shown = names.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join(", ");
    label(&match names.len() {
        0 => "no error names".to_owned(),
        1..=FEW => shown,
        all => format!("{shown} and {} more", all - FEW),
    })
}

fn value_or_path<T: ToString>(value: &ValueOrPath<T>) -> String {
    match value {
        ValueOrPath::Value(value) => dynamic(value),
        ValueOrPath::Path(path) => path.as_str().to_owned(),
    }
}

fn dynamic<T: ToString>(value: &Dynamic<T>) -> String {
    match value {
        Dynamic::Literal(value) => value.to_string(),
        Dynamic::Expression(expression) => expression.code().to_owned(),
        Dynamic::Placeholder(text) => text.clone(),
    }
}

fn text_of<T: ToString>(value: &Static<T>) -> String {
    match value {
        Static::Literal(value) => value.to_string(),
        Static::Placeholder(text) => text.clone(),
    }
}

/// Text of a definition as a label holds it: on one line, with single spaces, cut to what can be read.
pub(super) fn label(text: &str) -> String {
    const LONGEST: usize = 80;
    let words: Vec<&str> = text.split_whitespace().collect();
    shortened(&words.join(" "), LONGEST).into_owned()
}
