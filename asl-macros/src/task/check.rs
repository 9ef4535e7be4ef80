//! The task held against the catalogue of integrations.

use asl_core::syntax::resource::{
    Integration, IntegrationKind, OptimizedAction, Pattern, UnsupportedIntegration, UsedIn, actions,
    optimized, services,
};
use asl_core::syntax::{Resource, closest};

use super::family::{Family, Task};
use super::signature::Signature;
use super::spelling::snake;
use super::tree::Tree;
use crate::errors::Errors;

/// The longest name of a state.
const MAX_NAME: usize = 80;

pub(super) fn check(errors: &mut Errors, signature: &Signature, task: &Task) {
    let places = &task.places;
    let length = task.state.chars().count();
    if length == 0 || length > MAX_NAME {
        errors.push_with_help(
            places.name,
            format!("the state's name has {length} characters, not 1 to {MAX_NAME}"),
            "write `name = \"…\"` in `#[task(…)]`",
        );
    }
    match Resource::parse(&task.resource) {
        Ok(resource) => form(errors, task, &resource),
        Err(error) => {
            let help = error.help.clone().unwrap_or_else(|| "write the whole ARN".to_owned());
            errors.push_with_help(places.action, error.to_string(), help);
        }
    }
    token(errors, signature, task);
}

fn form(errors: &mut Errors, task: &Task, resource: &Resource) {
    let places = &task.places;
    let is_open = matches!(resource, Resource::Placeholder(_));
    match (places.family, resource) {
        (Family::Lambda, Resource::LambdaFunction(_)) | (Family::Activity, Resource::Activity(_)) => {}
        (Family::Lambda | Family::Activity, _) if is_open => {}
        (Family::Lambda, _) => {
            errors.push_with_help(
                places.action,
                format!("`{}` is no ARN of a Lambda function", task.resource),
                "write `arn:aws:lambda:<region>:<account>:function:<name>` or a placeholder, `${FetchUserArn}`; \
                 by its name a function is called with `lambda_invoke = \"…\"`",
            );
        }
        (Family::Activity, _) => {
            errors.push_with_help(
                places.action,
                format!("`{}` is no ARN of an activity", task.resource),
                "write `arn:aws:states:<region>:<account>:activity:<name>` or a placeholder, `${ApproveArn}`",
            );
        }
        (_, Resource::Integration(integration)) => supported(errors, task, integration),
        (_, _) => {}
    }
    if let (Some(at), Family::Lambda | Family::Activity) = (places.pattern, places.family) {
        errors.push_with_help(
            at,
            "a function or activity that is called by its ARN has no other way to wait",
            "a Lambda function with a token is `lambda_invoke = \"…\", wait_for_task_token`; an activity always has one",
        );
    }
}

fn supported(errors: &mut Errors, task: &Task, integration: &Integration) {
    let places = &task.places;
    match integration.support() {
        Ok(()) => {}
        Err(UnsupportedIntegration::UnknownService { service }) => {
            let help = match closest(&service, services()) {
                Some(meant) => format!("did you mean `{}`?", spelt(task, meant)),
                None => format!("through the AWS SDK, any service is `aws_sdk::{}::…`", snake(&service)),
            };
            let message = format!("there is no integration for a service `{}`", spelt(task, &service));
            errors.push_with_help(places.service, message, help);
            return;
        }
        Err(UnsupportedIntegration::UnknownAction { service, action }) => {
            let names = || actions(&service).map(|known| known.name);
            let help = if let Some(meant) = closest(&action, names()) {
                format!("did you mean `{}`?", spelt(task, meant))
            } else {
                let names: Vec<_> = names().map(|name| format!("`{}`", spelt(task, name))).collect();
                format!("it has {}; through the AWS SDK there are more, `aws_sdk::…`", names.join(", "))
            };
            let (service, action) = (spelt(task, &service), spelt(task, &action));
            errors.push_with_help(places.action, format!("`{service}` has no action `{action}`"), help);
            return;
        }
        Err(UnsupportedIntegration::UnsupportedPattern { service, action, pattern }) => {
            let at = places.pattern.unwrap_or(places.action);
            let (service, action) = (spelt(task, &service), spelt(task, &action));
            let word = flag(pattern);
            let message = format!("`{service}::{action}` cannot be called with `{word}`");
            errors.push_with_help(at, message, ways(integration));
            return;
        }
        Err(other) => {
            errors.push(places.action, other.to_string());
            return;
        }
    }
    if integration.kind() != IntegrationKind::AwsSdk
        && let Some(row) = optimized(integration.service(), integration.action())
    {
        required(errors, task, row);
    }
}

fn required(errors: &mut Errors, task: &Task, row: &OptimizedAction) {
    let places = &task.places;
    let call = format!("{}:{}", row.service, row.name);
    if row.used_in != UsedIn::Task {
        errors.push_with_help(
            places.action,
            format!("`{call}` belongs to a Distributed Map, not to a task"),
            format!("use `aws_sdk::{}::{}`", row.service, snake(row.name)),
        );
        return;
    }
    // a struct brings fields that are not known here
    let Tree::Object(entries) = &task.arguments else { return };
    let has = |name: &str| entries.iter().any(|(known, _)| known == name);
    for missing in row.required.iter().filter(|name| !has(name)) {
        let name = snake(missing);
        errors.push_with_help(
            places.action,
            format!("`{call}` needs `{missing}`, which is not given"),
            format!("add a parameter `{name}`, or write `({name} = \"…\")` behind the action, or `payload = {{ \"{missing}\": … }}`"),
        );
    }
    if !row.one_of.is_empty() && !row.one_of.iter().any(|name| has(name)) {
        let names: Vec<_> = row.one_of.iter().map(|name| format!("`{name}`")).collect();
        errors.push_with_help(
            places.action,
            format!("`{call}` needs one of {}, and none is given", names.join(", ")),
            format!("write `({} = \"…\")` behind the action", snake(row.one_of[0])),
        );
    }
}

/// The token goes where it is said, and is said only where there is one.
fn token(errors: &mut Errors, signature: &Signature, task: &Task) {
    let places = &task.places;
    let is_sent = task.arguments.any(&|part| *part == Tree::Token);
    // of a function called by its ARN, the word itself has been refused
    let is_refused = places.family == Family::Lambda && places.pattern.is_some();
    if is_sent && !task.has_token && !is_refused {
        errors.push_with_help(
            places.action,
            "the payload has a `token`, but the task does not wait for one",
            "add `wait_for_task_token`, or a parameter `token`",
        );
    }
    let is_struct = signature.parameters.iter().any(|parameter| parameter.is_payload);
    if task.has_token && !is_sent && places.family != Family::Activity {
        let why = if is_struct { "`#[payload]` is all that is sent" } else { "the arguments do not have it" };
        errors.push_with_help(
            places.pattern.unwrap_or(places.action),
            format!("nobody gets the task token, so nobody can end the task: {why}"),
            "write `payload = { … }` with `token` in it: `payload = { \"token\": token, … }`",
        );
    }
}

/// As the user spells it: as Rust path, or in an ARN.
fn spelt(task: &Task, name: &str) -> String {
    if task.places.family == Family::Resource { name.to_owned() } else { snake(name) }
}

fn flag(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::RequestResponse => "request and response",
        Pattern::Sync | Pattern::Sync2 => "sync",
        Pattern::WaitForTaskToken => "wait_for_task_token",
    }
}

fn ways(integration: &Integration) -> String {
    let known = match integration.kind() {
        IntegrationKind::AwsSdk => &[Pattern::RequestResponse, Pattern::WaitForTaskToken][..],
        _ => optimized(integration.service(), integration.action()).map_or(&[][..], |row| row.patterns),
    };
    let words: Vec<_> = known
        .iter()
        .filter(|it| **it != Pattern::RequestResponse)
        .map(|it| format!("`{}`", flag(*it)))
        .collect();
    if words.is_empty() {
        "remove the word: it answers at once".to_owned()
    } else {
        format!("it has {}", words.join(", "))
    }
}
