//! The recorded cases, where they are at hand: a user's clone does not have them.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The folder of recorded cases: `ASL_CONFORMANCE`, or `../shared/conformance` beside the project.
///
/// Says on standard error that it is absent, so that a run without it does not look like one with it.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance");
    let folder = std::env::var_os("ASL_CONFORMANCE").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there are no recorded cases at {} (set ASL_CONFORMANCE)", folder.display());
    None
}

/// A definition with its verdict.
pub struct Definition {
    /// The file's name below the folder.
    pub file: String,
    /// The text.
    pub bytes: Vec<u8>,
    /// Whether the service takes it.
    pub valid: bool,
    /// Whether the verdict is about an Express workflow.
    pub express: bool,
    /// Why the verdict is what it is.
    pub reason: String,
}

/// The definitions that have a clear verdict.
///
/// # Panics
///
/// If the folder is not of the shape that its index describes.
#[must_use]
pub fn definitions(folder: &Path) -> Vec<Definition> {
    let folder = folder.join("definitions");
    let index = std::fs::read(folder.join("index.json")).expect("the index can be read");
    let index: Vec<Value> = serde_json::from_slice(&index).expect("the index is an array");
    let text = |entry: &Value, key: &str| entry[key].as_str().map(str::to_owned);
    index
        .iter()
        .filter_map(|entry| {
            let verdict = text(entry, "adjudicated").or_else(|| text(entry, "verdict"))?;
            let file = text(entry, "file")?;
            (verdict != "unclear").then(|| Definition {
                bytes: std::fs::read(folder.join(&file)).expect("every file of the index is there"),
                file,
                valid: verdict == "valid",
                express: entry["workflow_type"] == "EXPRESS",
                reason: text(entry, "reason").unwrap_or_default(),
            })
        })
        .collect()
}
