#![doc = include_str!("invalid_resource.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::syntax::{ArnPart, Resource};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0601"),
    name: "invalid-resource",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("invalid_resource.md"),
    check: Check::State(check),
};

const FORMS: &str = "name a Lambda function, an activity, or `arn:aws:states:::<service>:<action>`";

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Task(task) = state else { return };
    let Some(text) = task.resource.as_deref() else { return };
    match cx.resource() {
        None
        | Some(Ok(
            Resource::LambdaFunction(_)
            | Resource::Activity(_)
            | Resource::Integration(_)
            | Resource::Placeholder(_),
        )) => {}
        Some(Err(_)) if is_stand_in(text) => {
            cx.report(format!("`{}` stands in for an ARN", excerpt(text)))
                .help("put the ARN in its place before deployment, or write a placeholder like `${Name}`")
                .field("Resource")
                .warning();
        }
        Some(Err(error)) => {
            let error = error.clone();
            cx.report(error.message).maybe_help(error.help).field("Resource").within(error.at);
        }
        // DIFFERENCE: the States Language takes any URI here, the service takes ARNs only
        Some(Ok(Resource::Uri(_))) => {
            cx.report(format!("`{}` is no ARN, and AWS takes nothing else", excerpt(text)))
                .help(FORMS)
                .field("Resource")
                .warning();
        }
        Some(Ok(Resource::Other(arn))) => {
            let service = arn.service().to_owned();
            let at = arn.span(ArnPart::Service);
            if service.is_empty() {
                cx.report("the service of the ARN is empty")
                    .help(FORMS)
                    .field("Resource")
                    .within(at)
                    .warning();
            } else {
                cx.report(format!("no Task can call an ARN of `{}`", excerpt(&service)))
                    .help("call an action as `arn:aws:states:::<service>:<action>`; its `Parameters` or `Arguments` name the thing")
                    .field("Resource")
                    .within(at)
                    .warning();
            }
        }
    }
}

/// Whether the whole text stands in brackets, `<…>` or `[…]`, the way people write what is yet to be filled in.
fn is_stand_in(text: &str) -> bool {
    text.len() > 2
        && ((text.starts_with('<') && text.ends_with('>')) || (text.starts_with('[') && text.ends_with(']')))
}
