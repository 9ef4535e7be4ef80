//! From a workflow function that was written down to its state machine.

use indexmap::IndexMap;

use super::Stage;
use crate::ctx::{Definition, DefinitionError, Place};
use crate::expr::Expr;
use crate::flow::{Local, Program};
use crate::model::{StateMachine, WorkflowType};
use crate::validate::Invalid;

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
        let failed = |faults| DefinitionError::new(name, faults);
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
