#![doc = include_str!("invalid_reference_path.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Content, Field, FieldValue, OperandType, QueryLanguage, Value};
use crate::syntax::{ReferencePath, Root};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0402"),
    name: "invalid-reference-path",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("invalid_reference_path.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    if cx.language() != QueryLanguage::JsonPath {
        return;
    }
    match value {
        FieldValue::Path(path)
            if matches!(field.content, Content::ReferencePath | Content::InputReferencePath) =>
        {
            path_in(cx, field.content, path.as_str());
        }
        FieldValue::Operand(comparator, Value::String(path))
            if comparator.operand_type() == OperandType::Path =>
        {
            path_in(cx, Content::ReferencePath, path);
        }
        _ => {}
    }
}

fn path_in(cx: &mut Context<'_>, content: Content, text: &str) {
    match ReferencePath::parse(text) {
        Err(_) if text.starts_with("States.") => {
            let name = cx.key();
            cx.report(format!("`{name}` takes a Reference Path, not an intrinsic function"))
                .help("compute the value in a state before this one, and write the path to it here")
                .within(0..text.len());
        }
        Err(error) => {
            cx.report_syntax(error);
        }
        Ok(path) if content == Content::InputReferencePath && *path.root() == Root::Context => {
            let name = cx.key();
            cx.report(format!("`{name}` may not read the Context Object"))
                .help("put the value into the state's input or into a variable, and write the path to it")
                .within(path.as_json_path().root_span());
        }
        Ok(_) => {}
    }
}
