//! JSON is accepted as it is.

use std::path::{Path, PathBuf};

use crate::errors::Errors;

/// The recorded definitions, which a clone of the project does not have.
fn definitions() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance");
    let folder = std::env::var_os("ASL_CONFORMANCE").map_or_else(beside, PathBuf::from).join("definitions");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there are no recorded definitions at {} (set ASL_CONFORMANCE)", folder.display());
    None
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The JSON that the macro makes of a text; `None` if that does not even lex as Rust: an escape like `\/`.
fn pasted(text: &str) -> Option<String> {
    let tokens = text.parse().ok()?;
    let mut errors = Errors::default();
    let definition = crate::parse::definition(&mut errors, tokens);
    errors.barrier().ok()?;
    let lowered = crate::lower::lower(&mut errors, definition.machine);
    assert_eq!(errors.messages(), Vec::<&str>::new(), "lowering plain JSON reports nothing");
    Some(lowered.machine.write().text)
}

#[test]
fn recorded_definitions_mean_the_same_when_pasted() {
    let Some(folder) = definitions() else { return };
    let (mut same, mut not_rust) = (0, Vec::new());
    for file in files(&folder.join("valid")).into_iter().chain(files(&folder.join("invalid"))) {
        let text = std::fs::read_to_string(&file).unwrap();
        let Ok(original) = asl_core::decode(&text) else { continue };
        let Some(pasted) = pasted(&text) else {
            not_rust.push(file);
            continue;
        };
        let read = asl_core::decode(&pasted).unwrap();
        assert_eq!(read.machine, original.machine, "{}", file.display());
        assert_eq!(read.findings, original.findings, "{}", file.display());
        same += 1;
    }
    eprintln!("{same} the same; not Rust tokens: {not_rust:?}");
    assert!(same > 20 * not_rust.len(), "{same} the same, not Rust tokens: {not_rust:?}");
}
