//! `asl.toml` and the flags that decide the same.

use std::fs;

use super::{Folder, asl, run, text};

/// A warning (ASL0901), and in an Express workflow an error (ASL0801).
const DEFINITION: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      "Parameters": { "QueueUrl": "u", "MessageBody": { "token.$": "$$.Task.Token" }, "size": "$.size" },
      "End": true
    }
  }
}"#;

/// Code and severity of each finding, and the exit code, with a configuration and flags.
#[track_caller]
fn check(config: &str, flags: &[&str], findings: &[&str], code: i32) {
    let folder = Folder::new();
    fs::create_dir_all(folder.0.path().join("events/deep")).unwrap();
    folder.write("asl.toml", config);
    folder.write("events/deep/a.asl.json", DEFINITION);
    let arguments = [&["check", "--format", "short", "events"], flags].concat();
    let output = asl(&arguments).current_dir(folder.0.path()).output().unwrap();
    let found: Vec<&str> = text(&output.stdout)
        .lines()
        .filter_map(|line| line.split(": ").nth(1))
        .filter(|word| word.ends_with(']'))
        .collect();
    assert_eq!(found, findings, "{config}\n{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{config}");
}

#[test]
fn rules_are_denied_warned_of_and_allowed() {
    check("", &[], &["warning[ASL0901]"], 0);
    check("[check]\ndeny = [\"no-dollar\"]", &[], &["error[ASL0901]"], 1);
    check("[check]\nallow = [\"ASL0901\"]", &[], &[], 0);
    check("[check]\ndeny = [\"warnings\"]", &[], &["error[ASL0901]"], 1);
    check("", &["--deny", "ASL0901"], &["error[ASL0901]"], 1);
    check("", &["--allow", "no-dollar"], &[], 0);
    check(
        "",
        &["--type", "express", "--warn", "express-pattern"],
        &["warning[ASL0801]", "warning[ASL0901]"],
        0,
    );
}

#[test]
fn the_command_line_is_stronger_than_the_file() {
    check("[check]\ndeny = [\"no-dollar\"]", &["--warn", "ASL0901"], &["warning[ASL0901]"], 0);
    check("[check]\nallow = [\"no-dollar\"]", &["--deny", "warnings"], &[], 0);
    check("[check]\nwarn = [\"no-dollar\"]", &["--deny", "warnings"], &["error[ASL0901]"], 1);
    check("", &["--deny", "warnings", "--warn", "no-dollar"], &["warning[ASL0901]"], 0);
    check("[check]\ntype = \"express\"", &["--type", "standard"], &["warning[ASL0901]"], 0);
}

#[test]
fn an_override_is_about_the_files_it_names() {
    let with = |pattern: &str| {
        format!("[[override]]\nfiles = [\"{pattern}\"]\ntype = \"express\"\nallow = [\"ASL0901\"]")
    };
    for pattern in ["events/**", "events/**/*.json", "*.asl.json", "events/deep/a.asl.json", "a.*"] {
        check(&with(pattern), &[], &["error[ASL0801]"], 1);
    }
    for pattern in ["events/*.json", "flows/**", "b.*", "deep/**"] {
        check(&with(pattern), &[], &["warning[ASL0901]"], 0);
    }
}

#[test]
fn all_that_is_wrong_in_the_file_is_said_with_its_place() {
    let folder = Folder::new();
    let definition = folder.write("a.asl.json", DEFINITION);
    let wrong = r#"[check]
deny = ["ASL09O1", "no-doller", 3]
alow = ["ASL0901"]
type = "Express"
advice = 1
allow = ["ASL0001", "unreachable-state"]
warn = ["ASL0302"]
deny_all = true

[[override]]
type = "express"

[checks]
"#;
    let config = folder.write("asl.toml", wrong);
    let output = run(&["check", definition.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let config = fs::canonicalize(config).unwrap();
    let found = text(&output.stderr).replace(config.to_str().unwrap(), "asl.toml");
    insta::assert_snapshot!(found);
}

#[test]
fn what_is_no_toml_or_not_there_is_said() {
    let folder = Folder::new();
    let definition = folder.write("a.asl.json", DEFINITION);
    let config = folder.write("other.toml", "[check\n");
    let output = run(&["check", "--config", config.to_str().unwrap(), definition.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("other.toml:1:7: "), "{}", text(&output.stderr));
    let output = run(&["check", "--config", "missing.toml", definition.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot read missing.toml"), "{}", text(&output.stderr));
}

#[test]
fn flags_that_name_no_rule_are_refused() {
    for (flags, message) in [
        (&["--deny", "no-doller"][..], "there is no rule `no-doller`; did you mean `no-dollar`?"),
        (&["--deny", "warning"], "did you mean `warnings`?"),
        (&["--allow", "malformed-json"], "is always an error"),
        (&["--allow", "ASL0901", "--deny", "no-dollar"], "`ASL0901` is both denied and allowed"),
        (&["--dry-run"], "--fix"),
    ] {
        let output = run(&[&["check"], flags, &["-"]].concat(), b"{}");
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
    }
}

#[test]
fn advice_is_given_when_it_is_asked_for() {
    // a Lambda function that is not called again when its service fails (ASL0908)
    let definition = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}}}"#;
    for (config, flags, found, code) in [
        ("", &[][..], "", 0),
        ("", &["--advice"], "advice[ASL0908]", 0),
        ("[check]\nadvice = true", &[], "advice[ASL0908]", 0),
        ("[check]\nadvice = true", &["--allow", "ASL0908"], "", 0),
        ("[check]\nadvice = true", &["--deny", "warnings"], "advice[ASL0908]", 0),
        // named, it is wanted
        ("", &["--deny", "lambda-without-transient-retry"], "error[ASL0908]", 1),
        ("[check]\nwarn = [\"ASL0908\"]", &[], "warning[ASL0908]", 0),
    ] {
        let folder = Folder::new();
        folder.write("asl.toml", config);
        folder.write("a.asl.json", definition);
        let arguments = [&["check", "--format", "short", "a.asl.json"], flags].concat();
        let output = asl(&arguments).current_dir(folder.0.path()).output().unwrap();
        let first = text(&output.stdout).lines().next().unwrap();
        let severity = first.split(": ").nth(1).filter(|word| word.ends_with(']')).unwrap_or_default();
        assert_eq!(severity, found, "{config} {flags:?}");
        assert_eq!(output.status.code(), Some(code), "{config} {flags:?}");
    }
}
