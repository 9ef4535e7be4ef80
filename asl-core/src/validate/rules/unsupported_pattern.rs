#![doc = include_str!("unsupported_pattern.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::syntax::Resource;
use crate::syntax::resource::{
    Integration, IntegrationKind, Pattern, UnsupportedIntegration, actions, optimized,
};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{did_you_mean, excerpt, list};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0603"),
    name: "unsupported-pattern",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("unsupported_pattern.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, _: &State) {
    let Some(Ok(Resource::Integration(integration))) = cx.resource() else { return };
    match integration.support() {
        Ok(())
        | Err(
            UnsupportedIntegration::UnknownService { .. }
            | UnsupportedIntegration::UnknownAction { .. }
            | UnsupportedIntegration::MisspeltSdkService { .. }
            | UnsupportedIntegration::MisspeltSdkAction { .. },
        ) => {}
        Err(UnsupportedIntegration::UnknownPattern { suffix }) => {
            let end = integration.action_span().end;
            let patterns = Pattern::ALL.iter().map(|pattern| pattern.suffix());
            cx.report(format!("`{}` is no integration pattern", excerpt(&suffix)))
                .help("write `.sync`, `.sync:2` or `.waitForTaskToken`, or nothing")
                .maybe_help(did_you_mean(&suffix, patterns))
                .field("Resource")
                .within(end - suffix.len()..end);
        }
        Err(UnsupportedIntegration::UnsupportedPattern { service, action, pattern }) => {
            let (help, at) = (help(integration, pattern), integration.pattern_span());
            // The guide lists callbacks by service, and for some services leaves open which actions have them.
            let is_open = pattern == Pattern::WaitForTaskToken
                && integration.kind() == IntegrationKind::Optimized
                && actions(&service).any(|row| row.patterns.contains(&pattern));
            let report = cx
                .report(format!("`{service}:{action}` does not support `{pattern}`"))
                .help(help)
                .field("Resource")
                .within(at);
            if is_open {
                report.warning();
            }
        }
    }
}

fn help(integration: &Integration, pattern: Pattern) -> String {
    let (service, action) = (integration.service(), integration.action());
    let row = optimized(service, action);
    if integration.kind() == IntegrationKind::AwsSdk {
        return match row {
            Some(row) if row.patterns.contains(&pattern) => {
                format!("write `arn:aws:states:::{service}:{action}{pattern}`, the optimized integration")
            }
            _ => format!("remove `{pattern}`, and ask in a loop whether the work is done"),
        };
    }
    let supported: Vec<&str> =
        row.iter().flat_map(|row| row.patterns).map(|it| it.suffix()).filter(|it| !it.is_empty()).collect();
    match supported.as_slice() {
        [] => format!("remove `{pattern}`"),
        some => format!("remove it, or write {}", list(some, "or")),
    }
}
