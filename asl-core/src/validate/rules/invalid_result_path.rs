#![doc = include_str!("invalid_result_path.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Content, Field, FieldValue, PathOrNull, QueryLanguage};
use crate::syntax::{ReferencePath, Root};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0403"),
    name: "invalid-result-path",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("invalid_result_path.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    if field.content != Content::ResultPath || cx.language() != QueryLanguage::JsonPath {
        return;
    }
    let FieldValue::PathOrNull(PathOrNull::Path(path)) = value else { return };
    let path = match ReferencePath::parse(path.as_str()) {
        Ok(path) => path,
        Err(error) => {
            cx.report_syntax(error);
            return;
        }
    };
    let root = path.as_json_path().root_span();
    match path.root() {
        Root::Input | Root::Current | Root::Placeholder(_) => {}
        Root::Context => {
            cx.report("`ResultPath` writes into the state's input, and the Context Object cannot be written")
                .help("write a path that starts with `$.`")
                .within(root);
        }
        Root::Variable(name) => {
            cx.report(format!("`ResultPath` writes into the state's input, not into the variable `${name}`"))
                .help(format!("write `$.{name}`, or set the variable in `Assign`"))
                .within(root);
        }
    }
}
