#![doc = include_str!("unavailable_states_field.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Object, State};
use crate::validate::context::{Context, Step};
use crate::validate::expression::ExpressionText;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{did_you_mean, excerpt, list, with_article};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0416"),
    name: "unavailable-states-field",
    severity: Severity::Error,
    aws: Some("UNSUPPORTED_JSONATA_EXPRESSION"),
    explain: include_str!("unavailable_states_field.md"),
    check: Check::Expression(check),
};

const FIELDS: &[&str] = &["input", "context", "result", "errorOutput"];

/// Where in a state an expression stands, as far as its `$states` goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In `Assign` or `Output` of a state that does work.
    AfterWork,
    /// In `Assign` or `Output` of a catcher.
    Catcher,
    Other,
}

fn check(cx: &mut Context<'_>, text: &ExpressionText<'_>) {
    for fields in text.states_fields() {
        let Some((field, span)) = fields.first() else { continue };
        let place = place(cx);
        let (message, help) = match *field {
            "input" | "context" => continue,
            "result" if place == Place::AfterWork => continue,
            "errorOutput" if place == Place::Catcher => continue,
            "result" => {
                (format!("`$states.result` does not exist {}", where_it_is(cx)), no_result(cx, place))
            }
            "errorOutput" => (
                format!("`$states.errorOutput` does not exist {}", where_it_is(cx)),
                "only `Assign` and `Output` of a catcher have it; hand it on from there".to_owned(),
            ),
            unknown => {
                // nobody recorded that AWS looks at the other names
                let known = format!("there are {}", list(FIELDS, "and"));
                cx.report(format!("`$states` has no field `{}`", excerpt(unknown)))
                    .help(known)
                    .maybe_help(did_you_mean(unknown, FIELDS.iter().copied()))
                    .within(ExpressionText::bytes(span))
                    .warning();
                continue;
            }
        };
        cx.report(message).help(help).within(ExpressionText::bytes(span));
    }
}

fn place(cx: &Context<'_>) -> Place {
    let is_after = |field: &str| matches!(field, "Assign" | "Output");
    let does_work = matches!(cx.state(), Some((_, State::Task(_) | State::Parallel(_) | State::Map(_))));
    match cx.below_state() {
        [Step::Field(field), ..] if is_after(field) && does_work => Place::AfterWork,
        [Step::Field("Catch"), Step::Index(_), Step::Field(field), ..] if is_after(field) => Place::Catcher,
        _ => Place::Other,
    }
}

/// The place as a sentence names it: in `Output` of a Pass state.
fn where_it_is(cx: &Context<'_>) -> String {
    let owner = match (cx.below_state(), cx.state()) {
        ([Step::Field("Catch"), Step::Index(_), ..], _) => "a catcher".to_owned(),
        ([Step::Field("Choices"), Step::Index(_), ..], _) => "a Choice rule".to_owned(),
        (_, Some((_, state))) => with_article(state.kind()),
        (_, None) => return "here".to_owned(),
    };
    let mut fields = cx.below_state().iter().filter_map(|step| match step {
        Step::Field("Catch" | "Choices") | Step::Index(_) => None,
        Step::Field(name) => Some(*name),
    });
    format!("in `{}` of {owner}", fields.next().unwrap_or_default())
}

fn no_result(cx: &Context<'_>, place: Place) -> String {
    match (place, cx.state()) {
        (Place::Catcher, _) => "a state that failed has none; its error is `$states.errorOutput`".to_owned(),
        (_, Some((_, State::Task(_) | State::Parallel(_) | State::Map(_)))) => {
            "the state has none before its work is done; use it in `Assign` and `Output`".to_owned()
        }
        _ => "write `$states.input`; only Task, Parallel and Map states have a result".to_owned(),
    }
}
