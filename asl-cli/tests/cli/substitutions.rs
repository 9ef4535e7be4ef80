//! `DefinitionSubstitutions` of templates, and the placeholders that wait for them.

use std::fs;

use super::{Folder, asl, text};

/// Line, column, code and message of everything that is said of placeholders in these files; the first one is checked.
#[track_caller]
fn said(files: &[(&str, &str)], expected: &[&str]) {
    let folder = Folder::new();
    for (name, content) in files {
        folder.write(name, content);
    }
    let mut command = asl(&["check", "--format", "short", files[0].0]);
    let output = command.current_dir(folder.0.path()).output().unwrap();
    let mut said: Vec<String> = Vec::new();
    for line in text(&output.stdout).lines() {
        match line.strip_prefix("  help: ") {
            Some(help) => said.last_mut().unwrap().extend(["; ", help]),
            None if line.starts_with("  note: ") => {}
            None => said.push(line.to_owned()),
        }
    }
    said.retain(|line| line.contains("[ASL10"));
    assert_eq!(said, expected, "{}{}", text(&output.stdout), text(&output.stderr));
}

/// A template with one state machine of these properties.
fn template(properties: &str) -> String {
    let properties = properties.replace('\n', "\n      ");
    format!(
        "Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      {properties}\n"
    )
}

/// The same, with the definition of one Task as a text.
fn of_text(tag: &str, resource: &str, rest: &str) -> String {
    let task = format!(
        r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Task", "Resource": "{resource}", "End": true}}}}}}"#
    );
    template(&format!("DefinitionString: {tag}|\n  {task}\n{rest}"))
}

#[test]
fn a_placeholder_of_a_text_needs_a_substitution() {
    let one = "DefinitionSubstitutions:\n  FunctionArn: !GetAtt F.Arn";
    said(&[("t.yaml", &of_text("", "${FunctionArn}", one))], &[]);
    said(
        &[("t.yaml", &of_text("", "${FunctoinArn}", one))],
        &[
            "t.yaml:6:72: warning[ASL1001]: nothing replaces `${FunctoinArn}`: `DefinitionSubstitutions` does not name it; did you mean `${FunctionArn}`?",
            "t.yaml:8:9: warning[ASL1002]: no placeholder of the definition is `${FunctionArn}`; remove it, or use it",
        ],
    );
    said(
        &[("t.yaml", &of_text("", "${Arn}", ""))],
        &[
            "t.yaml:6:72: warning[ASL1001]: nothing replaces `${Arn}`: there are no `DefinitionSubstitutions`; put `!Sub` before the text, or add the name to `DefinitionSubstitutions`",
        ],
    );
    // names of the template are not known here either
    said(
        &[("t.yaml", &of_text("", "arn:${AWS::Partition}:states:::sns:publish", one))],
        &[
            "t.yaml:6:76: warning[ASL1001]: nothing replaces `${AWS::Partition}`: `DefinitionSubstitutions` does not name it; add it to `DefinitionSubstitutions`",
            "t.yaml:8:9: warning[ASL1002]: no placeholder of the definition is `${FunctionArn}`; remove it, or use it",
        ],
    );
}

#[test]
fn what_sub_replaces_needs_none() {
    said(&[("t.yaml", &of_text("!Sub ", "arn:${AWS::Partition}:lambda:${Region}:${F}", ""))], &[]);
    // what it leaves does
    let one = "DefinitionSubstitutions:\n  FunctionArn: x";
    said(&[("t.yaml", &of_text("!Sub ", "${!FunctionArn}", one))], &[]);
    said(
        &[("t.yaml", &of_text("!Sub ", "${!FunctoinArn}", one))],
        &[
            "t.yaml:6:72: warning[ASL1001]: nothing replaces `${FunctoinArn}`: `DefinitionSubstitutions` does not name it; did you mean `${FunctionArn}`?",
            "t.yaml:8:9: warning[ASL1002]: no placeholder of the definition is `${FunctionArn}`; remove it, or use it",
        ],
    );
    // but a text that is meant to have it may
    said(&[("t.yaml", &of_text("!Sub ", "${!HOME}", ""))], &[]);
    let other = "DefinitionSubstitutions:\n  F: x";
    let unused =
        "t.yaml:8:9: warning[ASL1002]: no placeholder of the definition is `${F}`; remove it, or use it";
    said(&[("t.yaml", &of_text("!Sub ", "${!HOME}", other))], &[unused]);
    // and what it replaces comes too early for a substitution
    said(
        &[("t.yaml", &of_text("!Sub ", "${FunctionArn}", one))],
        &[
            "t.yaml:8:9: warning[ASL1002]: no placeholder of the definition is `${FunctionArn}`; `!Sub` replaces `${FunctionArn}` before: leave out `!Sub`, or write `${!FunctionArn}`",
        ],
    );
    let values = template(
        "DefinitionString: !Sub\n  - '{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"${Type}\"}}}'\n  - Type: '${Kind}'\n\
         DefinitionSubstitutions: {Kind: Succeed}",
    );
    said(&[("t.yaml", &values)], &[]);
}

#[test]
fn the_parts_of_a_tree_are_looked_at_one_by_one() {
    let tree = |resource: &str| {
        template(&format!(
            "Definition:\n  StartAt: A\n  States:\n    A: {{Type: Task, Resource: {resource}, End: true}}\n\
             DefinitionSubstitutions: {{Used: x}}"
        ))
    };
    said(&[("t.yaml", &tree("'${Used}'"))], &[]);
    said(&[("t.yaml", &tree("!Join ['', ['arn:', '${Used}']]"))], &[]);
    said(&[("t.yaml", &tree("!If [IsFast, !Ref F, '${Used}']"))], &[]);
    let unused =
        "t.yaml:9:33: warning[ASL1002]: no placeholder of the definition is `${Used}`; remove it, or use it";
    said(&[("t.yaml", &tree("!Ref F"))], &[unused]);
    said(&[("t.yaml", &tree("!GetAtt F.Arn"))], &[unused]);
    said(
        &[("t.yaml", &tree("!Join ['', ['arn:', '${User}']]"))],
        &[
            "t.yaml:8:58: warning[ASL1001]: nothing replaces `${User}`: `DefinitionSubstitutions` does not name it; did you mean `${Used}`?",
            unused,
        ],
    );
    // texts that are made of others may have any placeholder
    said(&[("t.yaml", &tree("!Select [0, !Ref List]"))], &[]);
    said(&[("t.yaml", &tree("!Custom a"))], &[]);
}

#[test]
fn what_only_the_deployment_knows_is_passed_over() {
    for substitutions in [
        "!If [A, {B: c}, !Ref AWS::NoValue]",
        "{'Fn::Transform': {Name: M}}",
        "{'Fn::ForEach::L': []}",
        "!Ref X",
    ] {
        let rest = format!("DefinitionSubstitutions: {substitutions}");
        said(&[("t.yaml", &of_text("", "${FunctionArn}", &rest))], &[]);
    }
    for definition in ["DefinitionString: !Ref Text", "DefinitionUri: s3://bucket/key"] {
        said(&[("t.yaml", &template(&format!("{definition}\nDefinitionSubstitutions: {{A: b}}")))], &[]);
    }
}

const TASK: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${FunctionArn}", "Comment": "${FunctionArn}", "End": true}}}"#;

#[test]
fn a_file_that_a_template_names_gets_its_substitutions_from_there() {
    let named = |rest: &str| template(&format!("DefinitionUri: flow.asl.json\n{rest}"));
    let of_one = named("DefinitionSubstitutions: {FunctionArn: x}");
    said(&[("t.yaml", &of_one), ("flow.asl.json", TASK)], &[]);
    said(
        &[("t.yaml", &named("DefinitionSubstitutions: {Function: x}")), ("flow.asl.json", TASK)],
        &[
            "t.yaml:6:33: warning[ASL1002]: no placeholder of the definition is `${Function}`; remove it, or use it",
            "flow.asl.json:1:64: warning[ASL1001]: nothing replaces `${FunctionArn}`: `DefinitionSubstitutions` of `M` in t.yaml does not name it; did you mean `${Function}`?",
        ],
    );
    said(
        &[("t.yaml", &named("")), ("flow.asl.json", TASK)],
        &[
            "flow.asl.json:1:64: warning[ASL1001]: nothing replaces `${FunctionArn}`: `M` in t.yaml has no `DefinitionSubstitutions`; add it to `DefinitionSubstitutions`",
        ],
    );
    // by itself it may be meant for anything
    said(&[("flow.asl.json", TASK)], &[]);
    // comments are no part of a definition
    let yaml = template("DefinitionUri: flow.asl.yaml\nDefinitionSubstitutions: {A: x}");
    let definition = "# ${B}\nStartAt: S\nStates: {S: {Type: Succeed, Comment: '${A}'}}\n";
    said(&[("t.yaml", &yaml), ("flow.asl.yaml", definition)], &[]);
}

#[test]
fn levels_hold_for_what_is_said_of_placeholders() {
    let folder = Folder::new();
    folder.write("t.yaml", of_text("", "${Arn}", ""));
    let run = |arguments: &[&str]| {
        let arguments = [&["check", "--format", "json"], arguments, &["t.yaml"]].concat();
        let output = asl(&arguments).current_dir(folder.0.path()).output().unwrap();
        (output.status.code(), text(&output.stdout).to_owned())
    };
    let (code, report) = run(&[]);
    assert!(code == Some(0) && report.contains(r#""valid":true"#) && report.contains("ASL1001"), "{report}");
    assert!(report.contains(r#""resource":"M""#), "{report}");
    let (code, report) = run(&["--deny", "placeholder-without-substitution"]);
    assert!(code == Some(1) && report.contains(r#""valid":false"#), "{report}");
    let (code, report) = run(&["--allow", "ASL1001"]);
    assert!(code == Some(0) && !report.contains("ASL1001"), "{report}");
}

#[test]
fn a_place_is_true_after_mending() {
    let folder = Folder::new();
    folder.write("t.yaml", template("DefinitionUri: flow.asl.json"));
    let misspelt = r#"{"StartAt": "A", "States": {"A": {"Tipe": "Task", "Resource": "${F}", "End": true}}}"#;
    folder.write("flow.asl.json", misspelt);
    let mut command = asl(&["check", "--fix", "--format", "short", "t.yaml"]);
    let output = command.current_dir(folder.0.path()).output().unwrap();
    let mended = fs::read_to_string(folder.0.path().join("flow.asl.json")).unwrap();
    let column = mended.find("${F}").unwrap() + 1;
    let expected = format!("flow.asl.json:1:{column}: warning[ASL1001]");
    assert!(text(&output.stdout).contains(&expected), "{}{mended}", text(&output.stdout));
}
