#![doc = include_str!("invalid_path.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Content, Field, FieldValue, PathOrNull, QueryLanguage};
use crate::syntax::JsonPath;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0401"),
    name: "invalid-path",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("invalid_path.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    if field.content == Content::Path
        && cx.language() == QueryLanguage::JsonPath
        && let FieldValue::PathOrNull(PathOrNull::Path(path)) = value
        && let Err(error) = JsonPath::parse(path.as_str())
    {
        cx.report_syntax(error);
    }
}
