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
