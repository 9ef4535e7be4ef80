//! `asl run`.

use super::{Folder, Value, arg, json, run, text};

const ORDER: &str = r#"{
  "StartAt": "ChargeCard",
  "States": {
    "ChargeCard": {
      "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "ResultPath": "$.charge", "Next": "Cool down",
      "Parameters": {"FunctionName": "charge", "Payload.$": "$.id"}, "Retry": [{"ErrorEquals": ["Busy"]}]
    },
    "Cool down": {"Type": "Wait", "Seconds": 3600, "Next": "Each"},
    "Each": {
      "Type": "Map", "ItemsPath": "$.items", "ResultPath": "$.packed", "Next": "Approve",
      "ItemProcessor": {"StartAt": "Pack", "States": {"Pack": {"Type": "Pass", "End": true}}}
    },
    "Approve": {
      "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "ResultPath": null,
      "Parameters": {"QueueUrl": "approvals", "MessageBody.$": "$$.Task.Token"}, "End": true
    }
  }
}"#;
const INPUT: &str = r#"{"id": 7, "items": ["a", "b"]}"#;
const MOCKS: &str = r#"{
  "ChargeCard": [{"Throw": {"Error": "Busy", "Cause": "later"}}, {"Return": {"paid": true}}],
  "Approve": {"Return": {}}
}"#;

struct Said {
    code: i32,
    stdout: String,
    stderr: String,
}

/// Runs the order with these mocks and more arguments.
fn order(mocks: Option<&str>, more: &[&str]) -> Said {
    let folder = Folder::new();
    let file = folder.write("order.asl.json", ORDER);
    let mut arguments = vec!["run", arg(&file), "--input", INPUT];
    let mocks = mocks.map(|mocks| folder.write("mocks.json", mocks));
    if let Some(mocks) = &mocks {
        arguments.extend(["--mocks", arg(mocks)]);
    }
    arguments.extend(more);
    let output = run(&arguments, b"");
    let place = format!("{}/", folder.0.path().display());
    Said {
        code: output.status.code().unwrap(),
        stdout: text(&output.stdout).to_owned(),
        stderr: text(&output.stderr).replace(&place, ""),
    }
}

#[test]
fn the_output_stands_alone_and_what_happens_is_told_beside_it() {
    let said = order(Some(MOCKS), &[]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let output: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(output, json!({"id": 7, "items": ["a", "b"], "charge": {"paid": true}, "packed": ["a", "b"]}));
    insta::assert_snapshot!(said.stderr);
}

/// The first ten step by step, of the others what fails.
#[test]
fn the_children_of_a_distributed_map_are_told_of_by_their_numbers() {
    let folder = Folder::new();
    let file = folder.write(
        "each.asl.json",
        r#"{"StartAt": "Each", "States": {"Each": {
            "Type": "Map", "MaxConcurrency": 1, "ToleratedFailureCount": 2, "ResultSelector": {"count.$": "States.ArrayLength($)"},
            "End": true, "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "Odd?", "States": {
                    "Odd?": {"Type": "Choice", "Default": "Fine",
                        "Choices": [{"Variable": "$", "NumericEquals": 1, "Next": "Broken"}]},
                    "Fine": {"Type": "Succeed"},
                    "Broken": {"Type": "Fail", "Error": "Odd", "Cause": "one is odd"}}}}}}"#,
    );
    let output = run(&["run", arg(&file), "--input", "[0,1,0,0,0,0,0,0,0,0,0,1]"], b"");
    assert_eq!(text(&output.stdout).trim(), "{\n  \"count\": 12\n}");
    insta::assert_snapshot!(text(&output.stderr));
}

#[test]
fn objects_are_read_from_and_written_to_a_folder() {
    let folder = Folder::new();
    for bucket in ["in", "out"] {
        std::fs::create_dir_all(folder.0.path().join("buckets").join(bucket)).unwrap();
    }
    folder.write("buckets/in/rows.csv", "id\n1\n2\n");
    let file = folder.write(
        "etl.asl.json",
        r#"{"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true,
            "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket": "in", "Key": "rows.csv"},
                "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}},
            "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out", "Prefix": "day"},
                "WriterConfig": {"OutputType": "JSONL", "Transformation": "COMPACT"}},
            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Row", "States": {"Row": {"Type": "Pass", "End": true}}}}}}"#,
    );
    let objects = folder.0.path().join("buckets");
    let output = run(&["run", arg(&file), "--quiet", "--objects", arg(&objects)], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    let manifest = result["ResultWriterDetails"]["Key"].as_str().unwrap();
    let read = |key: &str| std::fs::read_to_string(objects.join("out").join(key)).unwrap();
    let manifest: Value = serde_json::from_str(&read(manifest)).unwrap();
    let file_of_results = manifest["ResultFiles"]["SUCCEEDED"][0]["Key"].as_str().unwrap();
    assert_eq!(read(file_of_results), "{\"id\":\"1\"}\n{\"id\":\"2\"}\n");

    let output = run(&["run", arg(&file), "--quiet", "--objects", "nowhere"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "asl: nowhere, the --objects, is no folder\n");
}

#[test]
fn nothing_is_told_when_it_is_to_be_quiet() {
    let said = order(Some(MOCKS), &["--quiet"]);
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
}

#[test]
fn a_history_takes_the_place_of_the_output() {
    let table = order(Some(MOCKS), &["--quiet", "--history", "table"]);
    insta::assert_snapshot!(table.stdout);
    let json = order(Some(MOCKS), &["--quiet", "--history", "json"]);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    let events = json["events"].as_array().unwrap();
    assert_eq!(events.len(), table.stdout.lines().count() - 1);
    assert_eq!(events[0]["executionStartedEventDetails"]["input"], r#"{"id":7,"items":["a","b"]}"#);
}

#[test]
fn a_task_without_a_mock_says_what_to_write() {
    let said = order(None, &["-q"]);
    assert_eq!(said.code, 1);
    assert_eq!(
        said.stderr,
        "asl: the execution failed: States.Runtime: there is no mock for the state `ChargeCard`, which calls \
         `arn:aws:states:::lambda:invoke`; give --mocks a file that says what it answers: \
         {\"ChargeCard\":{\"Return\":{}}}\n"
    );
    let result: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(result["error"], "States.Runtime");
}

#[test]
fn a_mock_with_a_wrong_name_is_seen_from_both_sides() {
    let said = order(Some(r#"{"ChargeCrad": {"Return": 1}, "Approve": {"Return": 1}}"#), &["-q"]);
    assert_eq!(said.code, 1);
    assert!(said.stderr.contains("is the mock `ChargeCrad` meant for it?"), "{}", said.stderr);
    let warning = "asl: warning: nothing has asked for the mock `ChargeCrad`; is `ChargeCard` meant?\n";
    assert!(said.stderr.ends_with(warning), "{}", said.stderr);
}

#[test]
fn all_that_is_wrong_with_mocks_is_said_with_its_place() {
    let said = order(Some(r#"{"ChargeCard": {"Retrun": 1}, "Approve": [{"Throw": 1}]}"#), &[]);
    assert_eq!((said.code, said.stdout.as_str()), (2, ""));
    assert_eq!(
        said.stderr,
        "asl: mocks.json: /ChargeCard: `Retrun` is neither `Return` nor `Throw`; write {\"Return\": …} or {\"Throw\": \
         {\"Error\": …, \"Cause\": …}}\nasl: mocks.json: /Approve/0/Throw: `Throw` must be an object, not a number\n"
    );
}

#[test]
fn a_list_of_answers_has_an_end() {
    let said = order(Some(r#"{"ChargeCard": [{"Throw": {"Error": "Busy"}}]}"#), &["-q"]);
    assert_eq!(said.code, 1);
    assert!(said.stderr.contains("the mock of the state `ChargeCard` has no outcome left for call 2"));
}

#[test]
fn a_token_that_is_waited_for_is_named() {
    let said = order(Some(r#"{"ChargeCard": {"Return": 1}}"#), &["-q"]);
    assert_eq!((said.code, said.stdout.as_str()), (3, ""));
    assert!(
        said.stderr.starts_with(
            "asl: the state `Approve` waits for its task token, which nobody sends here; a mock answers it: \
             {\"Approve\":{\"Return\":{}}}\n  "
        ),
        "{}",
        said.stderr
    );
}

#[test]
fn mocks_of_step_functions_local_are_read_by_test_case() {
    let mocks = r#"{
        "StateMachines": {"Order": {"TestCases": {
            "Good": {"ChargeCard": "Paid", "Approve": "Paid"}, "Bad": {"ChargeCard": "Refused"}
        }}},
        "MockedResponses": {
            "Paid": {"0": {"Return": {"paid": true}}},
            "Refused": {"0": {"Throw": {"Error": "Refused", "Cause": "no funds"}}}
        }
    }"#;
    assert_eq!(order(Some(mocks), &["-q", "--case", "Good"]).code, 0);
    let bad = order(Some(mocks), &["-q", "--case", "Bad"]);
    assert_eq!((bad.code, bad.stderr.as_str()), (1, "asl: the execution failed: Refused: no funds\n"));
    let unknown = order(Some(mocks), &["--case", "Goood"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("has no test case `Goood`; is `Good` meant?"), "{}", unknown.stderr);
    let none = order(Some(mocks), &[]);
    assert_eq!(none.stderr, "asl: mocks.json has several test cases; choose with --case: Good, Bad\n");
    let said = order(Some(MOCKS), &["--case", "Good"]);
    assert_eq!(said.stderr, "asl: mocks.json has no test cases; leave out --case\n");
}

#[test]
fn an_invalid_definition_is_not_run_and_shows_its_faults() {
    let folder = Folder::new();
    let file = folder.write("bad.asl.json", ORDER.replace(r#""Next": "Each""#, r#""Next": "Eech""#));
    let output = run(&["run", arg(&file)], b"");
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.starts_with("error[ASL0301]: there is no state `Eech`\n --> "), "{said}");
    assert!(said.ends_with("bad.asl.json is not run: its definition is invalid\n"), "{said}");
}

#[test]
fn a_state_by_itself_is_shown_to_the_command_for_it() {
    let output = run(&["run", "-"], br#"{"Type": "Pass", "End": true}"#);
    assert_eq!(
        (output.status.code(), text(&output.stderr)),
        (
            Some(1),
            "asl: the file is one state, not a state machine; `asl test-state` runs a state by itself\n"
        )
    );
}

#[test]
fn an_input_may_stand_in_a_file_or_come_from_the_standard_input() {
    let folder = Folder::new();
    let file = folder.write("pass.asl.json", super::GOOD);
    let input = folder.write("input.json", "[1]");
    let at = format!("@{}", arg(&input));
    assert_eq!(text(&run(&["run", arg(&file), "-q", "--input", &at], b"").stdout), "[\n  1\n]\n");
    assert_eq!(text(&run(&["run", arg(&file), "-q", "--input", "-"], b"2").stdout), "2\n");
    let forgot = run(&["run", arg(&file), "--input", arg(&input)], b"");
    assert_eq!(forgot.status.code(), Some(2));
    let said = text(&forgot.stderr);
    assert!(said.contains("there is a file of this name: write --input @"), "{said}");
    let both = run(&["run", "-", "--input", "-"], b"{}");
    assert_eq!(
        (both.status.code(), text(&both.stderr)),
        (Some(2), "asl: FILE and --input cannot all be the standard input; give one of them as a file\n")
    );
}

#[test]
fn a_loop_without_an_end_comes_to_one() {
    let machine = r#"{"StartAt": "A", "States": {
        "A": {"Type": "Choice", "Choices": [{"Variable": "$.stop", "IsPresent": true, "Next": "B"}], "Default": "A"},
        "B": {"Type": "Succeed"}
    }}"#;
    let output = run(&["run", "-", "--max-transitions", "50", "-q"], machine.as_bytes());
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        text(&output.stderr),
        "asl: the execution goes on: it made 50 transitions and would enter `A`. Is there a loop without an end? \
         --max-transitions allows more\n"
    );
}

#[test]
fn a_state_machine_of_a_template_is_run_by_its_name() {
    let template = "Resources:
  One:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Pass, Result: 1, End: true}}}
  Two:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: two.asl.json
";
    let folder = Folder::new();
    let file = folder.write("template.yaml", template);
    folder.write(
        "two.asl.json",
        r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": 2, "End": true}}}"#,
    );
    for (name, result) in [("One", "1\n"), ("Two", "2\n")] {
        let output = run(&["run", arg(&file), "--machine", name, "-q"], b"");
        assert_eq!(text(&output.stdout), result, "{}", text(&output.stderr));
    }
    let output = run(&["run", arg(&file)], b"");
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.ends_with("holds 2 definitions; choose with --machine: `One`, `Two`\n"), "{said}");
    let output = run(&["run", arg(&file), "--machine", "Twoo"], b"");
    let said = text(&output.stderr);
    assert!(said.ends_with("holds no state machine `Twoo`; is `Two` meant?\n"), "{said}");
}

#[test]
fn an_express_workflow_runs_for_five_minutes_at_most() {
    let machine = br#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 301, "End": true}}}"#;
    assert_eq!(run(&["run", "-", "-q"], machine).status.code(), Some(0));
    let output = run(&["run", "-", "-q", "--type", "express"], machine);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("asl: the execution timed out"), "{}", text(&output.stderr));
}

#[test]
fn a_seed_gives_the_same_run_again() {
    let machine = br#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "States.UUID()"}, "End": true}}}"#;
    let id = |seed: &str| text(&run(&["run", "-", "-q", "--seed", seed], machine).stdout).to_owned();
    assert_eq!(id("7"), id("7"));
    assert_ne!(id("7"), id("8"));
}

#[test]
fn help_shows_mocks_and_exit_codes() {
    insta::assert_snapshot!(text(&run(&["run", "--help"], b"").stdout));
}
