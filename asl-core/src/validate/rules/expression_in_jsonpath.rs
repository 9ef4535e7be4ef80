#![doc = include_str!("expression_in_jsonpath.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Content, Dynamic, Field, FieldValue, JsonObject, QueryLanguage, Value};
use crate::validate::context::{Context, Report};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0410"),
    name: "expression-in-jsonpath",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("expression_in_jsonpath.md"),
    check: Check::Several(&[Check::Field(field), Check::TemplateEntry(entry)]),
};

const HELP: &str = "set `QueryLanguage` to `JSONata` on the state for an expression";

fn field(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    let is_value = field.content == Content::Value && field.language.is_none();
    let is_operand = matches!(value, FieldValue::Operand(..));
    if !(is_value || is_operand) || cx.certain_language() != Some(QueryLanguage::JsonPath) {
        return;
    }
    match value {
        FieldValue::Integer(Dynamic::Expression(_))
        | FieldValue::Number(Dynamic::Expression(_))
        | FieldValue::DynamicFlag(Dynamic::Expression(_)) => {
            let wanted = if matches!(value, FieldValue::DynamicFlag(_)) { "a boolean" } else { "a number" };
            let path = match cx.state() {
                Some(_) if field.range.is_some() => format!(", or use `{}Path`", field.name),
                _ => String::new(),
            };
            cx.report(format!("`{}` must be {wanted}; JSONPath does not evaluate `{{% … %}}`", field.name))
                .help(format!("{HELP}{path}"));
        }
        // that of a `Timestamp` is no timestamp, and another rule's
        FieldValue::DynamicText(Dynamic::Expression(text)) if field.name != "Timestamp" => {
            text_stays(cx, text.as_str());
        }
        FieldValue::Operand(_, Value::String(text)) => text_stays(cx, text),
        _ => {}
    }
}

fn entry(cx: &mut Context<'_>, _: &JsonObject, key: &str, value: &Value) {
    // under a `.$` key it is no path, which another rule reports
    if key.ends_with(".$") || cx.certain_language() != Some(QueryLanguage::JsonPath) {
        return;
    }
    match value {
        Value::String(text) => text_stays(cx, text),
        Value::Array(elements) => elements_stay(cx, elements, &mut Vec::new()),
        _ => {}
    }
}

/// Objects inside arrays have entries of their own.
fn elements_stay(cx: &mut Context<'_>, elements: &[Value], outer: &mut Vec<usize>) {
    for (index, element) in elements.iter().enumerate() {
        match element {
            Value::String(text) if is_expression(text) => {
                let mut report = warn(cx);
                for index in outer.iter().copied() {
                    report = report.index(index);
                }
                report.index(index);
            }
            Value::Array(inner) => {
                outer.push(index);
                elements_stay(cx, inner, outer);
                outer.pop();
            }
            _ => {}
        }
    }
}

fn text_stays(cx: &mut Context<'_>, text: &str) {
    if is_expression(text) {
        warn(cx);
    }
}

fn warn<'c>(cx: &'c mut Context<'_>) -> Report<'c> {
    cx.report("JSONPath does not evaluate `{% … %}`: it stays as text").help(HELP).warning()
}

fn is_expression(text: &str) -> bool {
    text.starts_with("{%") && text.ends_with("%}")
}
