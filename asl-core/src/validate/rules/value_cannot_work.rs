#![doc = include_str!("value_cannot_work.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::shapes::{Fact, Observation};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0432"),
    name: "value-cannot-work",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("value_cannot_work.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    for Observation { at, within, fact } in cx.observations(state) {
        if let Fact::CannotWork { value, found, wanted } = fact {
            let message = format!("`{}` is {found}, where {wanted} is wanted", excerpt(&value));
            let report = cx
                .report(message)
                .help(format!("give {wanted}; the execution fails here otherwise"))
                .below(at.as_str());
            if let Some(bytes) = within {
                report.within(bytes);
            }
        }
    }
}
