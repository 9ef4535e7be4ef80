//! The command as its users run it: arguments, files, output, exit codes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

mod reports;
mod sarif;
mod inputs;
mod settings;
mod fixes;
mod templates;
mod substitutions;
mod pages;
mod runs;
mod test_states;

const GOOD: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;
const PRETTY: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Pass",
      "End": true
    }
  }
}
"#;
/// A `Next` that names no state, and above it a field that the state does not have.
const BAD: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Choice", "Colour": "red", "Default": "B",
           "Choices": [{ "Variable": "$.n", "IsNull": true, "Next": "Bb" }] },
    "B": { "Type": "Succeed" }
  }
}"#;
/// Two states of one name: wrong, but the model holds both.
const TWICE: &str = r#"{"StartAt":"A","States":{"A":{"Type":"Fail"},"A":{"Type":"Succeed"}}}"#;

fn asl(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_asl"));
    // help is as wide as this says, or else as the terminal
    command.env("COLUMNS", "100");
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the command with the given standard input.
fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = asl(arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // a command that does not read all of its input closes it
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

#[track_caller]
fn check(arguments: &[&str], input: &[u8], code: i32, stdout: &str) {
    let output = run(arguments, input);
    assert_eq!(text(&output.stdout), stdout, "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }
}

/// Definitions and templates with known faults.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_valid_definition_exits_with_0() {
    check(&["check", "-"], GOOD.as_bytes(), 0, "1 definition: valid\n");
}

#[test]
fn findings_stand_in_the_order_of_the_text_with_place_code_and_help() {
    let expected = "<stdin>:4:30: error[ASL0102]: a Choice state has no field `Colour`
<stdin>:5:69: error[ASL0301]: there is no state `Bb`
  help: did you mean `B`?
1 definition: invalid (2 errors)
`asl explain ASL0102` tells more about a finding
";
    check(&["check", "--format", "short", "-"], BAD.as_bytes(), 1, expected);
}

#[test]
fn json_has_one_object_a_line() {
    let folder = Folder::new();
    let (good, bad) = (folder.write("good.json", GOOD), folder.write("bad.json", BAD));
    let output = run(&["check", "--format", "json", arg(&good), arg(&bad)], b"");
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0], json!({"file": arg(&good), "valid": true, "diagnostics": []}));
    assert_eq!(lines[1]["valid"], false);
    assert_eq!(
        lines[1]["diagnostics"][1],
        json!({
            "code": "ASL0301", "severity": "error", "pointer": "/States/A/Choices/0/Next", "line": 5,
            "column": 69, "message": "there is no state `Bb`", "help": "did you mean `B`?",
        })
    );
    assert_eq!(lines.len(), 2);
}

#[test]
fn all_files_are_checked_even_if_one_cannot_be_read() {
    let folder = Folder::new();
    let (bad, missing) = (folder.write("bad.json", BAD), folder.0.path().join("missing.json"));
    let output = run(&["check", arg(&missing), arg(&bad)], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with(&format!("asl: cannot read {}: ", missing.display())));
    assert!(text(&output.stdout).contains("error[ASL0301]"));
}

#[test]
fn warnings_do_not_make_invalid() {
    let input = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": 1e400, "End": true}}}"#;
    let output = run(&["check", "-"], input.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("warning[ASL0003]"));
    assert!(text(&output.stdout).contains("1 definition: valid (1 warning)\n"));
}

#[test]
fn the_type_is_standard_or_express() {
    for workflow_type in ["standard", "express"] {
        check(&["check", "--type", workflow_type, "-"], GOOD.as_bytes(), 0, "1 definition: valid\n");
    }
    assert_eq!(run(&["check", "--type", "fast", "-"], b"").status.code(), Some(2));
}

#[test]
fn wrong_arguments_exit_with_2_and_say_why() {
    let cases: [&[&str]; 6] =
        [&[], &["chekc", "-"], &["check"], &["check", "--wrong", "-"], &["graph", "a", "b"], &["fmt"]];
    for arguments in cases {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains("Usage: asl"), "{arguments:?}");
    }
}

#[test]
fn each_command_has_help_with_examples() {
    for command in ["check", "fmt", "graph", "explain"] {
        let output = run(&[command, "--help"], b"");
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains("Examples:\n  asl "), "{command}");
    }
}

#[test]
fn fmt_writes_the_one_layout_and_no_other_twice() {
    check(&["fmt", "-"], GOOD.as_bytes(), 0, PRETTY);
    check(&["fmt", "-"], PRETTY.as_bytes(), 0, PRETTY);
    check(&["fmt", "--minify", "-"], PRETTY.as_bytes(), 0, &(GOOD.replace([' ', '\n'], "") + "\n"));
}

#[test]
fn fmt_keeps_what_is_wrong() {
    let output = run(&["fmt", "-"], BAD.as_bytes());
    let (before, after): (Value, Value) =
        (serde_json::from_str(BAD).unwrap(), serde_json::from_slice(&output.stdout).unwrap());
    assert_eq!(before, after);
    check(&["fmt", "--minify", "-"], TWICE.as_bytes(), 0, &format!("{TWICE}\n"));
}

#[test]
fn fmt_rewrites_a_file_only_when_it_changes() {
    let folder = Folder::new();
    let (good, pretty) = (folder.write("good.json", GOOD), folder.write("pretty.json", PRETTY));
    let read_only = |path: &Path, on: bool| {
        let mut permissions = fs::metadata(path).unwrap().permissions();
        permissions.set_readonly(on);
        fs::set_permissions(path, permissions).unwrap();
    };
    read_only(&pretty, true);
    let before = fs::metadata(&pretty).unwrap().modified().unwrap();
    check(&["fmt", "--check", arg(&good), arg(&pretty)], b"", 1, &format!("{}\n", good.display()));
    assert_eq!(fs::read_to_string(&good).unwrap(), GOOD);
    check(&["fmt", arg(&good), arg(&pretty)], b"", 0, "");
    assert_eq!(fs::read_to_string(&good).unwrap(), PRETTY);
    assert_eq!(fs::metadata(&pretty).unwrap().modified().unwrap(), before);
    check(&["fmt", "--check", arg(&good), arg(&pretty)], b"", 0, "");
    read_only(&pretty, false);
}

#[test]
fn fmt_refuses_what_it_would_lose() {
    let folder = Folder::new();
    let losses = [
        (r#"{"States": {"A": {"Type": "Pass", "Result": 123456789012345678901}}}"#, "ASL0003"),
        (r#"{"States": {"A": {"Type": "Pass", "Result": {"a": 1, "a": 2}}}}"#, "ASL0002"),
        (r#"{"States": {"A": {"b": {"a": 1, "a": 2}}, "A": {"Type": "Succeed"}}}"#, "ASL0002"),
        (r#"{"States": "#, "ASL0001"),
    ];
    for (definition, code) in losses {
        let path = folder.write("order.json", definition);
        let output = run(&["fmt", arg(&path)], b"");
        assert_eq!(output.status.code(), Some(2), "{definition}");
        assert!(text(&output.stderr).contains(code), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains("is left as it was"), "{}", text(&output.stderr));
        assert_eq!(fs::read_to_string(&path).unwrap(), definition);
        check(&["fmt", "-"], definition.as_bytes(), 2, "");
    }
}

#[test]
fn graph_draws_valid_and_invalid_definitions() {
    let output = run(&["graph", "-"], BAD.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("flowchart TD\n"));
    assert!(text(&output.stdout).contains("no such state"));
    let output = run(&["graph", "--format", "dot", "-"], GOOD.as_bytes());
    assert!(text(&output.stdout).starts_with("digraph {\n"));
    check(&["graph", "-"], b"[]", 2, "");
}

#[test]
fn explain_prints_a_page_or_the_list() {
    let output = run(&["explain", "ASL0301"], b"");
    assert!(text(&output.stdout).starts_with("error[ASL0301] unknown-next-state\n\n# "));
    assert_eq!(output.stdout, run(&["explain", "unknown-next-state"], b"").stdout);
    let list = run(&["explain"], b"");
    assert_eq!(text(&list.stdout).lines().count(), asl_core::validate::RULES.len());
    assert!(text(&list.stdout).contains("ASL0301  error    unknown-next-state "));
    let unknown = run(&["explain", "ASL03O1"], b"");
    assert_eq!(unknown.status.code(), Some(2));
    assert_eq!(text(&unknown.stderr), "asl: there is no rule `ASL03O1`; did you mean `ASL0301`?\n");
}

#[test]
fn a_reader_that_leaves_is_no_reason_to_complain() {
    let folder = Folder::new();
    let path = folder.write("good.json", GOOD);
    let many = vec![arg(&path); 5000];
    for arguments in [vec!["explain"], [&["check", "--format", "json"], many.as_slice()].concat()] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = asl(&arguments).stdout(writer).spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(text(&output.stderr), "");
        assert_eq!(output.status.code(), Some(141));
    }
}

/// Every command ends with a clear error on input that is no definition.
#[track_caller]
fn refused(input: &[u8], message: &str) {
    let output = run(&["check", "--format", "short", "-"], input);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let found = text(&output.stdout);
    assert!(found.contains("error[ASL0001]") && found.contains(message), "{found}");
    for arguments in [&["fmt", "-"], &["graph", "-"]] {
        let output = run(arguments, input);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
    }
}

#[test]
fn what_is_not_json_is_invalid() {
    refused(b"", "the definition is empty");
    refused(b"[1]", "a definition must be a JSON object, this is an array");
    refused(b"{\"Comment\": \"\xff\"}", "<stdin>:1:14: error[ASL0001]: the file is not UTF-8: byte 0xff");
    refused(b"\0", "<stdin>:1:1: ");
    refused(b"{\"Comment\": \"a\0b\"}", "<stdin>:1:15: error[ASL0001]: the control character 0x00");
    refused(
        b"{\"Comment\": \"a,\n\"StartAt\": \"A\"}",
        "<stdin>:1:16: error[ASL0001]: the control character 0x0a",
    );
    refused("{\u{a0}}".as_bytes(), "<stdin>:1:2: error[ASL0001]: the character '\\u{a0}'");
    refused(b"{ // a comment\n}", "<stdin>:1:3: error[ASL0001]: JSON has no comments");
    refused(&[0xff, 0xfe, b'{', 0, b'}', 0], "not UTF-8");
    refused(
        "[".repeat(100_000).as_bytes(),
        "<stdin>:1:128: error[ASL0001]: nested more than 127 levels deep",
    );
    refused("{\"a\":".repeat(100_000).as_bytes(), "nested more than 127 levels deep");
}

#[test]
fn each_truncated_definition_is_refused() {
    for end in 1..BAD.len() {
        let output = run(&["check", "-"], &BAD.as_bytes()[..end]);
        assert_eq!(output.status.code(), Some(1), "{}", &BAD[..end]);
        assert!(text(&output.stdout).contains("error[ASL0001]"), "{}", &BAD[..end]);
    }
}

#[test]
fn deep_nesting_is_refused_or_read() {
    let scope = |inner: &str| format!(r#"{{"StartAt":"A","States":{{"A":{inner}}}}}"#);
    let deep = |times: usize, wrap: &dyn Fn(&str) -> String, inside: &str| {
        (0..times).fold(inside.to_owned(), |inner, _| wrap(&inner))
    };
    let parallel = |inner: &str| scope(&format!(r#"{{"Type":"Parallel","Branches":[{inner}],"End":true}}"#));
    let map = |inner: &str| scope(&format!(r#"{{"Type":"Map","ItemProcessor":{inner},"End":true}}"#));
    let not = |inner: &str| format!(r#"{{"Not":{inner}}}"#);
    let innermost = scope(r#"{"Type":"Succeed"}"#);
    for times in [1, 20, 31, 32, 42, 43, 122, 123, 500, 5000] {
        let rule = deep(times, &not, r#"{"Variable":"$.n","IsNull":true}"#);
        let choice =
            scope(&format!(r#"{{"Type":"Choice","Choices":[{{"Not":{rule},"Next":"A"}}],"Default":"A"}}"#));
        for definition in [deep(times, &parallel, &innermost), deep(times, &map, &innermost), choice] {
            let is_read = asl_core::decode(&definition).is_ok();
            assert_eq!(
                run(&["fmt", "-"], definition.as_bytes()).status.code(),
                Some(if is_read { 0 } else { 2 })
            );
            assert_eq!(run(&["graph", "-"], definition.as_bytes()).status.success(), is_read);
            let found = run(&["check", "-"], definition.as_bytes());
            assert!(found.status.code().is_some_and(|code| code < 2), "{times}: {:?}", found.status);
            assert_eq!(text(&found.stdout).contains("nested more than"), !is_read);
        }
    }
}

#[test]
fn a_string_of_a_hundred_megabytes_gets_a_verdict() {
    let mut child = asl(&["check", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(br#"{"Comment": ""#).unwrap();
    let megabyte = vec![b'x'; 1 << 20];
    for _ in 0..100 {
        stdin.write_all(&megabyte).unwrap();
    }
    stdin.write_all(&[br#"", "#, &GOOD.as_bytes()[1..]].concat()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    // all of it is read, and AWS takes a hundredth
    assert!(text(&output.stdout).contains("1048576"), "{}", text(&output.stdout));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn what_steers_a_terminal_is_not_printed() {
    let input = GOOD.replace(r#""StartAt": "A""#, r#""StartAt": "\u001b[31m\nB""#);
    let output = run(&["check", "-"], input.as_bytes());
    assert!(text(&output.stdout).contains(r"there is no state `\u{1b}[31m\nB`"), "{}", text(&output.stdout));
}
