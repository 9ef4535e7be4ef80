#![doc = include_str!("express_pattern.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{State, WorkflowType};
use crate::syntax::resource::Pattern;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0801"),
    name: "express-pattern",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("express_pattern.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, _: &State) {
    if cx.workflow_type() != WorkflowType::Express {
        return;
    }
    let Some(Ok(resource)) = cx.resource() else { return };
    let Some(pattern) = resource.service_pattern().filter(|it| *it != Pattern::RequestResponse) else {
        return;
    };
    let end = resource.as_str().len();
    let in_children = cx.in_express_children();
    let who =
        if in_children { "Express children of a Distributed Map do" } else { "an Express workflow does" };
    let instead =
        if in_children { "set `ExecutionType` to `STANDARD`" } else { "create a Standard workflow" };
    let report = cx
        .report(format!("{who} not support `{pattern}`"))
        .help(format!("{instead}, or remove `{pattern}`"))
        .field("Resource")
        .within(end - pattern.suffix().len()..end);
    // that children have the limits of Express is inferred, not measured
    if in_children {
        report.warning();
    }
}
