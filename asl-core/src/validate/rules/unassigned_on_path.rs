#![doc = include_str!("unassigned_on_path.md")]

use crate::diagnostic::{Code, Severity};
use crate::validate::context::{Context, excerpt};
use crate::validate::rule::{Check, Rule};
use crate::validate::variables::{Judgement, Verdict};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0209"),
    name: "unassigned-on-path",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("unassigned_on_path.md"),
    check: Check::Variables(check),
};

/// How many states of a way a message names.
const MOST_STATES: usize = 6;

fn check(cx: &mut Context<'_>, judgement: &Judgement<'_, '_>) {
    for (reading, verdict) in judgement.doubts() {
        let Verdict::NotAlways { way } = verdict else { continue };
        let mut message =
            format!("the variable `${}` is not assigned on every way to here", excerpt(&reading.name));
        if !way.is_empty() {
            message.push_str(": not on ");
            message.push_str(&described(way));
        }
        cx.report(message)
            .help("give it a first value in a state that all ways pass")
            .below(reading.at.as_str())
            .within(reading.bytes.clone());
    }
}

/// A way as a message shows it, the middle of a long one left out.
fn described(way: &[&str]) -> String {
    let quoted = |states: &[&str]| {
        let quoted: Vec<String> = states.iter().map(|name| format!("`{}`", excerpt(name))).collect();
        quoted.join(" → ")
    };
    if way.len() <= MOST_STATES {
        return quoted(way);
    }
    let half = MOST_STATES / 2;
    format!("{} → … → {}", quoted(&way[..half]), quoted(&way[way.len() - half..]))
}
