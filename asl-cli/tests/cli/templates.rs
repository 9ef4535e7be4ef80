//! Definitions inside templates.

use std::fs;

use super::{Folder, asl, check, fixtures, text};

/// Line, column and code of each finding in a template.
#[track_caller]
fn found(name: &str, template: &str, expected: &[&str]) {
    let folder = Folder::new();
    folder.write(name, template);
    let output = asl(&["check", "--format", "short", name]).current_dir(folder.0.path()).output().unwrap();
    let found: Vec<String> = text(&output.stdout)
        .lines()
        .filter_map(|line| line.strip_prefix(name)?.split("]: ").next())
        .map(|line| line.trim_start_matches(':').replace(": error[", " ").replace(": warning[", " "))
        .collect();
    assert_eq!(found, expected, "{}", text(&output.stdout));
}

#[test]
fn the_type_of_the_template_holds_for_a_file_that_it_names() {
    let run = |arguments: &[&str]| {
        let arguments = [&["check", "--format", "short"], arguments].concat();
        let output = asl(&arguments).current_dir(fixtures()).output().unwrap();
        text(&output.stdout).to_owned()
    };
    let in_file = "definitions/beside.json:6:48: error[ASL0801]";
    assert!(!run(&["definitions/beside.json"]).contains("ASL0801"));
    assert!(run(&["template.yaml"]).contains(in_file), "{}", run(&["template.yaml"]));
    let both = run(&["definitions/beside.json", "template.yaml"]);
    assert_eq!(both.matches(in_file).count(), 1, "{both}");
    assert!(!run(&["--type", "standard", "template.yaml"]).contains("ASL0801"));
}

#[test]
fn a_definition_file_that_is_not_there_is_said_at_its_place() {
    let folder = Folder::new();
    folder.write(
        "template.yaml",
        "Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionUri: a/b.asl.json\n",
    );
    let output = asl(&["check", "template.yaml"]).current_dir(folder.0.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let expected = "asl: template.yaml:5:22: there is no file a/b.asl.json, the definition of `M`\n";
    assert_eq!(text(&output.stderr), expected);
}

#[test]
fn a_text_has_its_places_in_each_style() {
    let with = |definition: &str| {
        format!(
            "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: {definition}\n"
        )
    };
    let lines = |indent: &str| {
        ["{", "  \"StartAt\": \"é\",", "  \"States\": {\"A\": {\"Type\": \"Succeed\"}}", "}"]
            .map(|line| format!("{indent}{line}"))
            .join("\n")
    };
    let block = lines("        ");
    found("t.yaml", &with(&format!("|\n{block}")), &["7:22 ASL0301"]);
    found("t.yaml", &with(&format!("| # a > b\n\n        \n{block}")), &["9:22 ASL0301"]);
    found("t.yaml", &with(&format!("|1\n{block}")), &["7:22 ASL0301"]);
    found("t.yaml", &with(&format!("&text |\n{block}")), &["7:22 ASL0301"]);
    found("t.yaml", &with(&format!("!Sub |-\n{block}")), &["7:22 ASL0301"]);
    found("t.yaml", &with(&format!("\n        Fn::Sub: |\n{}", lines("          "))), &["8:24 ASL0301"]);
    found(
        "t.yaml",
        &with(&format!("!Sub\n        - |+\n{}\n        - {{a: b}}", lines("          "))),
        &["8:24 ASL0301"],
    );
    found("t.yaml", &with(&format!(">\n{block}")), &["7:22 ASL0301"]);
    found("t.yaml", &with(&format!("'{}'", lines("        ").trim_start())), &["6:22 ASL0301"]);
    found("t.yaml", &with(&format!("|\r\n{}", block.replace('\n', "\r\n"))), &["7:22 ASL0301"]);
    let quoted = r#""{\"StartAt\": \"\u00e9\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}""#;
    found("t.yaml", &with(quoted), &["5:40 ASL0301"]);
    let json = format!(
        "{{\"Resources\": {{\"M\": {{\"Type\": \"AWS::StepFunctions::StateMachine\", \"Properties\": {{\n\"DefinitionString\": {quoted}}}}}}}}}"
    );
    found("t.json", &json, &["2:36 ASL0301"]);
}

#[test]
fn what_is_no_json_in_a_text_has_its_place() {
    let template = "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      \
                    DefinitionString: |\n        {\n          \"StartAt\": \"A\",\n        }\n";
    found("t.yaml", template, &["7:25 ASL0001"]);
}

#[test]
fn what_cannot_be_known_before_deployment_is_passed_over() {
    for property in [
        "DefinitionString: !Ref Text",
        "DefinitionString: !GetAtt A.B",
        "DefinitionString: {'Fn::ImportValue': x}",
        "Definition: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://a/b}}}",
        "DefinitionS3Location: {Bucket: b, Key: k}",
        "DefinitionUri: {Bucket: b, Key: k}",
        "DefinitionUri: s3://bucket/key",
        "DefinitionUri: !Sub '${Folder}/a.json'",
        "RoleArn: !Sub 'a'",
    ] {
        let template = format!(
            "Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      {property}\n"
        );
        check(&["check", "-"], template.as_bytes(), 0, "");
    }
}

#[test]
fn functions_of_templates_do_not_disturb() {
    let template = r#"
Resources:
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: !If [IsFast, EXPRESS, STANDARD]
      Definition:
        StartAt: !Ref First
        TimeoutSeconds: !FindInMap [Timeouts, !Ref Stage, Machine]
        States:
          A:
            Type: Task
            Resource: !Sub
              - arn:${Partition}:states:::lambda:invoke
              - {Partition: !Ref AWS::Partition}
            Parameters:
              FunctionName: !ImportValue Function
              Payload:
                a: !Select [0, !Split [",", !Ref List]]
                b: !GetAtt [A, B]
                c: !Base64 x
                d: {"Fn::Join": [",", [a, !Ref B, {"Fn::Sub": "${C}"}]]}
                e: !Custom {a: 1}
                <<: {f: 1}
            TimeoutSeconds: !Ref Timeout
            Retry: !If [IsFast, [{ErrorEquals: [States.ALL], MaxAttempts: !Ref Attempts}], !Ref AWS::NoValue]
            Next: B
          B:
            Type: Wait
            Seconds: !Ref Pause
            End: true
"#;
    check(&["check", "-"], template.replace("!Ref First", "A").as_bytes(), 0, "1 definition: valid\n");
}

#[test]
fn an_escaped_dollar_and_a_bare_placeholder_are_no_faults() {
    let template = "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: !Sub |\n        \
                    {\"StartAt\": \"A\", \"TimeoutSeconds\": ${Timeout}, \"States\": {\"A\": {\"Type\": \"Pass\", \"Comment\": \"${!Name}\", \"End\": true}}}\n";
    check(&["check", "-"], template.as_bytes(), 0, "1 definition: valid\n");
}

#[test]
fn a_picture_is_of_one_definition() {
    let folder = Folder::new();
    let definition = "StartAt: A\nStates: {A: {Type: Succeed}}\n";
    folder.write("a.asl.yaml", definition);
    let output = asl(&["graph", "a.asl.yaml"]).current_dir(folder.0.path()).output().unwrap();
    assert!(text(&output.stdout).starts_with("flowchart TD\n"));
    let output = asl(&["graph", "template.json"]).current_dir(fixtures()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "asl: template.json holds 2 definitions; a picture is of one\n");
    assert!(fs::exists(fixtures().join("template.json")).unwrap());
}
