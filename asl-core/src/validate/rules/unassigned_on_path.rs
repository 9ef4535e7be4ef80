#![doc = include_str!("unassigned_on_path.md")]

use crate::diagnostic::{Code, Severity};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::EdgePlace;
use crate::validate::variables::{Judgement, PathStep, Verdict};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0209"),
    name: "unassigned-on-path",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("unassigned_on_path.md"),
    check: Check::Variables(check),
};

fn check(cx: &mut Context<'_>, judgement: &Judgement<'_, '_>) {
    for (reading, verdict) in judgement.doubts() {
        let Verdict::NotAlways { path, is_shortened } = verdict else { continue };
        let name = excerpt(&reading.name);
        let message = match path.as_slice() {
            [] => format!("the variable `${name}` has no value on some path to here"),
            [_] => format!("the variable `${name}` has no value when the execution starts here"),
            _ => format!(
                "the variable `${name}` has no value if the execution comes by {}",
                described(path, *is_shortened)
            ),
        };
        cx.report(message)
            .help("assign it on every path to here, or give it a first value at the start")
            .below(reading.at.as_str())
            .within(reading.bytes.clone());
    }
}

/// A path as a message shows it.
fn described(path: &[PathStep<'_>], is_shortened: bool) -> String {
    let (last, before) = path.split_last().expect("a path that is described has states");
    let mut shown: Vec<String> = before
        .iter()
        .map(|step| match step.leaves_by {
            EdgePlace::Next => format!("`{}`", excerpt(step.state)),
            EdgePlace::Default => format!("`{}` (Default)", excerpt(step.state)),
            EdgePlace::Rule(index) => format!("`{}` (Choices {index})", excerpt(step.state)),
            EdgePlace::Catcher(index) => format!("`{}` (Catch {index})", excerpt(step.state)),
        })
        .collect();
    shown.push(format!("`{}`", excerpt(last.state)));
    if is_shortened {
        shown.insert(shown.len() / 2, "…".to_owned());
    }
    shown.join(" → ")
}
