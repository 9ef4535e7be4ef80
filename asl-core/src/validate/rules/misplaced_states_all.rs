#![doc = include_str!("misplaced_states_all.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::syntax::PredefinedErrorName;
use crate::validate::context::Context;
use crate::validate::handlers::{Names, each_list};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0501"),
    name: "misplaced-states-all",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("misplaced_states_all.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    each_list(state, |field, noun, names| handlers(cx, field, noun, names));
}

fn handlers(cx: &mut Context<'_>, field: &str, noun: &str, handlers: &mut Names<'_, '_>) {
    let all = PredefinedErrorName::All.name();
    let last = handlers.len().saturating_sub(1);
    for (index, names) in handlers.enumerate() {
        let Some(place) = names.iter().position(|name| name == all) else { continue };
        if names.len() > 1 {
            cx.report(format!("`{all}` must stand alone in its `ErrorEquals`"))
                .help(format!(
                    "it matches every error; remove the other names, or give them a {noun} before it"
                ))
                .field(field)
                .index(index)
                .field("ErrorEquals")
                .index(place);
        }
        if index < last {
            cx.report(format!("`{all}` must stand in the last {noun}"))
                .help(format!("move this {noun} to the end of `{field}`; those behind it are never reached"))
                .field(field)
                .index(index)
                .field("ErrorEquals")
                .index(place);
        }
    }
}
