#![doc = include_str!("invalid_state_name.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::syntax::contains_placeholder;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0201"),
    name: "invalid-state-name",
    severity: Severity::Error,
    aws: Some("INVALID_STATE_NAME"),
    explain: include_str!("invalid_state_name.md"),
    check: Check::State(check),
};

/// The longest name of a state, in characters.
const MAX_CHARACTERS: usize = 80;

fn check(cx: &mut Context<'_>, name: &str, _: &State) {
    let characters = if name.len() > MAX_CHARACTERS { name.chars().count() } else { name.len() };
    if name.is_empty() {
        cx.report("a state's name must not be empty").help("name the state for what it does").key();
    } else if characters > MAX_CHARACTERS && !contains_placeholder(name) {
        cx.report(format!(
            "a state's name has at most {MAX_CHARACTERS} characters, this one has {characters}"
        ))
        .help("shorten it, and say the rest in `Comment`")
        .key();
    }
    if let Some(control) = name.chars().find(|character| character.is_control()) {
        // DIFFERENCE: AWS knows names that are not valid, but publishes no rule; that these are some is a guess
        cx.report(format!("the state's name contains the control character U+{:04X}", u32::from(control)))
            .help("remove it")
            .key()
            .warning();
    }
}
