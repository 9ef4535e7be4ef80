use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::model::StateMachine;
use crate::validate::Invalid;

/// Why definitions were not written: everything that is in the way.
///
/// Prints as a report of several lines, with `{:?}` too, because that is how a build script's `main` prints its error.
pub struct EmitError {
    problems: Vec<Problem>,
}

/// One thing that is in the way of writing definitions.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The machine is invalid.
    #[error("{} is not valid{}", Named(name.as_deref()), Findings(findings))]
    Invalid {
        /// The name it was given, if it came so far.
        name: Option<String>,
        /// What is wrong with it.
        findings: Vec<Diagnostic>,
    },
    /// The workflow function is no state machine.
    #[error("the function for `{name}` is no state machine{}", Faults(faults))]
    Function {
        /// The name it was given.
        name: String,
        /// What is wrong, each with its place in the source.
        faults: Vec<String>,
    },
    /// The name cannot be the name of a file in the directory.
    #[error(
        "`{name}` is no file name; a name has letters, digits, `-`, `_` and `.`, and does not begin with a dot"
    )]
    Name {
        /// The name with its extension.
        name: String,
    },
    /// Two definitions have one name.
    #[error("two definitions are named `{name}`")]
    NameTwice {
        /// The name of the second.
        name: String,
    },
    /// There is no directory to write to.
    #[error(
        "no directory to write to: call `directory`, or run in a build script, which has `CARGO_MANIFEST_DIR`"
    )]
    NoDirectory,
    /// The file could not be written.
    #[error("cannot write `{}`: {error}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl EmitError {
    pub(super) fn new(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    /// What is in the way, in the order in which the definitions were added.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The report as instructions to Cargo, which writes the severity before each line itself.
    pub(super) fn cargo_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for problem in &self.problems {
            let text = problem.to_string();
            match problem {
                Problem::Invalid { findings, .. } => {
                    lines.extend(text.lines().take(1).map(|line| format!("cargo::error={line}")));
                    lines.extend(findings.iter().map(|finding| cargo_line(finding, "  ")));
                }
                Problem::Function { .. }
                | Problem::Name { .. }
                | Problem::NameTwice { .. }
                | Problem::NoDirectory
                | Problem::Write { .. } => {
                    lines.extend(text.lines().map(|line| format!("cargo::error={line}")));
                }
            }
        }
        lines
    }
}

/// A finding as an instruction to Cargo: `cargo::warning=before [ASL0901] at /States/A: …`.
pub(super) fn cargo_line(finding: &Diagnostic, before: &str) -> String {
    let Diagnostic { code, severity, at, message, help, .. } = finding;
    let help = help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
    super::one_line(&format!("cargo::{severity}={before}[{code}] at {at}: {message}{help}"))
}

/// So that `.write("order", order().validate()?)` works in a `main` that returns [`EmitError`]; without the `?` the
/// report has the definition's name, and the findings of all machines.
impl From<Box<Invalid<StateMachine>>> for EmitError {
    fn from(invalid: Box<Invalid<StateMachine>>) -> Self {
        Self::new(vec![Problem::Invalid { name: None, findings: invalid.findings }])
    }
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // the report begins on its own line, below `Error: `
        write!(f, "\n{self}")
    }
}

impl std::error::Error for EmitError {}

struct Named<'n>(Option<&'n str>);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, "the state machine `{name}`"),
            None => f.write_str("a state machine"),
        }
    }
}

/// Findings below the line about their machine.
struct Findings<'f>(&'f [Diagnostic]);

impl fmt::Display for Findings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Diagnostic { code, severity, at, message, help, .. } in self.0 {
            write!(f, "\n  {severity}[{code}] at {at}: {message}")?;
            if let Some(help) = help {
                write!(f, "\n    help: {help}")?;
            }
        }
        Ok(())
    }
}

/// Faults below the line about their function.
struct Faults<'f>(&'f [String]);

impl fmt::Display for Faults<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|fault| write!(f, "\n  {}", fault.replace('\n', " ")))
    }
}
