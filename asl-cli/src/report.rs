//! Findings and failures in the form that they are printed in.

use std::borrow::Cow;
use std::io::{self, Write};

use asl_core::decode::{Decoded, JsonError, Location, SourceMap, decode_slice};
use asl_core::diagnostic::{Diagnostic, Severity};
use asl_core::model::WorkflowType;
use serde::Serialize;

use crate::input::Source;

/// Everything that was found in one definition, in the order of its text.
pub(crate) struct Report {
    findings: Vec<(Location, Diagnostic)>,
}

impl Report {
    /// Checks a definition.
    pub(crate) fn of(bytes: &[u8], workflow_type: WorkflowType) -> Self {
        match decode_slice(bytes) {
            Ok(decoded) => Self::of_decoded(bytes, &decoded, workflow_type),
            Err(error) => Self::of_error(&error),
        }
    }

    /// What is not JSON.
    pub(crate) fn of_error(error: &JsonError) -> Self {
        Self { findings: vec![(error.location.clone(), error.to_diagnostic())] }
    }

    fn of_decoded(bytes: &[u8], decoded: &Decoded, workflow_type: WorkflowType) -> Self {
        Self::of_findings(bytes, decoded.all_findings(workflow_type))
    }

    /// Findings about a definition that is JSON.
    pub(crate) fn of_findings(bytes: &[u8], findings: Vec<Diagnostic>) -> Self {
        if findings.is_empty() {
            return Self { findings: Vec::new() };
        }
        let text = String::from_utf8_lossy(bytes);
        let locations = SourceMap::new(&text).locate_all(&findings);
        let mut findings: Vec<_> = locations.into_iter().zip(findings).collect();
        findings.sort_by_key(|(location, finding)| (location.bytes.start, finding.code));
        Self { findings }
    }

    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|(_, finding)| finding.severity == severity).count()
    }

    pub(crate) fn is_valid(&self) -> bool {
        self.count(Severity::Error) == 0
    }

    /// The code of the first finding.
    pub(crate) fn first_code(&self) -> Option<&'static str> {
        self.findings.first().map(|(_, finding)| finding.code.as_str())
    }

    /// `order.asl.json:3:14: error[ASL0301]: there is no state …`, and below it the help.
    pub(crate) fn write_human(&self, source: Source<'_>, output: &mut dyn Write) -> io::Result<()> {
        for (Location { line, column, .. }, Diagnostic { code, severity, message, help, .. }) in
            &self.findings
        {
            writeln!(output, "{source}:{line}:{column}: {severity}[{code}]: {}", printable(message))?;
            if let Some(help) = help {
                writeln!(output, "  help: {}", printable(help))?;
            }
        }
        Ok(())
    }

    /// One line of JSON.
    pub(crate) fn write_json(&self, source: Source<'_>, output: &mut dyn Write) -> io::Result<()> {
        let file = match source {
            Source::StandardInput => Cow::Borrowed("-"),
            Source::File(path) => path.to_string_lossy(),
        };
        let diagnostics = self.findings.iter().map(JsonDiagnostic::from).collect();
        let report = JsonReport { file, valid: self.is_valid(), diagnostics };
        serde_json::to_writer(&mut *output, &report)?;
        writeln!(output)
    }
}

#[derive(Serialize)]
struct JsonReport<'a> {
    file: Cow<'a, str>,
    valid: bool,
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
}

impl<'a> From<&'a (Location, Diagnostic)> for JsonDiagnostic<'a> {
    fn from((location, finding): &'a (Location, Diagnostic)) -> Self {
        Self {
            code: finding.code.as_str(),
            severity: finding.severity.to_string(),
            pointer: finding.at.as_str(),
            line: location.line,
            column: location.column,
            message: &finding.message,
            help: finding.help.as_deref(),
        }
    }
}

/// Says on the standard error what could not be done. If nobody hears it, the exit code still tells.
pub(crate) fn failure(message: &str) {
    let _ = writeln!(io::stderr(), "asl: {message}");
}

/// A text from outside on one line, without characters that steer a terminal.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            printable.extend(c.escape_default());
        } else {
            printable.push(c);
        }
    }
    Cow::Owned(printable)
}
