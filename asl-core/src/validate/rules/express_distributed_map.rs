#![doc = include_str!("express_distributed_map.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{ProcessorMode, State, WorkflowType};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0803"),
    name: "express-distributed-map",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("express_distributed_map.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Map(map) = state else { return };
    let Some(processor) = &map.processor else { return };
    if cx.workflow_type() != WorkflowType::Express
        || processor.machine().mode() != Some(ProcessorMode::Distributed)
    {
        return;
    }
    let in_children = cx.in_express_children();
    let (message, help) = if in_children {
        (
            "Express children of a Distributed Map cannot run a Distributed Map of their own",
            "set `ExecutionType` of the outer Map to `STANDARD`, or `Mode` here to `INLINE`",
        )
    } else {
        (
            "an Express workflow cannot run a Distributed Map",
            "create a Standard workflow, or set `Mode` to `INLINE` and remove `ExecutionType`",
        )
    };
    let report =
        cx.report(message).help(help).field(processor.field_name()).field("ProcessorConfig").field("Mode");
    // that children have the limits of Express is inferred, not measured
    if in_children {
        report.warning();
    }
}
