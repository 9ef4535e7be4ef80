#![doc = include_str!("unknown_integration.md")]

use std::ops::Range;

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::syntax::Resource;
use crate::syntax::resource::{
    Integration, IntegrationKind, UnsupportedIntegration, UsedIn, actions, optimized, services,
};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{did_you_mean, excerpt, list};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0602"),
    name: "unknown-integration",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("unknown_integration.md"),
    check: Check::State(check),
};

/// What is wrong with the service or the action of an integration.
struct Fault {
    message: String,
    help: Option<String>,
    at: Range<usize>,
    severity: Severity,
}

fn check(cx: &mut Context<'_>, _: &str, _: &State) {
    let Some(Ok(Resource::Integration(integration))) = cx.resource() else { return };
    let Some(fault) = fault(integration) else { return };
    let report = cx.report(fault.message).maybe_help(fault.help).field("Resource").within(fault.at);
    if fault.severity == Severity::Warning {
        report.warning();
    }
}

fn fault(integration: &Integration) -> Option<Fault> {
    match integration.support() {
        Ok(()) if integration.kind() == IntegrationKind::AwsSdk => other_sdk_name(integration),
        Ok(()) => outside_map(integration),
        Err(UnsupportedIntegration::UnknownService { service }) => Some(Fault {
            message: format!("there is no optimized integration for a service `{}`", excerpt(&service)),
            help: service_help(integration, &service),
            at: integration.service_span(),
            severity: Severity::Error,
        }),
        Err(UnsupportedIntegration::UnknownAction { service, action }) => Some(Fault {
            message: format!("the integration for `{service}` has no action `{}`", excerpt(&action)),
            help: Some(action_help(&service, &action)),
            at: integration.action_span(),
            severity: Severity::Error,
        }),
        // The spelling is AWS's rule, but the catalogue of services and actions is not ours to know.
        Err(error @ UnsupportedIntegration::MisspeltSdkService { .. }) => Some(Fault {
            message: error.to_string(),
            help: Some(format!("write `{}`", sdk_service(integration.service()))),
            at: integration.service_span(),
            severity: Severity::Warning,
        }),
        Err(error @ UnsupportedIntegration::MisspeltSdkAction { .. }) => Some(Fault {
            message: error.to_string(),
            help: lower_camel(integration.action()).map(|action| format!("write `{action}`")),
            at: integration.action_span(),
            severity: Severity::Warning,
        }),
        // a rule of their own: ASL0603
        Err(
            UnsupportedIntegration::UnknownPattern { .. } | UnsupportedIntegration::UnsupportedPattern { .. },
        ) => None,
    }
}

/// The actions that only a Map state can use.
fn outside_map(integration: &Integration) -> Option<Fault> {
    let (service, action) = (integration.service(), integration.action());
    let place = match optimized(service, action)?.used_in {
        UsedIn::Task => return None,
        UsedIn::ItemReader => "ItemReader",
        UsedIn::ResultWriter => "ResultWriter",
    };
    Some(Fault {
        message: format!("`{service}:{action}` is for the `{place}` of a Map state, not for a Task"),
        help: Some(format!("write `arn:aws:states:::aws-sdk:{service}:{action}`")),
        at: integration.service_span().start..integration.action_span().end,
        severity: Severity::Error,
    })
}

/// A service that the AWS SDK has under another name.
fn other_sdk_name(integration: &Integration) -> Option<Fault> {
    let service = integration.service();
    let name = renamed_in_sdk(service)?;
    Some(Fault {
        message: format!("the AWS SDK has no service `{service}`"),
        help: Some(format!("write `{name}`")),
        at: integration.service_span(),
        severity: Severity::Warning,
    })
}

fn service_help(integration: &Integration, service: &str) -> Option<String> {
    if service == "stateMachine" {
        return Some(
            "start the state machine with `arn:aws:states:::states:startExecution.sync:2`".to_owned(),
        );
    }
    // the name of the AWS SDK in place of that of the integration
    let renamed = services().find(|known| sdk_service(known) == service && *known != service);
    let renamed = renamed.map(|known| format!("did you mean `{known}`?"));
    renamed.or_else(|| did_you_mean(service, services())).or_else(|| {
        Some(format!("call it through the AWS SDK: `{}`", sdk_call(service, integration.action())?))
    })
}

fn action_help(service: &str, action: &str) -> String {
    if let Some((known, qualifier)) = action.split_once(':')
        && optimized(service, known).is_some()
    {
        return format!("remove `:{qualifier}`; nothing but a pattern follows an action");
    }
    if let Some(close) = did_you_mean(action, actions(service).map(|row| row.name)) {
        return close;
    }
    match sdk_call(service, action) {
        Some(call) if service != "http" => format!("call it through the AWS SDK: `{call}`"),
        _ => {
            let names: Vec<&str> = actions(service).map(|row| row.name).collect();
            format!("write {}", list(&names, "or"))
        }
    }
}

/// The resource that calls an action through the AWS SDK, if the action can be one of it.
fn sdk_call(service: &str, action: &str) -> Option<String> {
    let action = lower_camel(action)?;
    let service = sdk_service(service);
    let is_word = !service.is_empty() && service.bytes().all(|b| b.is_ascii_alphanumeric());
    is_word.then(|| format!("arn:aws:states:::aws-sdk:{service}:{action}"))
}

/// How the AWS SDK spells a service: in lower case without separators, unless it has another name for it.
fn sdk_service(service: &str) -> String {
    renamed_in_sdk(service).map_or_else(
        || service.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect(),
        str::to_owned,
    )
}

/// The AWS SDK's own name of a service that is known by another.
fn renamed_in_sdk(service: &str) -> Option<&'static str> {
    Some(match service {
        "states" | "stepfunctions" => "sfn",
        "events" => "eventbridge",
        "logs" => "cloudwatchlogs",
        "elasticmapreduce" => "emr",
        _ => return None,
    })
}

/// The action with a small first letter, if it is a word.
fn lower_camel(action: &str) -> Option<String> {
    let mut letters = action.chars();
    let first = letters.next().filter(char::is_ascii_alphabetic)?;
    let rest = letters.as_str();
    let is_word = rest.bytes().all(|b| b.is_ascii_alphanumeric());
    is_word.then(|| format!("{}{rest}", first.to_ascii_lowercase()))
}
