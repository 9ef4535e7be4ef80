//! Places as the service writes them, `/States/Ask/Choices[0]/Next`, beside ours.
//!
//! The service inserts names as they are, puts indices into brackets, and names the *object* where a field is
//! missing, too much, or of the other query language; we name the field where it is in the text.

use asl_core::diagnostic::Pointer;
use asl_core::model::WorkflowType;
use serde_json::Value;

use super::{Outcome, errors, findings};

/// Why the service refuses a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What it says, with its code before it where one was recorded.
    pub message: String,
    /// Where: a path, or something else (`null`, line and column), or not recorded.
    pub place: Option<String>,
}

impl Refusal {
    /// The refusals in what the service answers to `CreateStateMachine`, or in a report of it:
    /// `CODE: message at /place, CODE: message at /place`.
    #[must_use]
    pub fn all(text: &str) -> Vec<Self> {
        let text = text.strip_prefix("Invalid State Machine Definition: '").unwrap_or(text);
        let text = text.strip_suffix('\'').unwrap_or(text);
        let mut starts: Vec<usize> = text
            .match_indices(", ")
            .map(|(at, separator)| at + separator.len())
            .filter(|start| starts_with_code(&text[*start..]))
            .collect();
        starts.insert(0, 0);
        starts.push(text.len());
        starts.windows(2).map(|ends| Self::one(text[ends[0]..ends[1]].trim_end_matches(", "))).collect()
    }

    fn one(text: &str) -> Self {
        // a report may put the place before the message: `CODE at /: message`
        if let Some((code, rest)) = text.split_once(" at /").filter(|(code, _)| !code.contains(' '))
            && let Some((place, message)) = rest.split_once(": ")
        {
            return Self { message: format!("{code}: {message}"), place: Some(format!("/{place}")) };
        }
        let (message, place) = match text.rsplit_once(" at ") {
            Some((message, place)) if place.starts_with('/') || place == "null" => (message, Some(place)),
            _ => (text, None),
        };
        Self { message: message.to_owned(), place: place.map(str::to_owned) }
    }

    /// A diagnostic of `ValidateStateMachineDefinition`.
    #[must_use]
    pub fn from_diagnostic(diagnostic: &Value) -> Self {
        let text = |key: &str| diagnostic[key].as_str().map(str::to_owned);
        let message = text("message").unwrap_or_default();
        Self { message, place: text("location") }
    }

    /// Whether the service's place is the object that holds the place of a finding of ours.
    ///
    /// Fields that are missing, too much or of the other language, and entries of a payload, are named by what
    /// holds them. Where the field is not in the text our place is that object already, so [`agrees`] takes both.
    fn names_the_object(&self) -> bool {
        const ABOUT_THE_OBJECT: &[&str] = &[
            "These fields are required: ",
            "is required but was missing",
            "' is not supported",
            "only one of the following fields",
            "is only supported for the '",
            "'QueryLanguage' can not be ",
            "must be a valid JSONPath or a valid intrinsic function call",
            "must be a valid JSONPath",
            "States.ALL must appear alone",
        ];
        ABOUT_THE_OBJECT.iter().any(|words| self.message.contains(words))
    }
}

/// `SCHEMA_VALIDATION_FAILED: …`
fn starts_with_code(text: &str) -> bool {
    let letters = text.bytes().take_while(|byte| byte.is_ascii_uppercase() || *byte == b'_').count();
    letters > 3 && text[letters..].starts_with(": ")
}

/// A place of ours in the service's words: `/` for the whole, names as they are, indices in brackets.
///
/// The document tells an index from a field whose name is a number.
#[must_use]
pub fn in_the_services_words(document: &Value, at: &Pointer) -> String {
    let mut path = String::new();
    let mut node = Some(document);
    for segment in at.segments() {
        let index = node.filter(|node| node.is_array()).and_then(|_| segment.parse::<usize>().ok());
        node = if let Some(index) = index {
            path = format!("{path}[{index}]");
            node.and_then(|node| node.get(index))
        } else {
            path = format!("{path}/{segment}");
            node.and_then(|node| node.get(&*segment))
        };
    }
    if path.is_empty() { "/".to_owned() } else { path }
}

/// Whether a finding of ours at a place is where the service says it is.
#[must_use]
pub fn agrees(document: &Value, refusal: &Refusal, at: &Pointer) -> bool {
    let Some(place) = &refusal.place else { return false };
    in_the_services_words(document, at) == *place
        || refusal.names_the_object()
            && at.parent().is_some_and(|object| in_the_services_words(document, &object) == *place)
}

/// Whether we have an error where the service has one.
pub(super) fn compare(text: &[u8], workflow_type: WorkflowType, recorded: &Refusal) -> Outcome {
    let place = match recorded.place.as_deref() {
        None => return Outcome::Skipped("the service's place was not recorded"),
        Some("null") => return Outcome::Skipped("the service names no place"),
        Some(place) => place,
    };
    let Ok(document) = serde_json::from_slice::<Value>(text) else {
        return Outcome::Skipped("the text is no JSON");
    };
    let found = findings(text, workflow_type).unwrap_or_default();
    if errors(&found).any(|finding| agrees(&document, recorded, &finding.at)) {
        return Outcome::Passed;
    }
    let ours: Vec<String> =
        errors(&found).map(|finding| format!("{} at {}", finding.code, finding.at)).collect();
    let ours = if ours.is_empty() { "no error".to_owned() } else { ours.join(", ") };
    Outcome::Failed(format!("the service says `{}` at {place}, we say {ours}", recorded.message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(pointer: &str) -> Pointer {
        Pointer::new(pointer)
    }

    #[track_caller]
    fn check_read(text: &str, expected: &[(&str, Option<&str>)]) {
        let read = Refusal::all(text);
        let read: Vec<_> = read.iter().map(|it| (it.message.as_str(), it.place.as_deref())).collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn an_answer_of_the_service_is_split_into_its_refusals() {
        check_read(
            "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: C, at last at \
             /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null'",
            &[
                ("MISSING_TRANSITION_TARGET: Missing 'Next' target: C, at last", Some("/States/A/Next")),
                ("MISSING_END_STATE: Workflow has no terminal state", Some("null")),
            ],
        );
        check_read(
            "Field 'X' is not supported at /States/S",
            &[("Field 'X' is not supported", Some("/States/S"))],
        );
        check_read(
            "CODE_A at /: These fields are required: [States, StartAt]",
            &[("CODE_A: These fields are required: [States, StartAt]", Some("/"))],
        );
        check_read("refused at definition time", &[("refused at definition time", None)]);
    }

    #[test]
    fn a_place_of_ours_is_spelt_as_the_service_spells_it() {
        let document = json!({"States": {"a/b": {"Choices": [{"And": [{}, {}]}]}, "0": {"Type": "Pass"}}});
        let spelt = |pointer| in_the_services_words(&document, &at(pointer));
        assert_eq!(spelt(""), "/");
        assert_eq!(spelt("/States/a~1b/Choices/0/And/1/Next"), "/States/a/b/Choices[0]/And[1]/Next");
        assert_eq!(spelt("/States/0/Type"), "/States/0/Type");
        assert_eq!(spelt("/States/none/0"), "/States/none/0");
    }

    #[test]
    fn only_refusals_about_the_object_are_looked_for_one_level_up() {
        let document = json!({"States": {"S": {"Type": "Wait", "ResultPath": "$", "Seconds": -1}}});
        let refusal = |text| Refusal::all(text).remove(0);
        let unsupported = refusal("Field 'ResultPath' is not supported at /States/S");
        assert!(agrees(&document, &unsupported, &at("/States/S/ResultPath")));
        assert!(agrees(&document, &unsupported, &at("/States/S")));
        assert!(!agrees(&document, &unsupported, &at("/States")));
        let minimum = refusal("Minimum value is 0 at /States/S/Seconds");
        assert!(agrees(&document, &minimum, &at("/States/S/Seconds")));
        let elsewhere = refusal("Minimum value is 0 at /States/S");
        assert!(!agrees(&document, &elsewhere, &at("/States/S/Seconds")));
    }
}
