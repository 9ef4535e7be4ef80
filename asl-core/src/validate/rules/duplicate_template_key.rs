#![doc = include_str!("duplicate_template_key.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{JsonObject, Value};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0405"),
    name: "duplicate-template-key",
    severity: Severity::Error,
    aws: None,
    explain: include_str!("duplicate_template_key.md"),
    check: Check::TemplateEntry(check),
};

fn check(cx: &mut Context<'_>, object: &JsonObject, key: &str, _: &Value) {
    if let Some(name) = key.strip_suffix(".$")
        && object.contains_key(name)
    {
        let name = excerpt(name);
        cx.report(format!("both `{name}` and `{name}.$` give the field `{name}`"))
            .help("remove one of the two")
            .key();
    }
}
