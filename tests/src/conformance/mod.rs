//! The recorded cases, where they are at hand: a user's clone does not have them.
//!
//! [`run`] checks a folder of cases. Each area of it is a file here that gives [`Area`]s; the command
//! `conformance` prints them, and the suite asserts on them.

mod report;
pub mod definitions;
pub mod executions;
pub mod jsonata;
pub mod places;
pub mod pattern;
pub mod volatile;
pub mod history;
mod branches;
pub mod replay;
pub mod runs;
pub mod test_state;
pub mod validation;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use asl_core::decode::{JsonError, decode_slice};
use asl_core::diagnostic::{Diagnostic, Severity};
use asl_core::model::WorkflowType;
use serde_json::Value;

pub use report::{Area, Outcome};

/// The folder of recorded cases: `ASL_CONFORMANCE`, or `../shared/conformance` beside the project.
///
/// Says on standard error that it is absent, so that a run without it does not look like one with it.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance");
    let folder = std::env::var_os("ASL_CONFORMANCE").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there are no recorded cases at {} (set ASL_CONFORMANCE)", folder.display());
    None
}

/// Checks every case of a folder that has `definitions/`, `executions/` and `jsonata/`, or some of them.
///
/// # Errors
///
/// If none of the three is there, a file cannot be read, or it is not of the shape that it should have.
pub fn run(folder: &Path) -> io::Result<Vec<Area>> {
    let parts = ["definitions", "executions", "jsonata"].map(|part| folder.join(part));
    if !parts.iter().any(|part| part.is_dir()) {
        return Err(broken(folder, "there are no definitions, executions or jsonata in it"));
    }
    let [with_definitions, with_executions, with_jsonata] = parts.map(|part| part.is_dir());
    let mut areas = Vec::new();
    let mut places = Area::new("places");
    if with_definitions {
        let cases = definitions::read(folder)?;
        areas.push(definitions::verdicts(&cases));
        definitions::places(&cases, &mut places);
    }
    if with_executions {
        let cases = executions::read(folder)?;
        areas.push(validation::verdicts(&cases));
        validation::places(&cases, &mut places);
        areas.push(executions::accepted(&cases));
        areas.extend(executions::runs(&cases));
    }
    if with_definitions || with_executions {
        areas.push(places);
    }
    if with_jsonata {
        areas.extend(jsonata::areas(folder)?);
    }
    Ok(areas)
}

/// Everything that is found in a definition.
///
/// # Errors
///
/// If it is not a JSON object.
pub fn findings(text: &[u8], workflow_type: WorkflowType) -> Result<Vec<Diagnostic>, JsonError> {
    Ok(decode_slice(text)?.all_findings(workflow_type))
}

/// The first reason to refuse a definition, if there is one.
#[must_use]
pub fn refusal(text: &[u8], workflow_type: WorkflowType) -> Option<String> {
    match findings(text, workflow_type) {
        Ok(findings) => errors(&findings).next().map(Diagnostic::to_string),
        Err(error) => Some(error.to_diagnostic().to_string()),
    }
}

/// The findings for which a definition is refused.
pub fn errors(findings: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    findings.iter().filter(|finding| finding.severity == Severity::Error)
}

fn workflow_type(name: &Value) -> WorkflowType {
    if name == "EXPRESS" { WorkflowType::Express } else { WorkflowType::Standard }
}

fn read_json(file: &Path) -> io::Result<Value> {
    serde_json::from_slice(&fs::read(file)?).map_err(|error| broken(file, error))
}

fn broken(file: &Path, why: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{}: {why}", file.display()))
}
