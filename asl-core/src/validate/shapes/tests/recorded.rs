//! What is known of data, held against executions that were recorded.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::model::{State, StateMachine, States, Value};
use crate::validate::shapes::flow;
use crate::validate::shapes::shape::Shape;

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

/// All states of a machine by name.
fn collect<'m>(states: &'m States, all: &mut BTreeMap<&'m str, Vec<&'m State>>) {
    for (name, state) in states.iter() {
        all.entry(name).or_default().push(state);
        match state {
            State::Parallel(parallel) => {
                let branches = parallel.branches.iter().flatten();
                branches.filter_map(|branch| branch.states.as_ref()).for_each(|it| collect(it, all));
            }
            State::Map(map) => {
                let inner = map.processor.as_ref().and_then(|it| it.machine().states.as_ref());
                inner.into_iter().for_each(|it| collect(it, all));
            }
            _ => {}
        }
    }
}

/// A recorded value with what it had been anonymised by.
fn replaced(value: &Value, tokens: &Value) -> Value {
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

#[test]
fn debug_recorded() {
    let Some(folder) = folder() else { return };
    let (mut n, mut entered, mut fails, mut predicted_unseeded, mut predicted_seeded) = (0, 0, 0, 0, 0);
    for (file, case) in cases(&folder) {
        let case = &replaced(&case, &case["tokens"]);
        let Some(text) = case["definition_text"]
            .as_str()
            .map(str::to_owned)
            .or_else(|| case["definition"].is_object().then(|| case["definition"].to_string()))
        else {
            continue;
        };
        let Ok(decoded) = crate::decode(&text) else { continue };
        let machine: &StateMachine = &decoded.machine;
        let Some(states) = &machine.states else { continue };
        let mut all = BTreeMap::new();
        collect(states, &mut all);
        n += 1;
        let status = case["expected"]["status"].as_str().unwrap_or("?");
        let error = case["expected"]["error"].as_str().unwrap_or("");
        let empty = Vec::new();
        let history = case["history"].as_array().unwrap_or(&empty);
        let mut visited = Vec::new();
        for event in history {
            if let Some(name) = event["stateEnteredEventDetails"]["name"].as_str() {
                visited.push(name.to_owned());
            }
        }
        let is_runtime =
            matches!(error, "States.Runtime" | "States.QueryEvaluationError" | "States.IntrinsicFailure");
        if is_runtime {
            fails += 1;
        }
        for seeded in [false, true] {
            let input = if seeded { Shape::exact(&case["input"], &"INPUT".into()) } else { Shape::UNKNOWN };
            let flow = flow::follow(machine, machine.language(), input);
            if seeded {
                for event in history {
                    let details = &event["stateEnteredEventDetails"];
                    let Some(name) = details["name"].as_str() else { continue };
                    let mut value = details["input"].clone();
                    if let Some(text) = value.as_str()
                        && let Ok(parsed) = serde_json::from_str(text)
                    {
                        value = parsed;
                    }
                    entered += 1;
                    let admitted = all.get(name).is_some_and(|them| {
                        them.iter().any(|state| {
                            flow.entries
                                .get(&std::ptr::from_ref(*state))
                                .is_some_and(|(shape, _)| shape.admits(&value))
                        })
                    });
                    if !admitted {
                        let shape =
                            all.get(name).and_then(|them| flow.entries.get(&std::ptr::from_ref(them[0])));
                        println!("NOT ADMITTED {file} {name} value {value} shape {shape:?}\n    {text}");
                    }
                }
            }
            let mut predicted = false;
            let observations = flow.into_observations();
            for (name, them) in &all {
                for state in them {
                    for observation in observations.get(&std::ptr::from_ref(*state)).into_iter().flatten() {
                        predicted = true;
                        let v = visited.iter().any(|v| v == name);
                        println!(
                            "{} seeded={seeded} visited={v} {status} {error} {file}\n   {name}{} {:?}",
                            if status == "SUCCEEDED" && v { "SUSPECT" } else { "finding" },
                            observation.at,
                            observation.fact
                        );
                        if status == "SUCCEEDED" && v {
                            println!("    {text}");
                        }
                    }
                }
            }
            if is_runtime && predicted {
                if seeded { predicted_seeded += 1 } else { predicted_unseeded += 1 }
            }
            if is_runtime && seeded && !predicted {
                println!("UNPREDICTED {error} {file} {}", case["expected"]["cause"]);
            }
        }
    }
    println!(
        "cases {n} entered {entered} runtime failures {fails} predicted unseeded {predicted_unseeded} seeded {predicted_seeded}"
    );
}
