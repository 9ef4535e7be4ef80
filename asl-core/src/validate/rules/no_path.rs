#![doc = include_str!("no_path.md")]

use crate::diagnostic::{Code, Replacement, Severity};
use crate::model::{Comparator, Dynamic, Field, FieldValue, QueryLanguage, Value};
use crate::validate::context::Context;
use crate::validate::likeness::{is_like_call, is_like_path};
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0902"),
    name: "no-path",
    severity: Severity::Warning,
    aws: Some("NO_PATH"),
    explain: include_str!("no_path.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, _: &'static Field, value: FieldValue<'_>) {
    let text = match value {
        // `Error`, `Cause` and `Timestamp`; a number's text is of the wrong type anyway
        FieldValue::DynamicText(Dynamic::Literal(text)) if is_like_path(text) => text,
        FieldValue::DynamicText(Dynamic::Literal(text)) if takes_calls(cx.key()) && is_like_call(text) => {
            text
        }
        FieldValue::Operand(comparator, Value::String(text))
            if is_like_path(text) && has_path_form(comparator) =>
        {
            text
        }
        _ => return,
    };
    if cx.certain_language() != Some(QueryLanguage::JsonPath) {
        return;
    }
    let name = cx.key();
    cx.report(format!("`{}` looks like a path, but `{name}` takes it as text", excerpt(text)))
        .help(format!("write `{name}Path`"))
        .fix(Some(Replacement::Key(format!("{name}Path"))));
}

/// Whether the field's form with `Path` takes intrinsic functions too.
fn takes_calls(name: &str) -> bool {
    matches!(name, "Error" | "Cause")
}

fn has_path_form(comparator: Comparator) -> bool {
    Comparator::from_name(&format!("{comparator}Path")).is_some()
}
