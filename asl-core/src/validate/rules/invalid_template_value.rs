#![doc = include_str!("invalid_template_value.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{JsonObject, Value};
use crate::syntax::TemplateValue;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{described, excerpt};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0404"),
    name: "invalid-template-value",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("invalid_template_value.md"),
    check: Check::TemplateEntry(check),
};

fn check(cx: &mut Context<'_>, _: &JsonObject, key: &str, value: &Value) {
    if !key.ends_with(".$") {
        return;
    }
    match value {
        Value::String(text) => {
            if let Err(error) = TemplateValue::parse(text) {
                cx.report_syntax(error);
            }
        }
        other => {
            cx.report(format!(
                "`{}` must be a string with a path or an intrinsic function, this is {}",
                excerpt(key),
                described(other)
            ))
            .help("remove `.$` from the key if the value is meant as it stands");
        }
    }
}
