//! What the service takes we take, and what it refuses we refuse, on the recorded definitions.

use asl_core::decode;
use asl_core::diagnostic::Severity;
use asl_core::model::WorkflowType;
use asl_tests::conformance::{self, Definition};

/// The least share, in per cent, of valid definitions that are accepted, and of invalid ones that are rejected.
const LEAST_ACCEPTED: f64 = 97.0;
const LEAST_REJECTED: f64 = 85.0;

#[test]
fn verdicts_agree_with_the_service() {
    let Some(folder) = conformance::folder() else { return };
    let definitions = conformance::definitions(&folder);
    let (valid, invalid): (Vec<_>, Vec<_>) = definitions.iter().partition(|definition| definition.valid);
    let accepted = share(&valid, |findings| !findings);
    let rejected = share(&invalid, |findings| findings);
    eprintln!(
        "accepts {accepted:.1} % of {} valid, rejects {rejected:.1} % of {} invalid",
        valid.len(),
        invalid.len()
    );
    assert!(accepted >= LEAST_ACCEPTED && rejected >= LEAST_REJECTED, "{accepted:.1} %, {rejected:.1} %");
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred cases")]
fn share(definitions: &[&Definition], is_right: impl Fn(bool) -> bool) -> f64 {
    let right = definitions.iter().filter(|definition| {
        let right = is_right(has_error(definition));
        if !right {
            eprintln!("disagrees: {} ({})", definition.file, definition.reason);
        }
        right
    });
    100.0 * right.count() as f64 / definitions.len() as f64
}

fn has_error(definition: &Definition) -> bool {
    let workflow_type = if definition.express { WorkflowType::Express } else { WorkflowType::Standard };
    decode::decode_slice(&definition.bytes).map_or(true, |decoded| {
        decoded.all_findings(workflow_type).iter().any(|finding| finding.severity == Severity::Error)
    })
}
