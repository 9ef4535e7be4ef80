//! `asl check --fix`: edits that change nothing but what is wrong.

use std::fs;

use super::{Folder, asl, fixtures, run, text};

/// What a definition is after `--fix`, and the codes that are left.
#[track_caller]
fn check(before: &str, after: &str, left: &[&str]) {
    let folder = Folder::new();
    let path = folder.write("a.asl.json", before);
    let output = run(&["check", "--fix", "--format", "short", path.to_str().unwrap()], b"");
    assert_eq!(fs::read_to_string(&path).unwrap(), after, "{}", text(&output.stdout));
    let found: Vec<&str> = text(&output.stdout)
        .lines()
        .filter_map(|line| Some(line.split_once('[')?.1.split_once("]: ")?.0))
        .collect();
    assert_eq!(found, left);
}

#[test]
fn a_patch_shows_what_would_change_and_nothing_is_written() {
    let before = fs::read(fixtures().join("order.asl.json")).unwrap();
    let output = asl(&["check", "--fix", "--dry-run", "order.asl.json", "template.yaml"])
        .current_dir(fixtures())
        .output()
        .unwrap();
    insta::assert_snapshot!(text(&output.stdout));
    assert_eq!(text(&output.stderr), "asl: would mend 7 findings in 1 file\n");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read(fixtures().join("order.asl.json")).unwrap(), before);
}

#[test]
fn only_the_wrong_bytes_change() {
    check(
        "\u{feff}{ \"StartAt\" :\t\"Shp\",\r\n\"States\":{\"Ship\":{\"Type\":\"Succeed\",\"Coment\":\"\\u00e9\"}} }",
        "\u{feff}{ \"StartAt\" :\t\"Ship\",\r\n\"States\":{\"Ship\":{\"Type\":\"Succeed\",\"Comment\":\"\\u00e9\"}} }",
        &[],
    );
}

#[test]
fn one_fix_shows_the_next_fault() {
    // only a state of a known type is looked into
    check(
        r#"{"StartAt": "Halt", "States": {"Halt": {"Type": "wait", "Secnds": "5", "End": "true"}}}"#,
        r#"{"StartAt": "Halt", "States": {"Halt": {"Type": "wait", "Secnds": "5", "End": "true"}}}"#,
        &["ASL0107"],
    );
    check(
        r#"{"StartAt": "Halt", "States": {"Halt": {"Type": "Wait", "Secnds": "5", "End": "true"}}}"#,
        r#"{"StartAt": "Halt", "States": {"Halt": {"Type": "Wait", "Seconds": 5, "End": true}}}"#,
        &[],
    );
}

#[test]
fn where_several_answers_are_right_nothing_is_done() {
    for definition in [
        // two states are as near
        r#"{"StartAt": "Shp", "States": {"Ship": {"Type": "Pass", "Next": "Shop"}, "Shop": {"Type": "Succeed"}}}"#,
        // a state of a series that is not there yet
        r#"{"StartAt": "Step1", "States": {"Step1": {"Type": "Pass", "Next": "Step3"}, "Step2": {"Type": "Succeed"}}}"#,
        // it would lead to itself
        r#"{"StartAt": "Ship", "States": {"Ship": {"Type": "Pass", "Next": "Shipp"}}}"#,
        // the right field is there already
        r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed", "Comment": "a", "Coment": "b"}}}"#,
        // nobody can say which of the two keys is meant
        r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": "true"}, "A": {"Type": "Pass", "End": "true"}}}"#,
    ] {
        let folder = Folder::new();
        let path = folder.write("a.asl.json", definition);
        run(&["check", "--fix", path.to_str().unwrap()], b"");
        assert_eq!(fs::read_to_string(&path).unwrap(), definition);
    }
}

#[test]
fn what_is_allowed_is_left_as_it_is() {
    let definition =
        r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a": "$.a"}, "End": true}}}"#;
    let folder = Folder::new();
    let path = folder.write("a.asl.json", definition);
    run(&["check", "--fix", "--allow", "no-dollar", path.to_str().unwrap()], b"");
    assert_eq!(fs::read_to_string(&path).unwrap(), definition);
    run(&["check", "--fix", path.to_str().unwrap()], b"");
    assert!(fs::read_to_string(&path).unwrap().contains(r#"{"a.$": "$.a"}"#));
}

#[test]
fn the_standard_input_is_not_written() {
    let output = run(
        &["check", "--fix", "-"],
        br#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": "true"}}}"#,
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("it is the standard input"), "{}", text(&output.stderr));
}

#[test]
fn a_file_that_is_no_json_or_has_nothing_to_mend_is_not_touched() {
    let folder = Folder::new();
    for definition in ["{", "", r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#] {
        let path = folder.write("a.asl.json", definition);
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        run(&["check", "--fix", path.to_str().unwrap()], b"");
        assert_eq!(fs::read_to_string(&path).unwrap(), definition);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
    }
}
