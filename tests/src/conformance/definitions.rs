//! `definitions/`: whole definitions with the verdict of the service, or of whoever is named as evidence.

use std::fs;
use std::io;
use std::path::Path;

use asl_core::model::WorkflowType;
use serde_json::Value;

use super::places::{self, Refusal};
use super::{Area, Outcome, broken, read_json, refusal, workflow_type};

/// A definition with its verdict.
pub struct Definition {
    /// The file's name below the folder.
    pub file: String,
    /// The text.
    pub bytes: Vec<u8>,
    /// Whether the service takes it.
    pub valid: bool,
    /// As what the verdict judges it.
    pub workflow_type: WorkflowType,
    /// Why the verdict is what it is.
    pub reason: String,
    /// Who says so: `aws-recorded`, `peer-test`, …
    pub evidence: String,
}

/// The definitions that have a clear verdict, in the order of the index.
///
/// # Errors
///
/// If a file cannot be read, or the index is of another shape.
pub fn read(folder: &Path) -> io::Result<Vec<Definition>> {
    let folder = folder.join("definitions");
    let index_file = folder.join("index.json");
    let index = read_json(&index_file)?;
    let index = index.as_array().ok_or_else(|| broken(&index_file, "this is no array"))?;
    let mut definitions = Vec::new();
    for entry in index {
        let text = |key: &str| entry[key].as_str().map(str::to_owned);
        let verdict = text("adjudicated").or_else(|| text("verdict"));
        let (Some(file), Some(verdict)) = (text("file"), verdict) else {
            return Err(broken(&index_file, format!("an entry lacks its file or verdict: {entry}")));
        };
        let valid = match verdict.as_str() {
            "valid" => true,
            "invalid" => false,
            "unclear" => continue,
            other => return Err(broken(&index_file, format!("`{other}` is no verdict"))),
        };
        definitions.push(Definition {
            bytes: fs::read(folder.join(&file))?,
            file,
            valid,
            workflow_type: workflow_type(&entry["workflow_type"]),
            reason: text("reason").unwrap_or_default(),
            evidence: text("evidence").unwrap_or_default(),
        });
    }
    Ok(definitions)
}

/// Area `definitions`: what is valid is accepted, what is invalid is refused.
///
/// Its notes are our warnings on definitions that the service has taken: each is right, or cries wolf.
#[must_use]
pub fn verdicts<'d>(definitions: impl IntoIterator<Item = &'d Definition>) -> Area {
    let mut area = Area::new("definitions");
    for definition in definitions {
        area.check(&definition.file, || verdict(definition));
        if definition.valid && definition.is_recorded() {
            area.note(&definition.file, &definition.bytes, definition.workflow_type);
        }
    }
    area
}

fn verdict(definition: &Definition) -> Outcome {
    let refused = refusal(&definition.bytes, definition.workflow_type);
    if definition.valid {
        Outcome::unless(refused.map(|finding| format!("refused: {finding}")))
    } else {
        Outcome::unless(refused.is_none().then(|| format!("accepted, but: {}", definition.reason)))
    }
}

/// Area `places`: where the service names a place, we have an error at that place.
pub fn places(definitions: &[Definition], area: &mut Area) {
    for definition in definitions.iter().filter(|definition| !definition.valid && definition.is_recorded()) {
        for recorded in Refusal::all(&definition.reason) {
            area.check(&definition.file, || {
                places::compare(&definition.bytes, definition.workflow_type, &recorded)
            });
        }
    }
}

impl Definition {
    /// Whether the verdict is the service's own word.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.evidence == "aws-recorded" || self.evidence == "aws-reported"
    }

    /// Its text as JSON, unless it is none.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.bytes).ok()
    }
}
