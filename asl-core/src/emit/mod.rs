//! Definition files from `build.rs`: what SAM, CDK, Terraform and CloudFormation pick up.
//!
//! [`Definitions`] writes valid machines and fails the build with a report if one is not; [`placeholders()`] lists
//! what the deployment has to fill in. This is the one room of the library that touches files, and it prints only
//! what Cargo reads from a build script.

mod file;
mod error;
mod placeholders;
mod substitutions;

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::model::StateMachine;
use crate::validate::{Valid, Validation};

pub use error::{EmitError, Problem};
pub use placeholders::{PlaceholderUse, Placeholders, placeholders};

/// Writes definition files, all or none of them.
///
/// In `build.rs`:
///
/// ```no_run
/// # mod workflows {
/// #     pub fn order() -> asl_core::model::StateMachine { Default::default() }
/// #     pub fn refund() -> asl_core::model::StateMachine { Default::default() }
/// # }
/// use asl_core::emit::{Definitions, EmitError};
///
/// fn main() -> Result<(), EmitError> {
///     Definitions::new()
///         .rerun_if_changed("src/workflows.rs")
///         .write("order", workflows::order().validate())
///         .write("refund", workflows::refund().validate())
///         .finish()
/// }
/// ```
///
/// writes `definitions/order.asl.json` and `definitions/refund.asl.json` beside `Cargo.toml`. A file whose content
/// is right already is left alone, so that tools that watch it do not stir. If any machine is invalid the build fails,
/// reports all findings of all machines, and leaves every file as it was. Warnings become Cargo's warnings.
///
/// A workflow function is written as `.write("order", order::try_definition())`: what is wrong with it is reported with
/// its line in the source.
#[derive(Debug, Clone)]
#[must_use = "nothing is written before `finish`"]
pub struct Definitions {
    directory: Option<PathBuf>,
    extension: Option<String>,
    layout: Layout,
    watched: Vec<PathBuf>,
    named: Vec<(String, Definition)>,
}

#[derive(Debug, Clone, Copy)]
enum Layout {
    Pretty,
    Minified,
}

/// A machine to be written, or why it cannot be: made from a [`Valid`] machine, a reference to one, the result of
/// [`StateMachine::validate`], or what `try_definition()` of a workflow function gives.
#[derive(Debug, Clone)]
pub struct Definition(Result<Valid<StateMachine>, Refused>);

/// Why there is no machine.
#[derive(Debug, Clone)]
enum Refused {
    Findings(Vec<Diagnostic>),
    /// Each with its place in the source.
    Faults(Vec<String>),
}

impl Definition {
    /// What a workflow function has that keeps it from being a machine, each with its place in the source.
    pub(crate) fn faulty(faults: Vec<String>) -> Self {
        Self(Err(Refused::Faults(faults)))
    }
}

impl From<Valid<StateMachine>> for Definition {
    fn from(machine: Valid<StateMachine>) -> Self {
        Self(Ok(machine))
    }
}

impl From<&Valid<StateMachine>> for Definition {
    fn from(machine: &Valid<StateMachine>) -> Self {
        Self(Ok(machine.clone()))
    }
}

impl From<Validation> for Definition {
    fn from(result: Validation) -> Self {
        Self(result.map_err(|invalid| Refused::Findings(invalid.findings)))
    }
}

impl Default for Definitions {
    fn default() -> Self {
        Self::new()
    }
}

impl Definitions {
    /// No definitions yet; files will be indented and end in `.asl.json`.
    pub const fn new() -> Self {
        Self {
            directory: None,
            extension: None,
            layout: Layout::Pretty,
            watched: Vec::new(),
            named: Vec::new(),
        }
    }

    /// Sets the directory, `definitions` beside the package's `Cargo.toml` if this is not called.
    ///
    /// A relative path is relative to the working directory, which in a build script is the package. The directory
    /// is made if it is not there.
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = Some(directory.into());
        self
    }

    /// Sets what follows the dot after the name, `asl.json` if this is not called.
    pub fn extension(mut self, extension: impl Into<String>) -> Self {
        self.extension = Some(extension.into());
        self
    }

    /// Writes indented JSON, which is the default: changes are readable in a review.
    pub const fn pretty(mut self) -> Self {
        self.layout = Layout::Pretty;
        self
    }

    /// Writes JSON without white space, for definitions near the service's limit of 1 MiB.
    pub const fn minified(mut self) -> Self {
        self.layout = Layout::Minified;
        self
    }

    /// Tells Cargo to run the build script again when this file or directory changes.
    ///
    /// As soon as one path is named, Cargo watches only what is named; the written files are named as well then, so
    /// that one that is edited by hand or deleted is written anew by the next build. If none is named, Cargo
    /// watches the whole package.
    pub fn rerun_if_changed(mut self, path: impl Into<PathBuf>) -> Self {
        self.watched.push(path.into());
        self
    }

    /// Adds a definition: its file is the name, a dot, and the [extension](Self::extension).
    ///
    /// A name has letters, digits, `-`, `_` and `.`, and does not begin with a dot.
    pub fn write(mut self, name: impl Into<String>, definition: impl Into<Definition>) -> Self {
        self.named.push((name.into(), definition.into()));
        self
    }

    /// Writes the files and tells Cargo about them.
    ///
    /// # Errors
    ///
    /// Everything that is in the way, together: invalid machines, names that are no file names, names given twice.
    /// Then nothing is written. Also if a file or directory cannot be written.
    pub fn finish(self) -> Result<(), EmitError> {
        tell_cargo(&self.finish_quietly()?);
        Ok(())
    }

    /// [`finish`](Self::finish), and if that fails prints the report as errors that Cargo shows, one line each, and
    /// ends the build script.
    ///
    /// ```no_run
    /// # let order = asl_core::model::StateMachine::default();
    /// asl_core::emit::Definitions::new().write("order", order.validate()).finish_or_exit();
    /// ```
    pub fn finish_or_exit(self) {
        if let Err(error) = self.finish() {
            tell_cargo(&error.cargo_lines());
            std::process::exit(1);
        }
    }

    /// Writes the files and gives the lines for Cargo.
    fn finish_quietly(self) -> Result<Vec<String>, EmitError> {
        let extension = self.extension.as_deref().unwrap_or("asl.json");
        let mut problems = Vec::new();
        let directory = self.directory.or_else(default_directory).unwrap_or_else(|| {
            problems.push(Problem::NoDirectory);
            PathBuf::new()
        });
        let mut names: Vec<String> = Vec::new();
        let mut files = Vec::new();
        let mut lines: Vec<String> = self.watched.iter().map(|path| watch(path)).collect();
        for (name, Definition(result)) in self.named {
            let file_name = format!("{name}.{extension}");
            if !file::is_file_name(&file_name) || name.is_empty() {
                problems.push(Problem::Name { name: file_name.clone() });
            }
            // names that differ in case only are one file on some systems
            let folded = name.to_lowercase();
            if names.contains(&folded) {
                problems.push(Problem::NameTwice { name: name.clone() });
            }
            names.push(folded);
            match result {
                Ok(machine) => {
                    let text = match self.layout {
                        Layout::Pretty => machine.to_json_pretty(),
                        Layout::Minified => machine.to_json(),
                    };
                    lines.extend(
                        machine
                            .warnings()
                            .iter()
                            .map(|warning| error::cargo_line(warning, &format!("{file_name}: "))),
                    );
                    files.push((directory.join(file_name), text));
                }
                Err(Refused::Findings(findings)) => {
                    problems.push(Problem::Invalid { name: Some(name), findings });
                }
                Err(Refused::Faults(faults)) => problems.push(Problem::Function { name, faults }),
            }
        }
        if !problems.is_empty() {
            return Err(EmitError::new(problems));
        }
        let written = files.iter().filter_map(|(path, text)| {
            let error = file::write_if_changed(path, text).err()?;
            Some(Problem::Write { path: path.clone(), error })
        });
        let problems: Vec<Problem> = written.collect();
        if !problems.is_empty() {
            return Err(EmitError::new(problems));
        }
        if !self.watched.is_empty() {
            lines.extend(files.iter().map(|(path, _)| watch(path)));
        }
        Ok(lines)
    }
}

fn default_directory() -> Option<PathBuf> {
    std::env::var_os("CARGO_MANIFEST_DIR").map(|package| Path::new(&package).join("definitions"))
}

fn watch(path: &Path) -> String {
    one_line(&format!("cargo::rerun-if-changed={}", path.display()))
}

/// Cargo reads a line at a time, and a line that it takes for an instruction must not come from a name.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// Cargo reads a build script's standard output. Where nobody reads it there is nobody to tell.
fn tell_cargo(lines: &[String]) {
    let mut output = std::io::stdout().lock();
    for line in lines {
        let _ = writeln!(output, "{line}");
    }
}

#[cfg(test)]
mod tests;
