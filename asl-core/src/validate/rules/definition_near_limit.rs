#![doc = include_str!("definition_near_limit.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::StateMachine;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

use super::definition_too_large::{MAX_CHARACTERS, characters};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0912"),
    name: "definition-near-limit",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("definition_near_limit.md"),
    check: Check::Machine(check),
};

fn check(cx: &mut Context<'_>, machine: &StateMachine) {
    let characters = characters(machine);
    if characters > MAX_CHARACTERS / 10 * 9 && characters <= MAX_CHARACTERS {
        let percent = characters * 100 / MAX_CHARACTERS;
        cx.report(format!(
            "the definition has {characters} characters without white space, {percent} % of what AWS takes"
        ))
        .help("move a part into a state machine of its own, before the next change is one too many");
    }
}
