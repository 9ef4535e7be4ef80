use std::fmt;

use indexmap::IndexMap;

use super::Stage;
use crate::expr::Expr;
use crate::flow::{Local, Program};
use crate::model::{StateMachine, WorkflowType};
use crate::validate::{Invalid, Valid};

/// What the attribute says.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The function's name.
    pub name: &'static str,
    /// The file that the function stands in.
    pub file: &'static str,
    /// The function's line.
    pub line: u32,
    /// `Comment`.
    pub comment: Option<&'static str>,
    /// `TimeoutSeconds`.
    pub timeout_seconds: Option<i64>,
    /// Standard or Express.
    pub workflow_type: WorkflowType,
}

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as the compiler was given it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A workflow function as a state machine.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The machine.
    pub machine: Valid<StateMachine>,
    /// Where each state comes from, by its name; those of branches and iterations too.
    pub sources: IndexMap<String, Place>,
}

impl Definition {
    /// The machine alone.
    ///
    /// # Panics
    ///
    /// If there is none, with all that is wrong.
    #[must_use]
    #[track_caller]
    pub fn unwrap(definition: Result<Self, DefinitionError>) -> Valid<StateMachine> {
        match definition {
            Ok(definition) => definition.machine,
            Err(error) => panic!("{error}"),
        }
    }
}

/// Why a workflow function is no state machine: what is wrong, each with its place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionError {
    name: &'static str,
    faults: Vec<(Place, String)>,
}

impl DefinitionError {
    /// What is wrong, and where.
    pub fn faults(&self) -> impl Iterator<Item = (&Place, &str)> {
        self.faults.iter().map(|(place, message)| (place, message.as_str()))
    }
}

impl fmt::Display for DefinitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no state machine:", self.name)?;
        for (place, message) in &self.faults {
            write!(f, "\n{place}: {message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for DefinitionError {}

impl Stage {
    /// The machine.
    ///
    /// # Errors
    ///
    /// All that keeps the function from being one.
    pub fn finish<T: crate::expr::AslData>(
        mut self,
        settings: Settings,
        input: &Expr<T>,
    ) -> Result<Definition, DefinitionError> {
        let Settings { name, file, line, .. } = settings;
        let place = |line| Place { file, line };
        let failed = |faults| DefinitionError { name, faults };
        if !self.faults.is_empty() {
            let faults = self.faults.into_iter().map(|(line, message)| (place(line), message));
            return Err(failed(faults.collect()));
        }
        let body = self.end();
        let input = Local::of(input.tree()).unwrap_or_else(|| self.local("input"));
        let mut program = Program::new(input, body);
        program.comment = settings.comment.map(str::to_owned);
        program.timeout_seconds = settings.timeout_seconds;
        let lowered = program.lower().map_err(|faults| {
            let faults = faults
                .0
                .into_iter()
                .map(|fault| (place(fault.source.map_or(line, |source| source.0)), fault.kind.to_string()));
            failed(faults.collect())
        })?;
        let sources: IndexMap<String, Place> = lowered
            .sources
            .into_iter()
            .map(|(name, source)| (name, place(source.map_or(line, |source| source.0))))
            .collect();
        let machine = lowered
            .machine
            .validate_as(settings.workflow_type)
            .map_err(|invalid| failed(findings(&invalid, &sources, &place(line))))?;
        Ok(Definition { machine, sources })
    }
}

/// The findings, each with the line that its state comes from.
fn findings(
    invalid: &Invalid<StateMachine>,
    sources: &IndexMap<String, Place>,
    whole: &Place,
) -> Vec<(Place, String)> {
    let of_state = |pointer: &str| {
        let mut parts = pointer.split('/').map(|part| part.replace("~1", "/").replace("~0", "~"));
        let mut found = None;
        while let Some(part) = parts.next() {
            if part == "States" {
                found = parts.next().and_then(|state| sources.get(&state)).or(found);
            }
        }
        found.unwrap_or(whole).clone()
    };
    let findings = invalid.findings.iter();
    findings.map(|finding| (of_state(&finding.at.to_string()), finding.to_string())).collect()
}
