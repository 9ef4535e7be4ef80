//! Rules over a whole machine, and the proof that they hold.
//!
//! One rule is one file with one page and one row in [`RULES`]. A walk goes over the machine once and calls the
//! rules at each scope, state, object and field; a rule reports what it finds and never stops the walk.
//! What AWS refuses is an error; what it takes but the author can hardly have meant is a warning; what is meant, but
//! could be better, is advice, and only given when asked for.

mod valid;
mod rule;
mod context;
mod wording;
mod walk;
mod scope;
mod handlers;
mod flow;
mod payload;
mod expression;
mod paths;
mod functions;
mod context_object;
mod variables;
mod likeness;
mod waiting;
mod shapes;
mod events;
mod rules;
#[cfg(test)]
mod recorded;

pub(crate) use functions::names as function_names;
pub use rule::Rule;
pub use rules::{RULES, rule};
pub use valid::{Invalid, Valid, Validation};
pub use variables::variable_references;

use crate::diagnostic::Diagnostic;
use crate::model::{StateMachine, WorkflowType};

/// Everything that the rules find in a machine, in the order of the walk: from the outside in, from the top down.
///
/// ```
/// use asl_core::model::WorkflowType;
/// let decoded = asl_core::decode(
///     r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "C": {"Type": "Succeed"}}}"#,
/// )?;
/// let findings = asl_core::validate::findings(&decoded.machine, WorkflowType::Standard);
/// let codes: Vec<_> = findings.iter().map(|finding| finding.code.as_str()).collect();
/// assert_eq!(codes, ["ASL0301", "ASL0302"]);
/// # Ok::<(), asl_core::decode::JsonError>(())
/// ```
#[must_use]
pub fn findings(machine: &StateMachine, workflow_type: WorkflowType) -> Vec<Diagnostic> {
    walk::walk(machine, workflow_type, &walk::JUDGEMENT)
}

/// What could be better in a machine that may be right: the findings of the rules whose severity is
/// [`Advice`](crate::diagnostic::Severity::Advice). [`findings`] leaves them out, and no proof depends on them.
#[must_use]
pub fn advice(machine: &StateMachine, workflow_type: WorkflowType) -> Vec<Diagnostic> {
    walk::walk(machine, workflow_type, &walk::ADVICE)
}
