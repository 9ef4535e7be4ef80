//! Whole definitions: reading, judging, writing and drawing them.

use asl_core::decode::SourceMap;
use asl_core::diagnostic::{Diagnostic, Part};
use asl_core::model::{StateMachine, WorkflowType};
use asl_core::{decode, encode, render, validate};
use serde_json::Value;

const WORKFLOW_TYPES: [WorkflowType; 2] = [WorkflowType::Standard, WorkflowType::Express];

/// Reading, judging and writing any bytes ends without a panic, and what was read survives being written.
///
/// # Panics
///
/// If it does not hold.
pub fn any_bytes_are_read_or_refused(bytes: &[u8]) {
    match decode::decode_slice(bytes) {
        Ok(decoded) => a_machine_survives_writing(&decoded.machine),
        Err(error) => {
            let span = error.location.bytes;
            assert!(span.start <= span.end && span.end <= bytes.len(), "{span:?} is not in the text");
            assert!(!error.message.is_empty() && error.location.line > 0 && error.location.column > 0);
        }
    }
}

/// Writing a machine and reading it again gives the same machine, the same text and the same findings.
///
/// # Panics
///
/// If it does not hold.
pub fn a_machine_survives_writing(machine: &StateMachine) {
    let text = encode::to_string_pretty(machine);
    let again = decode::decode(&text).expect("what the encoder writes is JSON").machine;
    assert_eq!(*machine, again, "another machine came back from\n{text}");
    assert_eq!(text, encode::to_string_pretty(&again), "writing is not a fixed point");
    for workflow_type in WORKFLOW_TYPES {
        assert_eq!(
            validate::findings(machine, workflow_type),
            validate::findings(&again, workflow_type),
            "other findings in\n{text}"
        );
    }
}

/// Every finding and advice in any definition stands in its text, says something, and is found again; and the definition can
/// be drawn, however wrong it is, the same way each time.
///
/// # Panics
///
/// If it does not hold.
pub fn findings_stand_in_the_text(bytes: &[u8]) {
    let (Ok(text), Ok(decoded)) = (std::str::from_utf8(bytes), decode::decode_slice(bytes)) else { return };
    let document = serde_json::from_str::<Value>(text).ok();
    let map = SourceMap::new(text);
    for workflow_type in WORKFLOW_TYPES {
        let told = || {
            let mut findings = decoded.all_findings(workflow_type);
            findings.extend(validate::advice(&decoded.machine, workflow_type));
            findings
        };
        let findings = told();
        assert_eq!(findings, told(), "judging is not deterministic");
        let places: Vec<_> = findings.iter().map(|finding| map.locate(finding)).collect();
        assert_eq!(places, map.locate_all(&findings), "one by one, findings stand elsewhere");
        for (finding, place) in findings.iter().zip(places) {
            let is_text = text.get(place.bytes.clone()).is_some();
            assert!(is_text, "{finding} stands at {:?}, which is no part of the text", place.bytes);
            assert!(place.line > 0 && place.column > 0 && !finding.message.is_empty(), "{finding:?}");
            if let Some(document) = &document {
                span_stands_in_its_string(document, finding);
            }
        }
    }
    for draw in [render::mermaid, render::dot] {
        assert_eq!(draw(&decoded.machine), draw(&decoded.machine), "drawing is not deterministic");
    }
}

/// The bytes that a finding names are bytes of the string that stands at its place.
fn span_stands_in_its_string(document: &Value, finding: &Diagnostic) {
    let Part::Within(span) = &finding.part else { return };
    // of two keys with one name serde_json keeps the last, and the finding may be about the first
    let Some(Value::String(string)) = document.pointer(finding.at.as_str()) else { return };
    assert!(string.get(span.clone()).is_some(), "{finding} names {span:?} of {string:?}");
}
