#![doc = include_str!("no_dollar.md")]

use crate::diagnostic::{Code, Replacement, Severity};
use crate::model::{JsonObject, Value};
use crate::validate::context::Context;
use crate::validate::likeness::{is_like_call, is_like_path};
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0901"),
    name: "no-dollar",
    severity: Severity::Warning,
    aws: Some("NO_DOLLAR"),
    explain: include_str!("no_dollar.md"),
    check: Check::TemplateEntry(check),
};

fn check(cx: &mut Context<'_>, _: &JsonObject, key: &str, value: &Value) {
    let Value::String(text) = value else { return };
    if key.ends_with(".$") {
        return;
    }
    let what = if is_like_path(text) {
        "a path"
    } else if is_like_call(text) {
        "a call of an intrinsic function"
    } else {
        return;
    };
    cx.report(format!("`{}` looks like {what}, but stays text: the key has no `.$`", excerpt(text)))
        .help(format!("rename the key to `{key}.$`"))
        .key()
        .fix(Some(Replacement::Key(format!("{key}.$"))));
}
