//! How messages say things: names in a list, values, objects with their article, and what may have been meant.

use crate::model::{Kind, Value};

pub(super) use crate::syntax::excerpt;

/// "did you mean" for a word that is not one of the known ones.
pub(super) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    crate::syntax::closest(word, known.into_iter()).map(|close| format!("did you mean `{close}`?"))
}

/// The one known word that a word can have been meant to be, for a fix: what [`did_you_mean`] asks, this answers.
pub(super) fn surely_meant<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    crate::syntax::closest_alone(word, known)
}

/// An object as a sentence names it: a Task state, an ItemProcessor.
pub(super) fn with_article(kind: Kind) -> String {
    let name = kind.name();
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    format!("{article} {name}{}", if Kind::STATES.contains(&kind) { " state" } else { "" })
}

/// Names as a list for people: `a`, `b` and `c`.
pub(super) fn list(names: &[&str], and: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} {and} {last}", others.join(", ")),
    }
}

/// A value as a message names it: short ones are quoted.
pub(super) fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("the boolean {flag}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the string `{}`", excerpt(text)),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
