#![doc = include_str!("distributed_only_field.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Object, ProcessorMode, State};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0702"),
    name: "distributed-only-field",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("distributed_only_field.md"),
    check: Check::State(check),
};

const FIELDS: &[&str] = &[
    "ItemReader",
    "ItemBatcher",
    "ResultWriter",
    "Label",
    "ToleratedFailureCount",
    "ToleratedFailureCountPath",
    "ToleratedFailurePercentage",
    "ToleratedFailurePercentagePath",
];

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Map(map) = state else { return };
    let Some(processor) = &map.processor else { return };
    if processor.machine().mode() != Some(ProcessorMode::Inline) {
        return;
    }
    map.visit(&mut |name, _| {
        if FIELDS.contains(&name) {
            cx.report(format!("`{name}` works in a Distributed Map only, and this one is inline"))
                .help(format!(
                    "set `Mode` to `DISTRIBUTED` and `ExecutionType` in `{}.ProcessorConfig`, or remove `{name}`",
                    processor.field_name(),
                ))
                .field(name)
                .key();
        }
    });
}
