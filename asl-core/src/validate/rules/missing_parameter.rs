#![doc = include_str!("missing_parameter.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{JsonObject, QueryLanguage, State, Value};
use crate::syntax::resource::{IntegrationKind, OptimizedAction, Resource, optimized};
use crate::syntax::{closest, contains_placeholder};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::list;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0608"),
    name: "missing-parameter",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("missing_parameter.md"),
    check: Check::State(check),
};

// AWS checks some of this when the machine is created; which, is not published.
fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Task(task) = state else { return };
    let Some(Ok(Resource::Integration(integration))) = cx.resource() else { return };
    if integration.kind() == IntegrationKind::AwsSdk {
        return;
    }
    let Some(action) = optimized(integration.service(), integration.action()) else { return };
    let (field, payload, suffix) = match cx.certain_language() {
        Some(QueryLanguage::JsonPath) => ("Parameters", &task.parameters, ".$"),
        Some(QueryLanguage::Jsonata) => ("Arguments", &task.arguments, ""),
        None => return,
    };
    // without a payload, or with one expression for all, the parameters are known at run time only
    let Some(Value::Object(object)) = payload else { return };
    if object.keys().any(|key| contains_placeholder(key)) {
        return;
    }
    if action.required.iter().any(|name| !has(object, name, suffix)) {
        report(cx, action, object, field, suffix);
    }
    if !action.one_of.is_empty() && !action.one_of.iter().any(|name| has(object, name, suffix)) {
        let message =
            format!("`{}:{}` needs one of {}", action.service, action.name, list(action.one_of, "and"));
        cx.report(message).help(format!("add one of them to `{field}`")).field(field);
    }
}

fn report(cx: &mut Context<'_>, action: &OptimizedAction, object: &JsonObject, field: &str, suffix: &str) {
    let missing: Vec<&str> =
        action.required.iter().copied().filter(|name| !has(object, name, suffix)).collect();
    let misspelt = missing.iter().find_map(|name| {
        let keys = object.keys().map(|key| key.strip_suffix(suffix).unwrap_or(key));
        Some(format!("rename `{}` to `{name}`", closest(name, keys)?))
    });
    cx.report(format!("`{}:{}` needs {}", action.service, action.name, list(&missing, "and")))
        .help(format!("add {} to `{field}`", if missing.len() == 1 { "it" } else { "them" }))
        .maybe_help(misspelt)
        .field(field);
}

/// Whether the payload has a parameter, computed (with `.$`) or not.
fn has(object: &JsonObject, name: &str, suffix: &str) -> bool {
    object.keys().any(|key| key.strip_suffix(suffix).unwrap_or(key) == name)
}
