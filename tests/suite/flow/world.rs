//! What both kinds of run meet: what a task answers, and how long it takes, follows from what it is asked and when.
//!
//! So both may ask in any order, and branches that run at the same time need no agreement.

use std::collections::BTreeMap;

use serde_json::Value;

/// What ends a run without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) error: String,
    /// None if the service gives none.
    pub(crate) cause: Option<String>,
    /// A missed heartbeat is a `States.Timeout` that has a second name.
    pub(crate) is_heartbeat: bool,
}

impl Failure {
    pub(crate) fn new(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Self { error: error.into(), cause: Some(cause.into()), is_heartbeat: false }
    }

    pub(crate) fn timeout(is_heartbeat: bool) -> Self {
        Self { error: "States.Timeout".to_owned(), cause: None, is_heartbeat }
    }
}

/// What may come of a task.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    Gives(Value),
    Fails(Failure),
    /// It never answers.
    Hangs,
}

/// One attempt of a task.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Attempt {
    /// In milliseconds since the beginning.
    pub(crate) time: i64,
    pub(crate) text: String,
}

/// Outcomes by function or resource.
pub(crate) type Outcomes = BTreeMap<String, Vec<Outcome>>;

#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) outcomes: Outcomes,
}

impl World {
    /// What a task answers, and after how many milliseconds.
    pub(crate) fn answer(&self, resource: &str, arguments: &Value, time: i64) -> (i64, Outcome) {
        let is_lambda = resource.ends_with("lambda:invoke");
        let name = arguments["FunctionName"].as_str().filter(|_| is_lambda).unwrap_or(resource);
        let text = without_identifiers(&format!("{name} {arguments} {time}"));
        let mixed = text.bytes().fold(self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15), |mixed, byte| {
            (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3).rotate_left(23)
        });
        // never a whole second, so no answer comes at the very moment of a timeout
        let after = 1 + i64::try_from(mixed % 990).expect("a small number");
        let outcomes = self.outcomes.get(name).map_or(&[][..], Vec::as_slice);
        let choice = usize::try_from((mixed >> 20) % outcomes.len().max(1) as u64).expect("a small number");
        match outcomes.get(choice) {
            Some(Outcome::Gives(value)) if is_lambda => {
                (after, Outcome::Gives(serde_json::json!({ "Payload": value })))
            }
            Some(outcome) => (after, outcome.clone()),
            None if is_lambda => (after, Outcome::Gives(serde_json::json!({"Payload": null}))),
            None => (after, Outcome::Gives(Value::Null)),
        }
    }
}

/// The attempt of a task, as both kinds of run write it down.
pub(crate) fn attempt(time: i64, resource: &str, arguments: &Value, credentials: Option<&Value>) -> Attempt {
    let role = credentials.map_or_else(String::new, |role| format!(" as {role}"));
    Attempt { time, text: format!("{resource} {arguments}{role}") }
}

/// The text with all identifiers (`$uuid()`) alike.
fn without_identifiers(text: &str) -> String {
    renamed(text, &mut |_| "an identifier".to_owned())
}

/// The texts with their identifiers numbered. An identifier is known by where it stands, not by its value: of what
/// happens at the same time, no order is told.
pub(crate) fn numbered(texts: &[String]) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    for text in texts {
        let (alike, mut count) = (without_identifiers(text), 0);
        renamed(text, &mut |identifier| {
            places.entry(identifier.to_owned()).or_default().push((alike.clone(), count));
            count += 1;
            String::new()
        });
    }
    let mut known: Vec<_> = places
        .into_iter()
        .map(|(identifier, mut places)| {
            places.sort();
            (places, identifier)
        })
        .collect();
    known.sort();
    let number = |identifier: &str| {
        let place = known.iter().position(|(_, one)| one == identifier).unwrap_or_default();
        format!("identifier {place}")
    };
    texts.iter().map(|text| renamed(text, &mut |identifier| number(identifier))).collect()
}

fn renamed(text: &str, name: &mut dyn FnMut(&str) -> String) -> String {
    const LENGTH: usize = 36;
    let is_identifier = |part: &str| {
        part.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    let mut renamed = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        match rest.get(..LENGTH) {
            Some(part) if is_identifier(part) => {
                renamed.push_str(&name(part));
                rest = &rest[LENGTH..];
            }
            _ => {
                renamed.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    renamed
}
