//! Input that is no definition: a clear error, at a place, and never a panic, a stack overflow or a hang.

use asl_core::decode::{JsonError, decode, decode_slice};
use asl_core::model::WorkflowType;
use asl_core::{encode, validate};

fn refused(bytes: &[u8]) -> JsonError {
    decode_slice(bytes).expect_err("this is no definition")
}

#[test]
fn an_empty_text_is_refused_with_what_a_definition_is() {
    let error = refused(b"");
    assert_eq!(error.to_string(), "line 1, column 1: the definition is empty");
    assert!(error.help.is_some());
}

#[test]
fn a_cut_off_text_is_refused_at_its_end_or_at_the_open_bracket() {
    let whole =
        r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": [1, "é\n", null], "End": true}}}"#;
    for end in 0..whole.len() {
        refused(&whole.as_bytes()[..end]);
    }
}

#[test]
fn a_hundred_thousand_brackets_are_refused() {
    for bracket in ["[", "{\"a\":", "[[{\"a\":["] {
        let error = refused(bracket.repeat(100_000).as_bytes());
        assert!(error.message.contains("nest") || error.message.contains("deep"), "{error}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_refused_where_they_stand() {
    let error = refused(b"{\"StartAt\":\n\"\xff\"}");
    assert_eq!(error.to_string(), "line 2, column 2: the file is not UTF-8: byte 0xff");
}

#[test]
fn nul_bytes_are_refused() {
    for text in ["\0", "{\"StartAt\": \"A\0\"}", "{}\0"] {
        refused(text.as_bytes());
    }
}

#[test]
fn a_string_of_a_hundred_megabytes_is_read() {
    let long = "x".repeat(100 << 20);
    let text =
        format!(r#"{{"StartAt":"A","States":{{"A":{{"Type":"Pass","Comment":"{long}","End":true}}}}}}"#);
    drop(long);
    let machine = decode(&text).expect("it is JSON, however long").machine;
    // too large for the service, and said so without quoting it
    let findings = validate::findings(&machine, WorkflowType::Standard);
    assert!(
        findings.iter().all(|finding| finding.message.len() < 1_000),
        "a message quotes the whole string"
    );
}

#[test]
fn what_nests_as_deeply_as_text_may_is_judged_written_and_dropped() {
    let forms = [
        (r#"{"Not":"#, "{}", "}", r#"{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":["#, "]}}}"),
        ("[", "1", "]", r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":"#, "}}}"),
        (
            r#"{"Type":"Parallel","Branches":[{"StartAt":"B","States":{"B":"#,
            "{}",
            "}}]}",
            r#"{"StartAt":"A","States":{"A":"#,
            "}}",
        ),
    ];
    for (open, core, close, before, after) in forms {
        // the deepest that the reader takes, found from above
        let deepest = (1..600).rev().find_map(|depth| {
            let text = format!("{before}{}{core}{}{after}", open.repeat(depth), close.repeat(depth));
            decode(&text).ok().map(|decoded| (depth, decoded.machine))
        });
        let (depth, machine) = deepest.expect("some depth is read");
        assert!(depth >= 16, "only {depth} levels of {open}");
        let judged = validate::findings(&machine, WorkflowType::Standard);
        let again = decode(&encode::to_string(&machine)).expect("what the encoder writes is JSON").machine;
        assert_eq!(validate::findings(&again, WorkflowType::Standard), judged);
    }
}
