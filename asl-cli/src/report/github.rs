//! For GitHub Actions: workflow commands, which its pages show at the lines of a change.
//!
//! [The form](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).

use std::fmt::Write;

use asl_core::diagnostic::Severity;

use super::{FileReport, Finding};

/// One command a finding.
pub(crate) fn commands(report: &FileReport) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let Finding { location, diagnostic, resource } = finding;
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            _ => "notice",
        };
        let file = property(&report.source.to_string());
        let (end_line, end_column) = report.end(finding);
        let mut message = diagnostic.message.clone();
        if let Some(resource) = resource {
            let _ = write!(message, "\nnote: in the definition of `{resource}`");
        }
        if let Some(help) = &diagnostic.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        let mut place = format!("file={file},line={},col={}", location.line, location.column);
        // columns are only understood within one line
        if end_line == location.line && end_column > location.column {
            let _ = write!(place, ",endLine={end_line},endColumn={end_column}");
        }
        let _ = writeln!(text, "::{command} {place},title={}::{}", diagnostic.code, data(&message));
    }
    text
}

/// A message: what would end the command is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before the second `::`, which may hold no separator either.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(data("50%\r\n::a, b"), "50%25%0D%0A::a, b");
        assert_eq!(property("C:\\a,b%"), "C%3A\\a%2Cb%25");
    }
}
