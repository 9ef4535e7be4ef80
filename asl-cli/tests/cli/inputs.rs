//! Which files are checked, and in which order.

use std::fmt::Write;
use std::fs;

use super::{Folder, GOOD, asl, check, run, text};

const FAULTY: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Nowhere"}}}"#;

#[test]
fn a_folder_stands_for_the_definitions_and_templates_in_it() {
    let folder = Folder::new();
    for name in ["node_modules", "target", ".git", "deep/er"] {
        fs::create_dir_all(folder.0.path().join(name)).unwrap();
    }
    for name in [
        "b.asl.json",
        "a.asl",
        "deep/er/c.asl.json",
        "node_modules/x.asl.json",
        "target/x.asl.json",
        ".git/x.asl.json",
        "package.json",
    ] {
        folder.write(name, FAULTY);
    }
    folder.write("deep/d.asl.yaml", "StartAt: A\nStates: {A: {Type: Pass, Next: Nowhere}}\n");
    folder.write("values.yaml", "a: 1\n");
    folder.write(
        "stack.yml",
        "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      Definition:\n        \
         StartAt: Nowhere\n        States: {A: {Type: Succeed}}\n",
    );
    // it speaks of state machines, but is none, and no template
    folder.write("notes.json", r#"{"Resources": "AWS::StepFunctions::StateMachine"}"#);
    let output = asl(&["check", "--format", "short", "."]).current_dir(folder.0.path()).output().unwrap();
    let mut files: Vec<&str> = text(&output.stdout)
        .lines()
        .filter(|line| line.contains("error[ASL0301]"))
        .map(|line| &line[..line.find(':').unwrap()])
        .collect();
    files.dedup();
    assert_eq!(files, ["a.asl", "b.asl.json", "deep/d.asl.yaml", "deep/er/c.asl.json", "stack.yml"]);
}

#[test]
fn a_pattern_stands_for_the_files_that_match() {
    let folder = Folder::new();
    fs::create_dir_all(folder.0.path().join("flows/deep")).unwrap();
    for name in ["flows/a.asl.json", "flows/deep/b.asl.json", "flows/c.json"] {
        folder.write(name, GOOD);
    }
    let count = |pattern: &str| {
        let output = asl(&["check", pattern]).current_dir(folder.0.path()).output().unwrap();
        (output.status.code().unwrap(), text(&output.stdout).to_owned())
    };
    assert_eq!(count("flows/**/*.asl.json"), (0, "2 definitions: valid\n".to_owned()));
    assert_eq!(count("flows/*.json"), (0, "2 definitions: valid\n".to_owned()));
    assert_eq!(count("flows/*.yaml"), (2, String::new()));
}

#[test]
fn what_is_named_twice_is_checked_once() {
    let folder = Folder::new();
    folder.write("a.asl.json", GOOD);
    let output = asl(&["check", "a.asl.json", ".", "*.json"]).current_dir(folder.0.path()).output().unwrap();
    assert_eq!(text(&output.stdout), "1 definition: valid\n");
}

#[test]
fn where_nothing_is_found_nothing_was_checked() {
    let folder = Folder::new();
    let output = asl(&["check", "."]).current_dir(folder.0.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("asl: . holds no definitions"), "{}", text(&output.stderr));
}

#[test]
fn a_thousand_files_are_reported_in_the_same_order_each_time() {
    let folder = Folder::new();
    for index in 0..1000 {
        folder.write(&format!("f{index:04}.asl.json"), FAULTY);
    }
    let report = || asl(&["check", "--format", "short", "."]).current_dir(folder.0.path()).output().unwrap();
    let first = report();
    let files: Vec<&str> = text(&first.stdout)
        .lines()
        .filter_map(|line| line.strip_suffix(": error[ASL0301]: there is no state `Nowhere`"))
        .collect();
    assert_eq!(files.len(), 1000);
    assert!(files.is_sorted());
    for _ in 0..5 {
        assert_eq!(report().stdout, first.stdout);
    }
}

#[test]
fn yaml_and_templates_are_known_on_the_standard_input_too() {
    check(&["check", "-"], b"StartAt: A\nStates:\n  A: {Type: Succeed}\n", 0, "1 definition: valid\n");
    let template = b"Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      \
                     DefinitionString: '{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}'\n";
    check(&["check", "-"], template, 0, "1 definition: valid\n");
}

#[test]
fn yaml_that_is_none_has_its_place() {
    let folder = Folder::new();
    for (yaml, place) in [
        ("", "1:1: error[ASL0001]: the definition is empty"),
        ("# nothing\n", "1:1: error[ASL0001]: the definition is empty"),
        ("StartAt: A\nStates: {A: {Type: Succeed}\n", "error[ASL0001]: not YAML: "),
        ("- a\n", "1:1: error[ASL0001]: a definition must be a JSON object, this is an array"),
        ("a: *unknown\n", "error[ASL0001]: not YAML: "),
    ] {
        let path = folder.write("flow.asl.yaml", yaml);
        let output = run(&["check", "--format", "short", path.to_str().unwrap()], b"");
        assert_eq!(output.status.code(), Some(1), "{yaml}");
        assert!(text(&output.stdout).contains(place), "{}", text(&output.stdout));
    }
}

#[test]
fn yaml_that_grows_or_nests_without_end_is_refused() {
    let folder = Folder::new();
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let element = format!("*a{}", level - 1);
        writeln!(bomb, "a{level}: &a{level} [{}]", vec![element; 10].join(", ")).unwrap();
    }
    let mut deep = String::new();
    for level in 0..5000 {
        writeln!(deep, "{}a:", " ".repeat(level)).unwrap();
    }
    for (yaml, message) in [
        (bomb, "more than 1000000 values"),
        (deep, "nested more than 127 levels deep"),
        ("[".repeat(100_000), "ASL0001"),
        ("a: ".repeat(10_000), "ASL0001"),
    ] {
        let path = folder.write("flow.asl.yaml", &yaml);
        let output = run(&["check", "--format", "short", path.to_str().unwrap()], b"");
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains(message), "{}", text(&output.stdout));
    }
}

#[test]
fn fmt_leaves_yaml_and_templates_alone_and_says_so() {
    let folder = Folder::new();
    let yaml = folder.write("flow.asl.yaml", "StartAt:   A\n");
    let template = folder.write(
        "stack.json",
        r#"{"Resources":{"M":{"Type":"AWS::StepFunctions::StateMachine","Properties":{}}}}"#,
    );
    for (path, what) in [(&yaml, "this is YAML"), (&template, "this is a template")] {
        let before = fs::read(path).unwrap();
        let output = run(&["fmt", path.to_str().unwrap()], b"");
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stderr).contains("is left as it was"), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains(what), "{}", text(&output.stderr));
        assert_eq!(fs::read(path).unwrap(), before);
    }
    folder.write("a.asl.json", GOOD);
    let output = asl(&["fmt", "--check", "."]).current_dir(folder.0.path()).output().unwrap();
    assert_eq!((text(&output.stdout), text(&output.stderr)), ("a.asl.json\n", ""));
    assert_eq!(output.status.code(), Some(1));
}
