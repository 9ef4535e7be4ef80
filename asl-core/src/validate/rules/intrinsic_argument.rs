#![doc = include_str!("intrinsic_argument.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Content, Field, FieldValue, JsonObject, QueryLanguage, Value};
use crate::syntax::Intrinsic;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0407"),
    name: "intrinsic-argument",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("intrinsic_argument.md"),
    check: Check::Several(&[Check::TemplateEntry(entry), Check::Field(field)]),
};

fn entry(cx: &mut Context<'_>, _: &JsonObject, key: &str, value: &Value) {
    if key.ends_with(".$")
        && let Value::String(text) = value
    {
        call(cx, text);
    }
}

fn field(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    if field.content == Content::PathOrIntrinsic
        && cx.language() == QueryLanguage::JsonPath
        && let FieldValue::Path(text) = value
    {
        call(cx, text.as_str());
    }
}

/// What is no call at all is the business of the rules about template values and error paths.
fn call(cx: &mut Context<'_>, text: &str) {
    if text.starts_with("States.")
        && let Ok(call) = Intrinsic::parse(text)
    {
        for fault in call.type_faults() {
            cx.report_syntax(fault);
        }
    }
}
