//! How large a payload may be, and what is said of one that is larger.

/// The most that a state, a task or an execution may be given or give, in bytes of JSON text (256 KiB).
pub(crate) const MAX_PAYLOAD: usize = 262_144;

/// The error of a payload that is too large.
pub(crate) const DATA_LIMIT: &str = "States.DataLimitExceeded";

/// The cause, of what a state gives in this field. The words are ours.
pub(crate) fn too_large_to_give(field: &str) -> String {
    format!("The {field} have a size exceeding the maximum number of bytes service limit.")
}

/// The cause, of what this state or task gave.
pub(crate) fn too_large(name: &str) -> String {
    format!(
        "The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit."
    )
}
