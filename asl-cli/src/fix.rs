//! Edits of a definition's text: only the bytes that are wrong change.

use std::ops::Range;

use asl_core::decode::SourceMap;
use asl_core::diagnostic::{Code, Diagnostic, Fix, Pointer, Replacement, Severity};

/// A text that is better than it was.
pub(crate) struct Fixed {
    pub(crate) text: String,
    /// How many findings were mended.
    pub(crate) count: usize,
}

/// One edit can show the next fault: a state whose `Type` is right now is looked into.
const ROUNDS: usize = 10;
/// How often edits are tried one by one, after all together made it worse.
const TRIES: usize = 200;

/// One edit, and what it is for.
struct Edit {
    bytes: Range<usize>,
    text: String,
    mends: (Code, Pointer),
}

/// Makes the edits of all findings, looks again, and goes on until nothing is left to do.
///
/// `check` gives the findings of a text, or `None` if it cannot be read. An edit after which there are more errors,
/// or the same finding again, is not made.
pub(crate) fn fix(text: &str, check: impl Fn(&str) -> Option<Vec<Diagnostic>>) -> Option<Fixed> {
    let mut findings = check(text)?;
    let mut fixed = Fixed { text: text.to_owned(), count: 0 };
    let mut given_up: Vec<(Code, Pointer)> = Vec::new();
    let mut tries = 0;
    for _ in 0..ROUNDS {
        let mut edits = edits(&fixed.text, &findings);
        edits.retain(|edit| !given_up.contains(&edit.mends));
        if edits.is_empty() {
            break;
        }
        if let Some((text, after)) = tried(&fixed.text, &findings, &edits, &check) {
            fixed.count += edits.len();
            (fixed.text, findings) = (text, after);
            continue;
        }
        // from the back, so that the places of those that are left stay right
        for edit in edits.into_iter().rev() {
            tries += 1;
            if tries > TRIES {
                break;
            }
            match tried(&fixed.text, &findings, std::slice::from_ref(&edit), &check) {
                Some((text, after)) => {
                    fixed.count += 1;
                    (fixed.text, findings) = (text, after);
                }
                None => given_up.push(edit.mends),
            }
        }
    }
    (fixed.count > 0).then_some(fixed)
}

/// The text after some edits and what is found in it, if that is better.
fn tried(
    text: &str,
    before: &[Diagnostic],
    edits: &[Edit],
    check: &impl Fn(&str) -> Option<Vec<Diagnostic>>,
) -> Option<(String, Vec<Diagnostic>)> {
    let mut edited = text.to_owned();
    for edit in edits.iter().rev() {
        edited.replace_range(edit.bytes.clone(), &edit.text);
    }
    let after = check(&edited)?;
    let errors =
        |findings: &[Diagnostic]| findings.iter().filter(|it| it.severity == Severity::Error).count();
    let is_mended = |edit: &Edit| !after.iter().any(|it| it.code == edit.mends.0 && it.at == edit.mends.1);
    (errors(&after) <= errors(before) && edits.iter().all(is_mended)).then_some((edited, after))
}

/// The edits of findings in the order of the text; of two about the same bytes the first.
fn edits(text: &str, findings: &[Diagnostic]) -> Vec<Edit> {
    let map = SourceMap::new(text);
    let of = |finding: &Diagnostic| {
        let Fix { at, replacement } = finding.fix.as_ref()?;
        let (bytes, text) = match replacement {
            Replacement::Key(key) => {
                // a key that is there already would then stand twice
                let beside = at.parent()?.field(key);
                if map.value(&beside).is_some() {
                    return None;
                }
                (map.key(at)?, serde_json::Value::from(key.as_str()).to_string())
            }
            Replacement::Value(value) => (map.value(at)?, value.to_string()),
        };
        Some(Edit { bytes, text, mends: (finding.code, finding.at.clone()) })
    };
    let mut edits: Vec<Edit> = findings.iter().filter_map(of).collect();
    edits.sort_by_key(|edit| edit.bytes.start);
    let mut end = 0;
    edits.retain(|edit| {
        let is_free = edit.bytes.start >= end;
        if is_free {
            end = edit.bytes.end;
        }
        is_free
    });
    edits
}
