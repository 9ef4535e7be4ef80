#![doc = include_str!("invalid_error_path.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Content, Field, FieldValue, QueryLanguage};
use crate::syntax::intrinsic::Kind;
use crate::syntax::{Intrinsic, ReferencePath};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0408"),
    name: "invalid-error-path",
    severity: Severity::Error,
    aws: None,
    explain: include_str!("invalid_error_path.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    if field.content == Content::PathOrIntrinsic
        && cx.language() == QueryLanguage::JsonPath
        && let FieldValue::Path(path) = value
    {
        path_or_call(cx, path.as_str());
    }
}

fn path_or_call(cx: &mut Context<'_>, text: &str) {
    let name = cx.key();
    if text.starts_with('$') {
        if let Err(error) = ReferencePath::parse(text) {
            cx.report_syntax(error);
        }
    } else if looks_like_call(text) {
        match Intrinsic::parse(text) {
            Err(error) => {
                cx.report_syntax(error);
            }
            Ok(call) if !call.function.returns_string() => {
                let report = match call.function.result() {
                    // the documentation leaves the function out, yet what it gives may well be a string
                    Kind::Any => cx
                        .report(format!("`{name}` must give a string, `{}` may give anything", call.function))
                        .warning(),
                    other => {
                        cx.report(format!("`{name}` must give a string, `{}` gives {other}", call.function))
                    }
                };
                report
                    .help("wrap it: `States.JsonToString(…)` or `States.Format('{}', …)`")
                    .within(call.span);
            }
            Ok(_) => {}
        }
    } else {
        let plain = name.strip_suffix("Path").unwrap_or(name);
        cx.report(format!("`{name}` takes a path or an intrinsic function, this is `{}`", excerpt(text)))
            .help(format!("write a path such as `$.error`, or `{plain}` for a text that stays as it is"))
            .within(0..text.len());
    }
}

fn looks_like_call(text: &str) -> bool {
    let name = text.split_once('(').map_or("", |(name, _)| name);
    text.starts_with("States.")
        || !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
}
