#![doc = include_str!("missing_field.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Kind, Object};
use crate::validate::context::{Context, list};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0101"),
    name: "missing-field",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("missing_field.md"),
    check: Check::Object(check),
};

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    let kind = object.kind();
    let required = kind.fields().iter().filter(|field| field.required).count();
    if required == 0 {
        return;
    }
    let mut present: Vec<&str> = Vec::with_capacity(24);
    object.visit(&mut |name, _| present.push(name));
    let missing: Vec<&str> = kind
        .fields()
        .iter()
        .filter(|field| {
            field.required && !present.contains(&field.name) && !object.extra().contains(field.name)
        })
        .map(|field| field.name)
        .collect();
    if !missing.is_empty() {
        let (article, noun) = described(kind);
        cx.report(format!("{article} {noun} needs {}", list(&missing, "and")));
    }
}

fn described(kind: Kind) -> (&'static str, String) {
    let name = kind.name();
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    (article, if kind.is_state() { format!("{name} state") } else { name.to_owned() })
}
