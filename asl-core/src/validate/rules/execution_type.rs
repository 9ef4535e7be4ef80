#![doc = include_str!("execution_type.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{ProcessorMode, State};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0701"),
    name: "execution-type",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("execution_type.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Map(map) = state else { return };
    let Some(processor) = &map.processor else { return };
    let machine = processor.machine();
    let Some(config) = &machine.processor_config else { return };
    let has_type = config.execution_type.is_some() || config.extra.contains("ExecutionType");
    match machine.mode() {
        Some(ProcessorMode::Distributed) if !has_type => {
            cx.report("a Distributed Map needs `ExecutionType`")
                .help("add `\"ExecutionType\": \"STANDARD\"`, or `EXPRESS` for children of at most five minutes")
                .field(processor.field_name())
                .field("ProcessorConfig");
        }
        Some(ProcessorMode::Inline) if has_type => {
            cx.report("an inline Map has no `ExecutionType`: its iterations are no executions")
                .help("remove it, or set `Mode` to `DISTRIBUTED`")
                .field(processor.field_name())
                .field("ProcessorConfig")
                .field("ExecutionType")
                .key();
        }
        Some(ProcessorMode::Distributed | ProcessorMode::Inline) | None => {}
    }
}
