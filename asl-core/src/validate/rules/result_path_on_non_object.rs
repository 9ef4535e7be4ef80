#![doc = include_str!("result_path_on_non_object.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::shapes::{Fact, Observation};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0433"),
    name: "result-path-on-non-object",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("result_path_on_non_object.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    for Observation { at, fact, .. } in cx.observations(state) {
        if let Fact::NotAnObject { path, found } = fact {
            cx.report(format!(
                "`ResultPath` cannot put the result at `{}`: the input of the state is {found}",
                excerpt(&path)
            ))
            .help("leave `ResultPath` out to pass on the result alone, or make the input an object")
            .below(at.as_str());
        }
    }
}
