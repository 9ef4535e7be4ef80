//! `jsonata/`: the official suite of JSONata, and expressions with the reference parser's verdict.

use std::fs;
use std::io;
use std::path::Path;

use asl_core::syntax::jsonata::Expression;
use serde_json::Value;

use super::{Area, Outcome, broken};

/// Areas `jsonata_parse` and `jsonata_suite`.
///
/// # Errors
///
/// If a file cannot be read, or a line of it is not JSON.
pub fn areas(folder: &Path) -> io::Result<Vec<Area>> {
    let folder = folder.join("jsonata");
    let mut areas = Vec::new();
    for (file, name, check) in FILES {
        let file = folder.join(file);
        if !file.is_file() {
            continue;
        }
        let mut area = Area::new(*name);
        for (index, line) in fs::read_to_string(&file)?.lines().enumerate() {
            let title = format!("line {}", index + 1);
            match serde_json::from_str::<Value>(line) {
                Ok(case) => area.check(case["id"].as_str().unwrap_or(&title), || check(&case)),
                Err(_) if line.contains("\\ud") => area.check(&title, || Outcome::Skipped(HALF_A_PAIR)),
                Err(error) => return Err(broken(&file, format!("{title}: {error}"))),
            }
        }
        areas.push(area);
    }
    Ok(areas)
}

/// JavaScript's strings can hold what no Rust string can.
const HALF_A_PAIR: &str = "holds half a surrogate pair, which is no Unicode text";

type Check = fn(&Value) -> Outcome;

/// The files of the folder, the area that each is, and the check of one of its lines.
const FILES: &[(&str, &str, Check)] =
    &[("parse.jsonl", "jsonata_parse", parse), ("suite.jsonl", "jsonata_suite", evaluate)];

/// An expression is taken or refused as the reference parser does: `{expr, ok, code, position, token}`.
fn parse(case: &Value) -> Outcome {
    let (Some(text), Some(ok)) = (case["expr"].as_str(), case["ok"].as_bool()) else {
        return Outcome::Failed(format!("the case is of an unknown shape: {case}"));
    };
    match (Expression::parse(text).errors.first(), ok) {
        (None, true) | (Some(_), false) => Outcome::Passed,
        (Some(error), true) => Outcome::Failed(format!("refused: {text:?}: {error}")),
        (None, false) => Outcome::Failed(format!("accepted, but {}: {text:?}", case["code"])),
    }
}

/// An expression has the result of the suite: `{expr, bindings, data, want}`.
fn evaluate(_case: &Value) -> Outcome {
    Outcome::Skipped("needs the JSONata evaluator")
}
