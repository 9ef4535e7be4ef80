//! Executions that were recorded, for tests that hold what is foreseen against what happened.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::{StateMachine, Value};

/// The recorded executions, if they are at hand; if not, that is said.
fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance");
    let folder = std::env::var_os("ASL_CONFORMANCE").map_or(beside, PathBuf::from).join("executions");
    if folder.is_dir() {
        return Some(folder);
    }
    #[expect(clippy::print_stderr, reason = "a test that is skipped must say so")]
    {
        eprintln!("skipped: there are no recorded executions at {}", folder.display());
    }
    None
}

fn cases(folder: &Path) -> Vec<(String, Value)> {
    let mut cases = Vec::new();
    for area in fs::read_dir(folder).unwrap() {
        for file in fs::read_dir(area.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            cases.push((path.display().to_string(), serde_json::from_str(&text).unwrap()));
        }
    }
    cases.sort_by(|one, other| one.0.cmp(&other.0));
    cases
}

/// A recorded value with what it had been anonymised by.
pub(super) fn replaced(value: &Value, tokens: &Value) -> Value {
    match value {
        Value::String(text) => {
            let mut text = text.clone();
            for (token, original) in tokens.as_object().into_iter().flatten() {
                if let Some(original) = original.as_str() {
                    text = text.replace(token, original);
                }
            }
            text.into()
        }
        Value::Array(elements) => elements.iter().map(|it| replaced(it, tokens)).collect(),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, it)| (name.clone(), replaced(it, tokens))).collect())
        }
        other => other.clone(),
    }
}

/// A recorded JSON text; objects were read by the recorder.
pub(super) fn read(value: &Value) -> Value {
    value.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| value.clone())
}

/// The executions of whole machines: the case and the machine.
pub(super) fn executions() -> Vec<(String, Value, StateMachine)> {
    let Some(folder) = folder() else { return Vec::new() };
    let with_machine = cases(&folder).into_iter().filter_map(|(file, case)| {
        let text = case["definition_text"].as_str()?;
        let machine = crate::decode(text).ok()?.machine;
        (machine.states.is_some() && case["history"].is_array()).then_some((file, case, machine))
    });
    with_machine.collect()
}
