#![doc = include_str!("next_or_end.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Object, State, Transition};
use crate::validate::context::{Context, is_there_wrongly};
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::with_article;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0106"),
    name: "next-or-end",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("next_or_end.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let Some(Transition::Irregular { next, end }) = state.transition() else { return };
    match (next, end) {
        // legal: it does not end, it goes on
        (Some(_), Some(false) | None) | (None, Some(true)) => {}
        (Some(next), Some(true)) => {
            cx.report("a state has `Next` or `End`, not both")
                .help(format!("remove `End` to go on to `{next}`, or remove `Next` to end here"))
                .field("End")
                .key();
        }
        (None, Some(false)) => {
            cx.report("`\"End\": false` does not say where to go")
                .help("write `\"Next\": \"…\"` with the state that follows")
                .field("End");
        }
        (None, None) => {
            let extra = state.extra();
            if !is_there_wrongly(extra, "Next") && !is_there_wrongly(extra, "End") {
                cx.report(format!("{} needs `Next` or `End`", with_article(state.kind())))
                    .help("write `\"Next\": \"…\"` with the state that follows, or `\"End\": true`");
            }
        }
    }
}
