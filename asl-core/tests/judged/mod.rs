//! What is said of the examples on a rule's page.

use asl_core::diagnostic::{Diagnostic, Severity};
use asl_core::validate::{self, Rule};

use crate::page::{Example, examples, section};

/// The definitions in a section, and everything that is wrong with each; for a rule of advice all advice too.
pub(crate) fn judged(rule: &Rule, title: &str) -> Vec<Vec<Diagnostic>> {
    let examples = examples(section(rule, title));
    assert!(!examples.is_empty(), "{} shows nothing under `{title}`", rule.name);
    examples.iter().filter(|example| !example.is_template).map(|example| findings(rule, example)).collect()
}

fn findings(rule: &Rule, example: &Example) -> Vec<Diagnostic> {
    match asl_core::decode(&example.text) {
        Ok(decoded) => {
            let mut findings = decoded.all_findings(example.workflow_type);
            if rule.severity == Severity::Advice {
                findings.extend(validate::advice(&decoded.machine, example.workflow_type));
            }
            findings
        }
        Err(error) => vec![error.to_diagnostic()],
    }
}
