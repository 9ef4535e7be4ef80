#![doc = include_str!("express_activity.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{State, WorkflowType};
use crate::syntax::Resource;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0802"),
    name: "express-activity",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("express_activity.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, _: &State) {
    if cx.workflow_type() != WorkflowType::Express
        || !matches!(cx.resource(), Some(Ok(Resource::Activity(_))))
    {
        return;
    }
    if cx.in_express_children() {
        // that children have the limits of Express is inferred, not measured
        cx.report("Express children of a Distributed Map do not support activities")
            .help("set `ExecutionType` to `STANDARD`, or call a Lambda function")
            .field("Resource")
            .warning();
    } else {
        cx.report("an Express workflow does not support activities")
            .help("create a Standard workflow, or call a Lambda function")
            .field("Resource");
    }
}
