//! The forms of a report, on whole files.

use serde_json::Value;

use super::{asl, fixtures, text};

/// Standard output of a check of fixtures, and the exit code.
fn checked(arguments: &[&str]) -> String {
    let output = asl(arguments).current_dir(fixtures()).output().unwrap();
    format!("{}exit code {}\n", text(&output.stdout), output.status.code().unwrap())
}

#[test]
fn people_see_the_place_in_the_source() {
    insta::assert_snapshot!(checked(&["check", "order.asl.json"]));
}

#[test]
fn of_a_long_line_the_part_around_the_place_is_shown_with_the_true_column() {
    insta::assert_snapshot!(checked(&["check", "minified.asl.json"]));
}

#[test]
fn yaml_has_its_own_lines_and_columns() {
    insta::assert_snapshot!(checked(&["check", "flow.asl.yaml"]));
}

#[test]
fn templates_have_their_own_lines_and_name_the_resource() {
    insta::assert_snapshot!(checked(&["check", "template.yaml", "template.json"]));
}

#[test]
fn github_is_given_commands() {
    insta::assert_snapshot!(checked(&["check", "--format", "github", "order.asl.json", "template.yaml"]));
}

#[test]
fn programs_are_given_the_resource_and_what_could_not_be_read() {
    let arguments = ["check", "--format", "json", "template.json", "missing.asl.json"];
    let output = asl(&arguments).current_dir(fixtures()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let lines: Vec<Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["diagnostics"][0]["resource"], "Escaped");
    assert_eq!(lines[0]["diagnostics"][0]["line"], 6);
    assert_eq!(lines[1]["valid"], false);
    assert!(lines[1]["error"].as_str().is_some_and(|error| !error.is_empty()));
}

#[test]
fn sarif_has_rules_with_help_and_results_with_regions() {
    let output =
        asl(&["check", "--format", "sarif", "order.asl.json"]).current_dir(fixtures()).output().unwrap();
    let mut log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap();
    for rule in rules {
        let code = rule["id"].as_str().unwrap();
        let page = asl_core::validate::rule(code).unwrap().explain;
        assert_eq!(rule["help"]["markdown"].as_str(), Some(page));
        assert_eq!(rule["help"]["text"].as_str(), Some(page));
        // the pages are the library's
        rule["help"] = "[page]".into();
        rule["fullDescription"] = "[first paragraph]".into();
    }
    log["runs"][0]["tool"]["driver"]["version"] = "[version]".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
}

#[test]
fn sarif_has_what_its_schema_requires() {
    let arguments = ["check", "--format", "sarif", "order.asl.json", "template.yaml", "a missing file.json"];
    let output = asl(&arguments).current_dir(fixtures()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "asl");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let notifications = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert!(notifications[0]["message"]["text"].as_str().unwrap().contains("a missing file.json"));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 10);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(!place["artifactLocation"]["uri"].as_str().unwrap().contains(' '));
        let region = &place["region"];
        let number = |name: &str| region[name].as_u64().unwrap();
        assert!(number("startLine") >= 1 && number("startColumn") >= 1);
        let (start, end) =
            ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
        assert!(end >= start, "{result}");
    }
}

#[test]
fn colours_come_when_they_are_asked_for() {
    let styled = checked(&["check", "--color", "always", "order.asl.json"]);
    assert!(styled.contains("\u{1b}["));
    assert!(!checked(&["check", "order.asl.json"]).contains('\u{1b}'));
    assert!(!checked(&["check", "--color", "never", "order.asl.json"]).contains('\u{1b}'));
}

#[test]
fn what_steers_a_terminal_is_not_shown_from_the_source_either() {
    for input in [
        "{\"Comment\": \"\u{1b}[31m\"}".as_bytes(),
        "{\"StartAt\": \"\u{202e}B\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}".as_bytes(),
        b"StartAt: \"a\x1b[31m\"\nStates: {}\n",
    ] {
        let output = super::run(&["check", "-"], input);
        assert_eq!(output.status.code(), Some(1));
        assert!(!text(&output.stdout).contains(['\u{1b}', '\u{202e}']), "{}", text(&output.stdout));
    }
}
