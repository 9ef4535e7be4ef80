//! Findings stand at the tokens that say what is wrong.

use asl_core::diagnostic::{Code, Diagnostic, Part, Pointer, Severity};

use crate::errors::Errors;

/// Checks what a finding about the fields of a state is shown at, and what its message says further.
#[track_caller]
fn check(fields: &str, at: &str, part: Part, shown: &str) {
    let source = format!("StartAt: S, States: {{ S: {fields} }}");
    let mut errors = Errors::default();
    let definition = crate::parse::definition(&mut errors, source.parse().unwrap());
    let written = crate::lower::lower(&mut errors, definition.machine).machine.write();
    errors.barrier().unwrap();
    let finding = Diagnostic {
        code: Code::new("ASL0000"),
        severity: Severity::Error,
        at: Pointer::new(format!("/States/S{at}")),
        part,
        message: String::new(),
        help: None,
        fix: None,
    };
    let (place, _) = crate::check::locate(&finding, &written.spots);
    let columns = place.columns();
    let text: String = source.chars().skip(columns.start).take(columns.len()).collect();
    assert_eq!(text, shown, "{source} {at}");
}

#[test]
fn a_part_of_a_path_is_the_token_that_says_it() {
    check("Pass { InputPath: $.user..plan[0] }", "/InputPath", Part::Within(2..6), "user");
    check("Pass { InputPath: $.user..plan[0] }", "/InputPath", Part::Within(6..8), "..");
    check("Pass { InputPath: $.user..plan[0] }", "/InputPath", Part::Within(7..12), ".plan");
    check("Pass { InputPath: $.user..plan[0] }", "/InputPath", Part::Within(12..15), "[0]");
    check("Pass { InputPath: $.user. }", "/InputPath", Part::Within(7..7), ".");
    check("Pass { InputPath: $.a-b.c }", "/InputPath", Part::Within(2..5), "a-b");
    check("Pass { InputPath: $.user.plan }", "/InputPath", Part::Value, "$.user.plan");
}

#[test]
fn a_part_of_a_function_call_is_the_token_that_says_it() {
    let fields = r#"Pass { Parameters: { a: States.Format("x{}", $.b.c) } }"#;
    check(fields, "/Parameters/a.$", Part::Within(7..13), "Format");
    check(fields, "/Parameters/a.$", Part::Within(14..19), r#""x{}""#);
    check(fields, "/Parameters/a.$", Part::Within(23..24), "b");
    check(fields, "/Parameters/a.$", Part::Key, "a");
}

#[test]
fn a_part_of_a_literal_is_the_literal() {
    check(r#"Pass { InputPath: "$.user..plan" }"#, "/InputPath", Part::Within(6..8), r#""$.user..plan""#);
}

#[test]
fn what_is_missing_is_shown_at_the_nearest_key() {
    check("Pass { Result: 1 }", "", Part::Value, "S");
    check("Pass { Result: 1 }", "/Next", Part::Value, "S");
    check("Pass { Result: { a: [1] } }", "/Result/a/7", Part::Value, "a");
    check("Task { Retry: [{ MaxAttempts: 1 }] }", "/Retry/0", Part::Value, "{");
}

#[test]
fn the_parts_of_a_rule_are_the_parts_of_its_arm() {
    let fields = r#"Choice { $.a == "x" && !is_null($.b) => T, _ => U }"#;
    check(fields, "/Choices/0", Part::Value, r#"$.a == "x" && !is_null($.b)"#);
    check(fields, "/Choices/0/And/0/Variable", Part::Value, "$.a");
    check(fields, "/Choices/0/And/0/StringEquals", Part::Key, "==");
    check(fields, "/Choices/0/And/0/StringEquals", Part::Value, r#""x""#);
    check(fields, "/Choices/0/And/1/Not/Variable", Part::Within(2..3), "b");
    check(fields, "/Choices/0/And/1/Not/IsNull", Part::Value, "is_null");
    check(fields, "/Choices/0/Next", Part::Value, "T");
    check(fields, "/Default", Part::Value, "U");
    check(fields, "/Default", Part::Key, "_");
}
