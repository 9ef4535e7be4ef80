//! Findings and failures in the forms that they are printed in.

pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod sarif;
pub(crate) mod github;
mod summary;

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use asl_core::decode::Location;
use asl_core::diagnostic::{Diagnostic, Severity};

use crate::source::Source;

pub(crate) use summary::{Summary, counted};

/// Everything that was found in one file, in the order of its text.
pub(crate) struct FileReport {
    pub(crate) source: Source,
    pub(crate) text: String,
    pub(crate) findings: Vec<Finding>,
    /// How many definitions the file holds.
    pub(crate) definitions: usize,
    /// How many of them are invalid.
    pub(crate) invalid: usize,
    /// Why the file could not be read.
    pub(crate) unreadable: Option<String>,
}

/// A finding and its place in a file.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) location: Location,
    pub(crate) diagnostic: Diagnostic,
    /// The logical id of the resource in a template.
    pub(crate) resource: Option<String>,
}

impl FileReport {
    /// The report of a text in which nothing was found yet.
    pub(crate) fn of_text(source: &Source, bytes: &[u8]) -> Self {
        Self {
            source: source.clone(),
            text: String::from_utf8_lossy(bytes).into_owned(),
            findings: Vec::new(),
            definitions: 0,
            invalid: 0,
            unreadable: None,
        }
    }

    pub(crate) fn of_unreadable(source: &Source, error: &str) -> Self {
        Self { unreadable: Some(error.to_owned()), ..Self::of_text(source, b"") }
    }

    pub(crate) fn add(&mut self, location: Location, diagnostic: Diagnostic, resource: Option<String>) {
        self.findings.push(Finding { location, diagnostic, resource });
    }

    /// Brings the findings into the order of the text.
    pub(crate) fn sort(&mut self) {
        self.findings.sort_by_key(|finding| (finding.location.bytes.start, finding.diagnostic.code));
    }

    /// Whether nothing in the file is an error.
    pub(crate) fn is_valid(&self) -> bool {
        self.invalid == 0 && self.unreadable.is_none() && self.count(Severity::Error) == 0
    }

    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.diagnostic.severity == severity).count()
    }

    /// Where a finding ends, as line and column.
    pub(crate) fn end(&self, finding: &Finding) -> (usize, usize) {
        let Location { bytes, line, column } = &finding.location;
        let inside = self.text.get(bytes.clone()).unwrap_or_default();
        match inside.rfind('\n') {
            None => (*line, column + inside.chars().count()),
            Some(last) => {
                let lines = inside.matches('\n').count();
                (line + lines, inside[last + 1..].chars().count() + 1)
            }
        }
    }
}

/// Where the lines of a text begin.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let behind = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(behind).collect() }
    }

    /// The bytes of a line, counted from 1, without the line feed.
    pub(crate) fn line(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        start..end
    }

    /// Line and column, both from 1, of some bytes; columns count characters.
    pub(crate) fn location(&self, bytes: Range<usize>) -> Location {
        let start = floor(self.text, bytes.start);
        let end = floor(self.text, bytes.end).max(start);
        let line = self.starts.partition_point(|begin| *begin <= start);
        let before = &self.text[self.starts[line - 1]..start];
        let column = before.trim_start_matches('\u{feff}').chars().count() + 1;
        Location { bytes: start..end, line, column }
    }
}

/// The nearest place before a byte where a character begins.
fn floor(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Says on the standard error what could not be done. If nobody hears it, the exit code still tells.
pub(crate) fn failure(message: &str) {
    let _ = writeln!(io::stderr(), "asl: {message}");
}

/// A text from outside on one line, without characters that steer a terminal.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_steering) {
        return Cow::Borrowed(text);
    }
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if is_steering(c) {
            printable.extend(c.escape_default());
        } else {
            printable.push(c);
        }
    }
    Cow::Owned(printable)
}

/// Control characters, and those that turn the direction of text.
fn is_steering(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}
