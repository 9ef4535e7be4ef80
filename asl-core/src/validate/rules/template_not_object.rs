#![doc = include_str!("template_not_object.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Field, FieldValue, QueryLanguage, Value};
use crate::syntax::contains_placeholder;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::described;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0406"),
    name: "template-not-object",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("template_not_object.md"),
    check: Check::Field(check),
};

// The specification wants an object, but nobody recorded the service refusing anything else, and another
// validator takes it: hence a warning.
fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    if !matches!(field.name, "Parameters" | "ResultSelector" | "ItemSelector")
        || cx.certain_language() != Some(QueryLanguage::JsonPath)
    {
        return;
    }
    let FieldValue::Json(value) = value else { return };
    let help = match value {
        Value::Object(_) => return,
        Value::String(text) if contains_placeholder(text) => return,
        Value::String(text) if text.starts_with("{%") => {
            "set `QueryLanguage` to `JSONata` for an expression, or write an object"
        }
        Value::String(text) if text.starts_with('$') => "write an object: `{ \"name.$\": \"$.path\" }`",
        _ => "write an object",
    };
    cx.report(format!("`{}` must be an object, this is {}", field.name, described(value))).help(help);
}
