//! For programs: one object a line and file.

use std::borrow::Cow;

use serde::Serialize;

use super::{FileReport, Finding};
use crate::source::Source;

#[derive(Serialize)]
struct JsonReport<'a> {
    file: Cow<'a, str>,
    valid: bool,
    /// Why the file could not be read; only then.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    diagnostics: Vec<JsonDiagnostic<'a>>,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'static str,
    severity: String,
    pointer: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    help: Option<&'a str>,
    /// The logical id of the resource; only in templates.
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a str>,
}

/// One line of JSON.
pub(crate) fn line(report: &FileReport) -> String {
    let file = match &report.source {
        Source::StandardInput => Cow::Borrowed("-"),
        Source::File(path) => path.to_string_lossy(),
    };
    let report = JsonReport {
        file,
        valid: report.is_valid(),
        error: report.unreadable.as_deref(),
        diagnostics: report.findings.iter().map(JsonDiagnostic::from).collect(),
    };
    serde_json::to_string(&report).expect("texts and numbers are JSON") + "\n"
}

impl<'a> From<&'a Finding> for JsonDiagnostic<'a> {
    fn from(Finding { location, diagnostic, resource }: &'a Finding) -> Self {
        Self {
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity.to_string(),
            pointer: diagnostic.at.as_str(),
            line: location.line,
            column: location.column,
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            resource: resource.as_deref(),
        }
    }
}
