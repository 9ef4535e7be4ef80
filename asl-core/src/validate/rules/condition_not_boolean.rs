#![doc = include_str!("condition_not_boolean.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Extra, Fault, Object, QueryLanguage, Value};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::described;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0413"),
    name: "condition-not-boolean",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("condition_not_boolean.md"),
    check: Check::Object(check),
};

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    if cx.language() != QueryLanguage::Jsonata {
        return;
    }
    for value in conditions(object.extra()) {
        let help = match value {
            Value::String(text) if matches!(text.trim(), "true" | "false") => {
                format!("remove the quotes: `{}`", text.trim())
            }
            Value::String(_) => "put the expression between `{%` and `%}`".to_owned(),
            _ => "write `true`, `false`, or an expression between `{%` and `%}`".to_owned(),
        };
        cx.report(format!("`Condition` must be a boolean or an expression, this is {}", described(value)))
            .help(help)
            .field("Condition");
    }
}

/// The values of `Condition` that are neither a boolean nor an expression.
fn conditions(extra: &Extra) -> impl Iterator<Item = &Value> {
    let wrong = extra.iter().filter(|it| it.name == "Condition" && matches!(it.fault, Fault::Type { .. }));
    wrong.map(|field| &field.value)
}
