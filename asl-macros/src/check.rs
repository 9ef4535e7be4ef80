//! The one validator, and its findings at the user's tokens.

use std::collections::HashMap;
use std::ops::Range;

use asl_core::diagnostic::{Diagnostic, Part, Pointer, Severity};
use asl_core::model::WorkflowType;

use crate::errors::{Errors, Place, with_help};
use crate::lower::json::{Content, Hole, Lowered, Role, Spot, Written};

/// A definition without errors.
#[derive(Debug)]
pub(crate) struct Checked {
    /// Canonical JSON without white space.
    pub(crate) json: String,
    pub(crate) workflow_type: WorkflowType,
    /// Where Rust values go, as JSON Pointers.
    pub(crate) holes: Vec<(String, Hole)>,
    pub(crate) warnings: Vec<Warning>,
}

/// What is legal, but likely not meant.
#[derive(Debug)]
pub(crate) struct Warning {
    pub(crate) place: Place,
    pub(crate) message: String,
}

/// Validates a definition; what is an error is noted.
pub(crate) fn check(errors: &mut Errors, lowered: Lowered, workflow_type: WorkflowType) -> Checked {
    let Lowered { machine, holes } = lowered;
    let Written { text, spots, holes: pointers } = machine.write();
    let mut checked = Checked { json: String::new(), workflow_type, holes: Vec::new(), warnings: Vec::new() };
    let decoded = match asl_core::decode(&text) {
        Ok(decoded) => decoded,
        Err(error) => {
            errors.push(Place::call(), message(&error.to_diagnostic(), None));
            return checked;
        }
    };
    checked.holes = pointers.into_iter().zip(holes).collect();
    for finding in decoded.all_findings(workflow_type) {
        if depends_on_hole(&finding, &checked.holes) {
            continue;
        }
        let (place, text) = locate(&finding, &spots);
        let message = message(&finding, text);
        match finding.severity {
            Severity::Error => {
                errors.push(place, message);
            }
            _ => checked.warnings.push(Warning { place, message }),
        }
    }
    checked.json = asl_core::encode::to_string(&decoded.machine);
    checked
}

/// The findings about flow that a Rust value could make untrue; that a name has no state stays true.
const FLOW: &str = "ASL03";
const UNKNOWN_NEXT_STATE: &str = "ASL0301";

/// Whether a finding is about a Rust value, or may vanish with it: then it waits until the value is there.
fn depends_on_hole(finding: &Diagnostic, holes: &[(String, Hole)]) -> bool {
    holes.iter().any(|(pointer, hole)| {
        let at = finding.at.as_str();
        let affected = match hole.role {
            Role::Content => false,
            Role::Flow => is_around(finding, pointer) || is_flow(finding),
            Role::Shape => is_flow(finding) || is_in(at, state(pointer)),
        };
        affected || is_in(at, pointer)
    })
}

/// Whether a finding says something about the object that a pointer is a field of.
fn is_around(finding: &Diagnostic, pointer: &str) -> bool {
    finding.part == Part::Value
        && pointer.rsplit_once('/').is_some_and(|(parent, _)| parent == finding.at.as_str())
}

/// Whether a finding follows from which states run before which.
fn is_flow(finding: &Diagnostic) -> bool {
    let code = finding.code.as_str();
    let is_about_variables =
        asl_core::validate::rule(code).is_some_and(|rule| rule.name.contains("variable"));
    is_about_variables || (code.starts_with(FLOW) && code != UNKNOWN_NEXT_STATE)
}

/// Whether a place is another one, or inside it.
fn is_in(place: &str, other: &str) -> bool {
    place.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The state around a place, or the machine.
fn state(pointer: &str) -> &str {
    const STATES: &str = "/States/";
    let Some(at) = pointer.rfind(STATES) else { return "" };
    let name = at + STATES.len();
    pointer[name..].find('/').map_or("", |end| &pointer[..name + end])
}

/// Where a finding stands in the source, and the text that it is about part of.
pub(crate) fn locate<'s>(
    finding: &'s Diagnostic,
    spots: &'s HashMap<String, Spot>,
) -> (Place, Option<(&'s str, &'s Range<usize>)>) {
    let Some(spot) = spots.get(finding.at.as_str()) else {
        return (nearest(&finding.at, spots), None);
    };
    match (&finding.part, &spot.content) {
        (Part::Within(range), Content::Text(text)) if text.pieces.is_empty() => {
            (spot.value, Some((text.value.as_str(), range)))
        }
        (Part::Within(range), Content::Text(text)) => {
            (within(&text.pieces, range).unwrap_or(spot.value), None)
        }
        (Part::Key, _) | (_, Content::Container) => (spot.key.unwrap_or(spot.value), None),
        (Part::Value | Part::Within(_), Content::Scalar | Content::Text(_)) => (spot.value, None),
    }
}

/// The place of the nearest thing around a pointer that is in the source.
fn nearest(at: &Pointer, spots: &HashMap<String, Spot>) -> Place {
    let mut around = at.parent();
    while let Some(pointer) = around {
        if let Some(spot) = spots.get(pointer.as_str()) {
            return spot.key.unwrap_or(spot.value);
        }
        around = pointer.parent();
    }
    Place::call()
}

/// The tokens that say these bytes of a text; the last one for what is missing at its end.
fn within(pieces: &[(Range<usize>, proc_macro2::Span)], range: &Range<usize>) -> Option<Place> {
    let mut touched = pieces.iter().filter(|(piece, _)| piece.start < range.end && range.start < piece.end);
    let first = touched
        .next()
        .or_else(|| pieces.iter().find(|(piece, _)| range.start < piece.end))
        .or(pieces.last())?;
    let last = touched.next_back().unwrap_or(first);
    Some(Place::from(first.1).to(last.1.into()))
}

/// A finding as rustc shows it; for a part of a string literal with the part marked, as rustc can underline only
/// the whole literal.
pub(crate) fn message(finding: &Diagnostic, excerpt: Option<(&str, &Range<usize>)>) -> String {
    let mut message = format!("[{}] {}", finding.code, finding.message);
    if let Some(marked) = excerpt.and_then(|(text, range)| mark(text, range)) {
        message.push_str(&marked);
    }
    with_help(&message, finding.help.as_deref())
}

/// The line of a text on which a range begins, and carets under the range.
fn mark(text: &str, range: &Range<usize>) -> Option<String> {
    if range.start == 0 && range.end >= text.len() {
        return None;
    }
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.start..].find('\n').map_or(text.len(), |at| range.start + at);
    let before = text[start..range.start].chars().count();
    let marked = text.get(range.start..range.end.min(end))?.chars().count().max(1);
    Some(format!("\n  {}\n  {}{}", &text[start..end], " ".repeat(before), "^".repeat(marked)))
}
