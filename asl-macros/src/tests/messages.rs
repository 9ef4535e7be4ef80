use crate::emit::Form;

use super::{messages, state};

/// Checks the one message about a whole definition.
#[track_caller]
fn whole(source: &str, message: &str) {
    assert_eq!(messages(Form::Machine, source), [message], "{source}");
}

/// Checks the one message about a state.
#[track_caller]
fn check(fields: &str, message: &str) {
    whole(&state(fields), message);
}

#[test]
fn every_error_of_a_pass_is_reported() {
    let source = "StartAt A, States: { B: Pass { Next C, End: tru!(), Result: 'x' }, C: Pass { Next: = } }";
    assert_eq!(
        messages(Form::Machine, source),
        [
            "expected `:` after `StartAt`",
            "expected `:` after `Next`",
            "`tru` begins a Rust expression\nhelp: a Rust expression is written `#(expression)`",
            "`'x'` is a character\nhelp: write a string in double quotes",
            "expected a value, found `=`\nhelp: a Rust expression is written `#(expression)`",
        ]
    );
}

#[test]
fn findings_of_the_validator_come_with_code_and_help() {
    whole(
        "StartAt: Ship, States: { Ship: Pass { Next: Shipp } }",
        "[ASL0301] there is no state `Shipp`\nhelp: did you mean `Ship`?",
    );
}

#[test]
fn a_path_where_a_value_stands_is_told_its_field() {
    check(
        "Wait { Seconds: $.n, End: true }",
        "`Seconds` takes a value, not a path\nhelp: write `SecondsPath: $.n`",
    );
    check(
        "Wait { QueryLanguage: JSONata, Seconds: $.n, End: true }",
        "`Seconds` takes a value, not a path\nhelp: write `\"{% $states.input.n %}\"`",
    );
    check(
        "Choice { Choices: [{ Variable: $.a, StringEquals: $.b, Next: S }] }",
        "`StringEquals` takes a value, not a path\nhelp: write `StringEqualsPath: $.b`",
    );
}

#[test]
fn the_part_of_a_literal_is_marked() {
    let range = 2..4;
    let finding = asl_core::diagnostic::Diagnostic {
        code: asl_core::diagnostic::Code::new("ASL0400"),
        severity: asl_core::diagnostic::Severity::Error,
        at: asl_core::diagnostic::Pointer::root(),
        part: asl_core::diagnostic::Part::Value,
        message: "bad".to_owned(),
        help: Some("mend it".to_owned()),
        fix: None,
    };
    let message = |text, range| crate::check::message(&finding, Some((text, range)));
    assert_eq!(message("abcdef", &range), "[ASL0400] bad\n  abcdef\n    ^^\nhelp: mend it");
    assert_eq!(message("é\nabc\nd", &(4..99)), "[ASL0400] bad\n  abc\n   ^^\nhelp: mend it");
    assert_eq!(message("é", &(1..2)), "[ASL0400] bad\nhelp: mend it");
    assert_eq!(message("é\nabc\nd", &(4..6)), "[ASL0400] bad\n  abc\n   ^^\nhelp: mend it");
    assert_eq!(message("ab", &(2..2)), "[ASL0400] bad\n  ab\n    ^\nhelp: mend it");
    assert_eq!(message("ab", &(0..2)), "[ASL0400] bad\nhelp: mend it");
}
