//! Variables and expressions against what the service was recorded to do.

use std::fs;
use std::path::{Path, PathBuf};

use asl_core::decode::Decoded;
use asl_core::diagnostic::Severity;
use asl_core::model::WorkflowType;
use asl_core::validate;
use asl_tests::conformance;
use serde_json::Value;

/// The recorded cases of one area, each with its machine; those that hold no whole machine are left out.
fn cases(folder: &Path, area: &str) -> Vec<(PathBuf, Value, Decoded)> {
    let files = fs::read_dir(folder.join("executions").join(area)).expect("the area is there");
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    let read = |file: PathBuf| {
        let case: Value = serde_json::from_slice(&fs::read(&file).unwrap()).expect("a case is JSON");
        let text = match case["definition_text"].as_str() {
            Some(text) => text.to_owned(),
            None => case["definition"].to_string(),
        };
        let decoded = asl_core::decode(&text).ok()?;
        decoded.machine.states.is_some().then_some((file, case, decoded))
    };
    files.into_iter().filter_map(read).collect()
}

#[test]
fn the_service_names_the_same_variables_as_read() {
    let Some(folder) = conformance::folder() else { return };
    let cases = cases(&folder, "variable_references");
    assert!(!cases.is_empty());
    for (file, case, decoded) in cases {
        let references = validate::variable_references(&decoded.machine);
        let found =
            if references.is_empty() { Value::Null } else { serde_json::to_value(references).unwrap() };
        assert_eq!(found, case["expected"]["variableReferences"], "{}", file.display());
    }
}

#[test]
fn what_has_run_is_not_refused() {
    let Some(folder) = conformance::folder() else { return };
    let mut all = 0;
    for area in fs::read_dir(folder.join("executions")).expect("there are executions") {
        let area = area.unwrap().file_name().into_string().unwrap();
        // the first holds definitions that were refused, the second single states
        if matches!(area.as_str(), "validation" | "test_state") {
            continue;
        }
        for (file, _, decoded) in cases(&folder, &area) {
            all += 1;
            let findings = decoded.all_findings(WorkflowType::Standard);
            let errors: Vec<_> = findings.iter().filter(|it| it.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{}: {errors:#?}", file.display());
        }
    }
    eprintln!("{all} machines that ran have no error");
}

#[test]
fn executions_that_read_an_unknown_variable_are_warned_of_and_no_others() {
    let Some(folder) = conformance::folder() else { return };
    let doubted = |decoded: &Decoded| {
        let findings = decoded.all_findings(WorkflowType::Standard);
        findings.iter().any(|finding| matches!(finding.code.as_str(), "ASL0208" | "ASL0209"))
    };
    for (file, _, decoded) in cases(&folder, "assign") {
        let name = file.file_name().unwrap().to_string_lossy();
        assert_eq!(doubted(&decoded), name.contains("UNDEFINED"), "{name}");
    }
}

/// The functions and arities that we know are those of the reference: what it computes gives no finding.
#[test]
fn calls_that_work_in_the_reference_are_not_doubted() {
    let Some(folder) = conformance::folder() else { return };
    let cases = fs::read_to_string(folder.join("jsonata/suite.jsonl")).expect("the suite can be read");
    let mut all = 0;
    let mut doubted = Vec::new();
    for case in cases.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let (Some(code), Some(_)) = (case["expr"].as_str(), case["want"].get("v")) else { continue };
        // there `$eval` exists, and the case may bind functions
        if code.contains("$eval") || case["bindings"].as_object().is_some_and(|bound| !bound.is_empty()) {
            continue;
        }
        all += 1;
        let machine = serde_json::json!({"QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": {"Type": "Pass", "Output": format!("{{% {code} %}}"), "End": true}}});
        let decoded = asl_core::decode(&machine.to_string()).unwrap();
        let findings = decoded.all_findings(WorkflowType::Standard);
        for finding in
            findings.iter().filter(|it| matches!(it.code.as_str(), "ASL0414" | "ASL0418" | "ASL0419"))
        {
            if !finding.message.contains("JSONata 2.1") {
                doubted.push(format!("{code}\n    {finding}"));
            }
        }
    }
    assert!(doubted.is_empty(), "{} of {all}:\n{}", doubted.len(), doubted.join("\n"));
}
