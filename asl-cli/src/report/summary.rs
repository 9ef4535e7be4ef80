//! The last lines of a report for people.

use std::io::{self, Write};

use asl_core::diagnostic::Severity;

use super::FileReport;

#[derive(Default)]
pub(crate) struct Summary {
    definitions: usize,
    invalid: usize,
    errors: usize,
    warnings: usize,
    advice: usize,
    fixable: usize,
    a_code: Option<&'static str>,
}

impl Summary {
    pub(crate) fn add(&mut self, report: &FileReport) {
        self.definitions += report.definitions;
        self.invalid += report.invalid;
        self.errors += report.count(Severity::Error);
        self.warnings += report.count(Severity::Warning);
        self.advice += report.count(Severity::Advice);
        self.fixable += report.findings.iter().filter(|finding| finding.diagnostic.fix.is_some()).count();
        self.a_code = self.a_code.or(report.findings.first().map(|finding| finding.diagnostic.code.as_str()));
    }

    pub(crate) fn is_valid(&self) -> bool {
        self.invalid == 0 && self.errors == 0
    }

    /// `3 definitions: 2 valid, 1 invalid (2 errors, 1 warning)`
    pub(crate) fn write(&self, output: &mut dyn Write) -> io::Result<()> {
        if self.definitions == 0 {
            return Ok(());
        }
        let valid = self.definitions - self.invalid;
        let definitions = counted(self.definitions, "definition");
        let verdict = match (valid, self.invalid) {
            (_, 0) => "valid".to_owned(),
            (0, _) => "invalid".to_owned(),
            (valid, invalid) => format!("{valid} valid, {invalid} invalid"),
        };
        let mut found = Vec::new();
        if self.errors > 0 {
            found.push(counted(self.errors, "error"));
        }
        if self.warnings > 0 {
            found.push(counted(self.warnings, "warning"));
        }
        if self.advice > 0 {
            found.push(format!("{} advice", self.advice));
        }
        let found = if found.is_empty() { String::new() } else { format!(" ({})", found.join(", ")) };
        writeln!(output, "{definitions}: {verdict}{found}")?;
        if let Some(code) = self.a_code {
            writeln!(output, "`asl explain {code}` tells more about a finding")?;
        }
        match self.fixable {
            0 => Ok(()),
            1 => writeln!(output, "`--fix` can mend one of them"),
            some => writeln!(output, "`--fix` can mend {some} of them"),
        }
    }
}

pub(crate) fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
