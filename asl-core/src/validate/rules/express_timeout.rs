#![doc = include_str!("express_timeout.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Dynamic, FieldValue, Kind, Object, Static, WorkflowType};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0804"),
    name: "express-timeout",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("express_timeout.md"),
    check: Check::Object(check),
};

/// How long an Express execution runs at most, in seconds.
const LONGEST: i64 = 300;

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    if cx.workflow_type() != WorkflowType::Express {
        return;
    }
    let wanted = match object.kind() {
        Kind::StateMachine => "TimeoutSeconds",
        Kind::Wait => "Seconds",
        _ => return,
    };
    object.visit(&mut |name, value| {
        let seconds = match value {
            FieldValue::StaticInteger(Static::Literal(seconds))
            | FieldValue::Integer(Dynamic::Literal(seconds)) => *seconds,
            _ => return,
        };
        if name == wanted && seconds > LONGEST {
            let help = if cx.in_express_children() {
                "lower it, or set `ExecutionType` of the Map to `STANDARD`"
            } else {
                "lower it, or create a Standard workflow"
            };
            cx.report(format!("an Express execution ends after five minutes, before these {seconds} s"))
                .help(help)
                .field(name);
        }
    });
}
