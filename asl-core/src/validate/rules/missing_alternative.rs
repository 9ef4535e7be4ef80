#![doc = include_str!("missing_alternative.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Comparator, FieldValue, Kind, Object, QueryLanguage};
use crate::validate::context::{Context, is_there_wrongly};
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{list, with_article};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0112"),
    name: "missing-alternative",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("missing_alternative.md"),
    check: Check::Object(check),
};

const UNTIL: &[&str] = &["Seconds", "Timestamp", "SecondsPath", "TimestampPath"];
const PROCESSOR: &[&str] = &["ItemProcessor", "Iterator"];
const TEST: &[&str] = &["Variable", "And", "Or", "Not", "Condition"];

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    let kind = object.kind();
    match kind {
        Kind::Wait if is_missing(object, UNTIL) => {
            let names = match cx.language() {
                QueryLanguage::JsonPath => UNTIL,
                QueryLanguage::Jsonata => &UNTIL[..2],
            };
            cx.report(format!("a Wait state needs {}", list(names, "or")))
                .help("write `\"Seconds\": …` for how long, or `\"Timestamp\": \"…\"` for until when");
        }
        Kind::Map if is_missing(object, PROCESSOR) => {
            cx.report("a Map state needs `ItemProcessor`").help(
                "write the machine that runs for each item: `{ \"StartAt\": \"…\", \"States\": { … } }`",
            );
        }
        Kind::ChoiceRule | Kind::NestedRule => check_rule(cx, object),
        _ => {}
    }
}

/// Whether none of the fields is there, not even in a wrong way.
fn is_missing(object: &dyn Object, names: &[&str]) -> bool {
    let mut is_there = false;
    object.visit(&mut |name, _| is_there |= names.contains(&name));
    !is_there && !names.iter().any(|name| is_there_wrongly(object.extra(), name))
}

fn check_rule(cx: &mut Context<'_>, object: &dyn Object) {
    let (mut test, mut comparator) = (None, None);
    object.visit(&mut |name, value| {
        if let FieldValue::Operand(found, _) = value {
            comparator = Some(found);
        } else if TEST.contains(&name) {
            test = Some(name);
        }
    });
    match (test, comparator) {
        (Some("Variable"), None) if cx.language() == QueryLanguage::JsonPath && !has_comparator(object) => {
            cx.report("`Variable` needs a comparator beside it")
                .help("write what to compare with, like `\"StringEquals\": \"…\"` or `\"IsPresent\": true`");
        }
        (Some(_), _) => {}
        (None, Some(comparator)) if cx.language() == QueryLanguage::JsonPath => {
            if !is_there_wrongly(object.extra(), "Variable") {
                cx.report(format!("the comparator `{comparator}` needs `Variable` beside it"))
                    .help("write what to compare: `\"Variable\": \"$.…\"`");
            }
        }
        (None, _) => {
            if TEST.iter().any(|name| is_there_wrongly(object.extra(), name)) || has_comparator(object) {
                return;
            }
            let (needs, help) = match cx.language() {
                QueryLanguage::Jsonata => ("`Condition`".to_owned(), "write `\"Condition\": \"{% … %}\"`"),
                QueryLanguage::JsonPath => (
                    list(&TEST[..4], "or"),
                    "write `\"Variable\": \"$.…\"` and a comparator, like `\"StringEquals\": \"…\"`",
                ),
            };
            cx.report(format!("{} needs {needs}", with_article(object.kind()))).help(help);
        }
    }
}

/// Whether a comparator stands there in some wrong way.
fn has_comparator(object: &dyn Object) -> bool {
    object
        .extra()
        .iter()
        .any(|field| crate::syntax::closest(&field.name, Comparator::NAMES.iter().copied()).is_some())
}
