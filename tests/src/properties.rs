//! What must hold for any text and any machine, as functions that tests and fuzz targets call.

use asl_core::model::{StateMachine, WorkflowType};
use asl_core::{decode, encode, validate};

/// Reading, judging and writing any bytes ends without a panic, and what was read survives being written.
///
/// # Panics
///
/// If it does not hold.
pub fn any_bytes_are_read_or_refused(bytes: &[u8]) {
    if let Ok(decoded) = decode::decode_slice(bytes) {
        a_machine_survives_writing(&decoded.machine);
    }
}

/// Writing a machine and reading it again gives the same machine, the same text and the same findings.
///
/// # Panics
///
/// If it does not hold.
pub fn a_machine_survives_writing(machine: &StateMachine) {
    let text = encode::to_string_pretty(machine);
    let again = decode::decode(&text).expect("what the encoder writes is JSON").machine;
    assert_eq!(*machine, again, "another machine came back from\n{text}");
    assert_eq!(text, encode::to_string_pretty(&again), "writing is not a fixed point");
    for workflow_type in [WorkflowType::Standard, WorkflowType::Express] {
        assert_eq!(
            validate::findings(machine, workflow_type),
            validate::findings(&again, workflow_type),
            "other findings in\n{text}"
        );
    }
}
