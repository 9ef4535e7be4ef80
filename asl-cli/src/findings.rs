//! What is found in a definition, with the levels that a user has given to rules.

use asl_core::decode::Decoded;
use asl_core::diagnostic::Diagnostic;
use asl_core::model::WorkflowType;

use crate::config::Settings;

/// The findings of a definition as the settings want them.
pub(crate) fn findings(
    decoded: &Decoded,
    workflow_type: WorkflowType,
    settings: &Settings,
) -> Vec<Diagnostic> {
    let mut findings = decoded.all_findings(workflow_type);
    if settings.want_advice() {
        let mut advice = asl_core::validate::advice(&decoded.machine, workflow_type);
        if settings.advice != Some(true) {
            advice.retain(|finding| settings.levels.decides(finding));
        }
        findings.extend(advice);
    }
    findings.retain_mut(|finding| match settings.levels.severity(finding) {
        Some(severity) => {
            finding.severity = severity;
            true
        }
        None => false,
    });
    findings
}
