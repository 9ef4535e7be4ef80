use std::fmt;
use std::ops::Deref;

use crate::decode::Decoded;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{StateMachine, WorkflowType};

/// The proof that no rule finds an error: what runs, draws or deploys a machine takes `&Valid<StateMachine>`.
///
/// It can be read like the machine itself, but not changed; [`Valid::into_inner`] gives the machine back without
/// the proof.
///
/// ```
/// use asl_core::model::StateMachine;
/// let machine = asl_core::decode(r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#)?.machine;
/// let valid = machine.validate()?;
/// assert_eq!(valid.start_at.as_deref(), Some("A"));
/// assert!(valid.warnings().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Valid<T = StateMachine> {
    value: T,
    workflow_type: WorkflowType,
    warnings: Vec<Diagnostic>,
}

/// A machine with errors: both the machine and everything that was found.
///
/// Prints as one finding a line, as `Debug` too: that is what `unwrap`, and a `main` that returns it, show.
#[derive(Clone, PartialEq)]
pub struct Invalid<T = StateMachine> {
    /// What was validated.
    pub value: T,
    /// Everything that was found, warnings too.
    pub findings: Vec<Diagnostic>,
}

/// What validating gives: the proof, or the machine with everything that was found.
pub type Validation<T = StateMachine> = Result<Valid<T>, Box<Invalid<T>>>;

impl<T> Valid<T> {
    /// The type of workflow that it is valid as.
    #[must_use]
    pub const fn workflow_type(&self) -> WorkflowType {
        self.workflow_type
    }

    /// What is legal, but likely not meant.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The value without the proof, to change it.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl Valid<StateMachine> {
    /// The definition as JSON without white space: what `CreateStateMachine` takes.
    #[must_use]
    pub fn to_json(&self) -> String {
        crate::encode::to_string(&self.value)
    }

    /// The definition as indented JSON, with a line feed at the end.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        crate::encode::to_string_pretty(&self.value)
    }
}

impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl serde::Serialize for Valid<StateMachine> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T> fmt::Display for Invalid<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the state machine is not valid")?;
        for finding in &self.findings {
            write!(f, "\n  {finding}")?;
        }
        Ok(())
    }
}

impl<T> fmt::Debug for Invalid<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<T> std::error::Error for Invalid<T> {}

impl StateMachine {
    /// Proves that the machine is valid as a Standard workflow.
    ///
    /// # Errors
    ///
    /// If any rule finds an error: the machine, and all findings.
    pub fn validate(self) -> Validation {
        self.validate_as(WorkflowType::Standard)
    }

    /// Proves that the machine is valid as a workflow of the given type.
    ///
    /// # Errors
    ///
    /// If any rule finds an error: the machine, and all findings.
    pub fn validate_as(self, workflow_type: WorkflowType) -> Validation {
        let findings = super::findings(&self, workflow_type);
        prove(self, workflow_type, findings)
    }
}

impl Decoded {
    /// Everything that is wrong in the text and in the machine.
    #[must_use]
    pub fn all_findings(&self, workflow_type: WorkflowType) -> Vec<Diagnostic> {
        let rules = super::findings(&self.machine, workflow_type);
        let known =
            |finding: &&Diagnostic| rules.iter().any(|it| it.code == finding.code && it.at == finding.at);
        let mut findings: Vec<Diagnostic> =
            self.findings.iter().filter(|finding| !known(finding)).cloned().collect();
        findings.extend(rules);
        findings
    }

    /// Proves that what was read is valid as a Standard workflow; what is wrong in the text counts too.
    ///
    /// # Errors
    ///
    /// If anything is an error: the machine, and all findings.
    pub fn validate(self) -> Validation {
        self.validate_as(WorkflowType::Standard)
    }

    /// Proves that what was read is valid as a workflow of the given type.
    ///
    /// # Errors
    ///
    /// If anything is an error: the machine, and all findings.
    pub fn validate_as(self, workflow_type: WorkflowType) -> Validation {
        let findings = self.all_findings(workflow_type);
        prove(self.machine, workflow_type, findings)
    }
}

fn prove(value: StateMachine, workflow_type: WorkflowType, findings: Vec<Diagnostic>) -> Validation {
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        Err(Box::new(Invalid { value, findings }))
    } else {
        Ok(Valid { value, workflow_type, warnings: findings })
    }
}
