//! `asl test-state`.

use super::{Folder, Value, arg, json, run, text};

const MACHINE: &str = r#"{
  "StartAt": "Charge",
  "States": {
    "Charge": {
      "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Total",
      "Parameters": {"FunctionName": "charge", "Payload.$": "$.id"}, "ResultPath": "$.charge",
      "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2, "IntervalSeconds": 5}],
      "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Total"}]
    },
    "Total": {"Type": "Pass", "Parameters": {"sum.$": "States.MathAdd($.a, $.b)"}, "End": true}
  }
}"#;

#[track_caller]
fn tested(state: &str, arguments: &[&str], code: i32) -> Value {
    let all: Vec<&str> = ["test-state", "-", "--state", state].iter().chain(arguments).copied().collect();
    let output = run(&all, MACHINE.as_bytes());
    assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[track_caller]
fn refused(arguments: &[&str], code: i32) -> String {
    let all: Vec<&str> = ["test-state", "-"].iter().chain(arguments).copied().collect();
    let output = run(&all, MACHINE.as_bytes());
    assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
    text(&output.stderr).to_owned()
}

#[test]
fn a_state_shows_what_its_fields_make_of_the_data() {
    let result = tested("Total", &["--input", r#"{"a": 1, "b": 2}"#, "--level", "debug"], 0);
    insta::assert_json_snapshot!(result);
    let result = tested("Total", &["--input", r#"{"a": 1, "b": 2}"#, "--api"], 0);
    assert_eq!(result, json!({"output": r#"{"sum":3}"#, "status": "SUCCEEDED"}));
}

#[test]
fn the_exit_code_tells_how_the_state_ended() {
    let throw = |error: &str| format!(r#"{{"Throw": {{"Error": "{error}"}}}}"#);
    let input = ["--input", r#"{"id": 7}"#, "--mock"];
    let with = |mock: &str, more: &[&str], code| {
        let arguments: Vec<&str> = input.iter().copied().chain([mock]).chain(more.iter().copied()).collect();
        tested("Charge", &arguments, code)
    };
    let good = with(r#"{"Return": {"paid": true}}"#, &[], 0);
    assert_eq!(good["output"], json!({"id": 7, "charge": {"paid": true}}));
    assert_eq!(with(&throw("Busy"), &[], 3)["status"], "RETRIABLE");
    assert_eq!(with(&throw("Busy"), &["--retries", "2"], 0)["status"], "CAUGHT_ERROR");
    assert_eq!(tested("Total", &["--input", "{}"], 1)["status"], "FAILED");
}

#[test]
fn a_file_may_be_one_state() {
    let folder = Folder::new();
    let file = folder.write(
        "state.json",
        r#"{"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $x + 1 %}", "Next": "B"}"#,
    );
    let output = run(&["test-state", arg(&file), "--variables", r#"{"x": 4}"#], b"");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result, json!({"output": 5, "nextState": "B", "status": "SUCCEEDED"}));
    let output = run(&["test-state", arg(&file), "--state", "A"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "asl: the file is one state, which has no name; leave out --state\n");
}

#[test]
fn what_is_not_tested_says_why_and_what_to_do() {
    assert_eq!(
        refused(&["--state", "Totl"], 2),
        "asl: State not found in definition: `Totl`; is `Total` meant?\n"
    );
    assert_eq!(
        refused(&[], 2),
        "asl: the definition is a state machine: say which of its states is tested (`Charge`, `Total`)\n"
    );
    assert_eq!(
        refused(&["--state", "Charge"], 2),
        "asl: the state `Charge` is a Task, and nothing is called: say what it answers, with --mock '{\"Return\": …}' \
         or --mock '{\"Throw\": {\"Error\": …}}'\n"
    );
    for mock in [r#"{"result": 1}"#, r#"{"Return": 1, "Throw": {}}"#, "{}", "1", r#"{"Throw": 1}"#] {
        assert_eq!(
            refused(&["--state", "Charge", "--mock", mock], 2),
            "asl: --mock is {\"Return\": …} or {\"Throw\": {\"Error\": …, \"Cause\": …}}\n"
        );
    }
    assert_eq!(
        refused(&["--state", "Total", "--mock", r#"{"Return": 1}"#], 2),
        "asl: State type 'Pass' is not supported when a mock is specified\n"
    );
}

#[test]
fn help_shows_exit_codes() {
    insta::assert_snapshot!(text(&run(&["test-state", "--help"], b"").stdout));
}
