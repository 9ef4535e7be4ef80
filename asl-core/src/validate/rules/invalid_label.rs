#![doc = include_str!("invalid_label.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Field, FieldValue};
use crate::syntax::contains_placeholder;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0205"),
    name: "invalid-label",
    severity: Severity::Error,
    aws: Some("INVALID_LABEL_NAME"),
    explain: include_str!("invalid_label.md"),
    check: Check::Field(check),
};

/// The longest label, in characters.
const MAX_CHARACTERS: usize = 40;

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    let ("Label", FieldValue::Text(label)) = (field.name, value) else { return };
    if contains_placeholder(label) {
        return;
    }
    let characters = label.chars().count();
    if label.is_empty() {
        cx.report("a label must not be empty").help("leave `Label` out to let AWS make one");
    } else if characters > MAX_CHARACTERS {
        cx.report(format!("a label has at most {MAX_CHARACTERS} characters, this one has {characters}"))
            .help("shorten it");
    }
    if let Some((at, bad)) = label.char_indices().find(|(_, character)| is_excluded(*character)) {
        cx.report(format!("a label must not contain {}", shown(bad)))
            .help("use letters, digits, `-` and `_`")
            .within(at..at + bad.len_utf8());
    }
}

fn is_excluded(character: char) -> bool {
    character.is_whitespace() || character.is_control() || "?*<>{}[]:;,\\|^~$#%&`\"".contains(character)
}

fn shown(character: char) -> String {
    match character {
        ' ' => "a space".to_owned(),
        '`' => "a back tick".to_owned(),
        other if other.is_whitespace() || other.is_control() => {
            format!("the character U+{:04X}", u32::from(other))
        }
        other => format!("`{other}`"),
    }
}
