#![doc = include_str!("invalid_variable_name.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Field, FieldValue};
use crate::syntax::{contains_placeholder, is_variable_name};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::variables::assigned_name;
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0203"),
    name: "invalid-variable-name",
    severity: Severity::Error,
    aws: Some("INVALID_VARIABLE_NAME"),
    explain: include_str!("invalid_variable_name.md"),
    check: Check::Field(check),
};

/// The longest name of a variable, in characters.
const MAX_CHARACTERS: usize = 80;

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    let ("Assign", FieldValue::JsonObject(object)) = (field.name, value) else { return };
    for key in object.keys() {
        let name = assigned_name(cx.certain_language(), key);
        if contains_placeholder(name) {
            continue;
        }
        if !is_variable_name(name) {
            report(cx, key, name);
        } else if name.len() > MAX_CHARACTERS && name.chars().count() > MAX_CHARACTERS {
            let characters = name.chars().count();
            cx.report(format!(
                "a variable's name has at most {MAX_CHARACTERS} characters, this one has {characters}"
            ))
            .help("shorten it")
            .field(key)
            .key();
        }
    }
}

fn report(cx: &mut Context<'_>, key: &str, name: &str) {
    if name.is_empty() {
        cx.report("the name of a variable must not be empty").help("name the variable").field(key).key();
        return;
    }
    if name.starts_with('_') && is_variable_name(&format!("a{name}")) {
        // DIFFERENCE: the documentation asks for a letter, but nobody recorded that AWS refuses this
        cx.report(format!("the variable name `{}` begins with `_`", excerpt(name)))
            .help("begin it with a letter; the documentation allows nothing else")
            .field(key)
            .key()
            .warning();
        return;
    }
    let help = if let Some(plain) = name.strip_suffix(".$") {
        format!("write `{}`; a key ends in `.$` in JSONPath only", excerpt(plain))
    } else if let Some(plain) = name.strip_prefix('$') {
        format!("write `{}`; the `$` belongs where the variable is read", excerpt(plain))
    } else if name.contains(['.', '[']) {
        "set the whole variable; no part of it can be set".to_owned()
    } else {
        "write a letter, then letters, digits and `_`".to_owned()
    };
    let report =
        cx.report(format!("`{}` is not the name of a variable", excerpt(name))).help(help).field(key).key();
    // of other scripts AWS may take more signs than we know
    if name.chars().all(|sign| !sign.is_ascii() || sign.is_ascii_alphanumeric() || sign == '_')
        && !name.starts_with(|first: char| first.is_ascii_digit())
    {
        report.warning();
    }
}
