use std::fmt;
use std::ops::Range;

use super::{Code, Fix, Pointer, Severity};

/// One finding.
///
/// Prints as one line: `error[ASL0301] at /States/A/Next: there is no state `B``.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The place in the definition.
    pub at: Pointer,
    /// What of the place is meant.
    pub part: Part,
    /// What is wrong, in the author's words: lower case, no full stop.
    pub message: String,
    /// What to do: an imperative, where we know one.
    pub help: Option<String>,
    /// The edit that mends it, where there is one right answer.
    pub fix: Option<Fix>,
}

/// What of a place a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The value.
    Value,
    /// The key, for fields that should not be there.
    Key,
    /// These bytes of the string value.
    Within(Range<usize>),
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, severity, at, message, help, .. } = self;
        write!(f, "{severity}[{code}] at {at}: {message}")?;
        if let Some(help) = help {
            write!(f, " (help: {help})")?;
        }
        Ok(())
    }
}
