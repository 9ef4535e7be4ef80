#![doc = include_str!("definition_too_large.md")]

use std::io;

use crate::diagnostic::{Code, Severity};
use crate::model::StateMachine;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0113"),
    name: "definition-too-large",
    severity: Severity::Error,
    aws: None,
    explain: include_str!("definition_too_large.md"),
    check: Check::Machine(check),
};

/// The longest definition that the API takes, in characters.
pub(super) const MAX_CHARACTERS: usize = 1_048_576;

fn check(cx: &mut Context<'_>, machine: &StateMachine) {
    let characters = characters(machine);
    if characters > MAX_CHARACTERS {
        cx.report(format!(
            "the definition has {characters} characters without white space, and AWS takes at most {MAX_CHARACTERS}"
        ))
        .help("move a part into a state machine of its own, and long constants into S3");
    }
}

/// How many characters a definition has without white space.
pub(super) fn characters(machine: &StateMachine) -> usize {
    let mut counter = CharacterCounter(0);
    // counting cannot fail, and keys are strings
    if serde_json::to_writer(&mut counter, machine).is_ok() { counter.0 } else { 0 }
}

/// Counts the characters of UTF-8 text and keeps none.
struct CharacterCounter(usize);

impl io::Write for CharacterCounter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // all bytes of a character but the first begin with the bits 10
        self.0 += bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
