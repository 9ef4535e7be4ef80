//! `jsonata/`: the official suite of JSONata, and expressions with the reference parser's verdict.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use asl_core::syntax::jsonata::Expression;
use asl_local::jsonata::{Environment, Limits, evaluate_document};
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

/// An expression has the result of the suite: `{expr, bindings, data, want}`, and the limits of some cases,
/// `{timelimit, depth}`.
fn evaluate(case: &Value) -> Outcome {
    let (Some(text), Some(bindings), Some(want)) =
        (case["expr"].as_str(), case["bindings"].as_object(), case["want"].as_object())
    else {
        return Outcome::Failed(format!("the case is of an unknown shape: {case}"));
    };
    let found = evaluate_document(text, case.get("data"), bindings, &environment(case));
    let is_as_wanted = match (&found, want.get("v"), want.get("code").and_then(Value::as_str)) {
        (Ok(Some(value)), Some(wanted), _) => is_same(value, wanted),
        (Ok(None), None, None) => want.contains_key("undef"),
        (Err(error), _, Some(code)) => error.code.as_deref().is_some_and(|found| is_same_code(found, code)),
        _ => false,
    };
    let difference = || match found {
        Ok(None) => format!("{text:?} gives nothing, not {}", case["want"]),
        Ok(Some(value)) => format!("{text:?} gives {value}, not {}", case["want"]),
        Err(error) => format!("{text:?} fails, not {}: {error}", case["want"]),
    };
    Outcome::unless((!is_as_wanted).then(difference))
}

/// The limits of a case. The reference has none unless they are set.
fn environment(case: &Value) -> Environment {
    let number = |key: &str| case[key].as_u64();
    let limits = Limits {
        time: Duration::from_millis(number("timelimit").unwrap_or(20_000)),
        depth: number("depth").and_then(|depth| depth.try_into().ok()).unwrap_or(10_000),
        sequence: 10_000_000,
    };
    Environment { limits, ..Environment::default() }
}

/// Whether two values are the same to JSON: `1` is `1.0`, and the order of names does not count.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, one)| other.get(name).is_some_and(|other| is_same(one, other)))
        }
        _ => one == other,
    }
}

/// The suite's runner says `U1001` if a case goes beyond its limits; implementations say which.
fn is_same_code(found: &str, wanted: &str) -> bool {
    found == wanted || (wanted == "U1001" && ["D1011", "D1012"].contains(&found))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_compared_as_json_means_them() {
        assert!(is_same(&json!({"a": [1, null], "b": "x"}), &json!({"b": "x", "a": [1.0, null]})));
        for other in [json!({"a": [1]}), json!({"a": [1, 2], "b": "x"}), json!({"a": [1, null]})] {
            assert!(!is_same(&json!({"a": [1, null], "b": "x"}), &other), "{other}");
        }
    }

    #[test]
    fn a_case_passes_only_as_it_wants() {
        let case =
            |want: Value| json!({"expr": "a + b", "bindings": {}, "data": {"a": 1, "b": 2}, "want": want});
        assert_eq!(evaluate(&case(json!({"v": 3}))), Outcome::Passed);
        for want in [json!({"v": 4}), json!({"undef": true}), json!({"code": "T2001"})] {
            assert!(matches!(evaluate(&case(want)), Outcome::Failed(_)));
        }
        let case = json!({"expr": "1 + 'a'", "bindings": {}, "want": {"code": "T2002"}});
        assert_eq!(evaluate(&case), Outcome::Passed);
        let case = json!({"expr": "1 + 'a'", "bindings": {}, "want": {"code": "T2001"}});
        assert!(matches!(evaluate(&case), Outcome::Failed(_)));
    }
}
