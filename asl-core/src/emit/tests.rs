use std::fs;
use std::time::{Duration, SystemTime};

use super::*;
use crate::decode;
use crate::diagnostic::Pointer;

const GOOD: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;
const BAD: &str = r#"{"StartAt": "A", "States": {
    "A": {"Type": "Choice", "Choices": [{"Variable": "$.n", "IsNull": true, "Next": "Bb"}], "Default": "B"},
    "B": {"Type": "Succeed"}}}"#;

fn good() -> Valid<StateMachine> {
    decode(GOOD).unwrap().validate().unwrap()
}

fn bad() -> Validation {
    decode(BAD).unwrap().validate()
}

#[test]
fn a_valid_machine_becomes_a_file_and_cargo_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b");
    let lines = Definitions::new()
        .directory(&inner)
        .rerun_if_changed("src/workflows.rs")
        .write("order", good())
        .write("refund-2.x", good())
        .finish_quietly()
        .unwrap();
    assert_eq!(fs::read_to_string(inner.join("order.asl.json")).unwrap(), good().to_json_pretty());
    assert_eq!(
        lines,
        [
            "cargo::rerun-if-changed=src/workflows.rs".to_owned(),
            format!("cargo::rerun-if-changed={}", inner.join("order.asl.json").display()),
            format!("cargo::rerun-if-changed={}", inner.join("refund-2.x.asl.json").display()),
        ]
    );
    assert_eq!(fs::read_dir(&inner).unwrap().count(), 2, "nothing else is left in the directory");
}

#[test]
fn layout_and_extension_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let definitions = Definitions::new().directory(folder.path()).minified().extension("json");
    let lines = definitions.write("order", good()).finish_quietly().unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("order.json")).unwrap(), good().to_json());
    assert!(lines.is_empty(), "without a path Cargo watches the whole package");
}

#[test]
fn a_file_is_written_only_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("order.asl.json");
    let write =
        || Definitions::new().directory(folder.path()).write("order", good()).finish_quietly().unwrap();
    write();
    let long_ago = SystemTime::now() - Duration::from_secs(3600);
    fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
    write();
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), long_ago);
    fs::write(&path, "edited").unwrap();
    write();
    assert_eq!(fs::read_to_string(&path).unwrap(), good().to_json_pretty());
}

#[test]
fn all_invalid_machines_are_reported_together_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let definitions = Definitions::new().directory(folder.path());
    let definitions = definitions.write("order", bad()).write("fine", good()).write("refund", bad());
    let error = definitions.finish_quietly().unwrap_err();
    insta::assert_snapshot!(format!("Error:{error:?}"), @r"
    Error:
    the state machine `order` is not valid
      error[ASL0301] at /States/A/Choices/0/Next: there is no state `Bb`
        help: did you mean `B`?
    the state machine `refund` is not valid
      error[ASL0301] at /States/A/Choices/0/Next: there is no state `Bb`
        help: did you mean `B`?
    ");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_name_stays_inside_the_directory() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["../x", "a/b", r"a\b", "..", ".", "", ".hidden", "/etc/x", "a\nb", "c:x", "a\0", "x y"] {
        let definitions = Definitions::new().directory(folder.path().join("inner")).write(name, good());
        let error = definitions.finish_quietly().unwrap_err();
        assert!(matches!(error.problems(), [Problem::Name { .. }]), "{name:?}: {error}");
    }
    let definitions = Definitions::new().directory(folder.path()).extension("x/../../y").write("a", good());
    assert!(matches!(definitions.finish_quietly().unwrap_err().problems(), [Problem::Name { .. }]));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn two_definitions_do_not_share_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let definitions =
        Definitions::new().directory(folder.path()).write("order", good()).write("Order", good());
    let error = definitions.finish_quietly().unwrap_err();
    assert_eq!(error.to_string(), "two definitions are named `Order`");
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Definitions::new().directory(&file).write("order", good()).finish_quietly().unwrap_err();
    assert!(error.to_string().starts_with(&format!("cannot write `{}", file.display())), "{error}");
}

#[test]
fn cargo_is_not_told_twice_that_an_error_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Parameters": {"id": "$.id"}, "Next": "Bb"}, "B": {"Type": "Succeed"}}}"#;
    let definitions =
        Definitions::new().directory(folder.path()).write("order", decode(text).unwrap().validate());
    let error = definitions.write("../x", good()).finish_quietly().unwrap_err();
    insta::assert_snapshot!(error.cargo_lines().join("\n"), @r"
    cargo::error=the state machine `order` is not valid
    cargo::error=  [ASL0301] at /States/A/Next: there is no state `Bb` (help: did you mean `B`?)
    cargo::error=  [ASL0302] at /States/B: nothing leads from `A` to the state `B` (help: name it in a `Next`, a `Default` or a catcher that is reached, or remove it)
    cargo::warning=  [ASL0901] at /States/A/Parameters/id: `$.id` looks like a path, but stays text: the key has no `.$` (help: rename the key to `id.$`)
    cargo::error=`../x.asl.json` is no file name; a name has letters, digits, `-`, `_` and `.`, and does not begin with a dot
    ");
}

#[test]
fn warnings_reach_cargo_on_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": 1e400, "End": true}}}"#;
    let machine = decode(text).unwrap().validate().unwrap();
    let lines =
        Definitions::new().directory(folder.path()).write("order", &machine).finish_quietly().unwrap();
    assert!(
        lines[0].starts_with("cargo::warning=order.asl.json: [ASL0003] at /States/A/Result"),
        "{lines:?}"
    );
    assert_eq!(lines.len(), machine.warnings().len());
}

#[test]
fn the_question_mark_works_in_a_build_script() {
    fn main() -> Result<(), EmitError> {
        Definitions::new().directory("never").write("order", bad()?).finish()
    }
    let error = main().unwrap_err();
    assert!(error.to_string().starts_with("a state machine is not valid\n  error[ASL0301]"), "{error}");
}

const WITH_PLACEHOLDERS: &str = r#"{
    "StartAt": "A", "TimeoutSeconds": "${Timeout}",
    "States": {"A": {
        "Type": "Task", "Resource": "arn:${AWS::Partition}:lambda:${AWS::Region}:${Account}:function:${charge-fn.Arn}",
        "Parameters": {"${Key}": ["${Account}", "${Account} again ${Account}", "${not closed", "${!Escaped}"]}, "End": true
    }}
}"#;

#[test]
fn placeholders_are_listed_once_with_all_their_places() {
    let found = placeholders(&decode(WITH_PLACEHOLDERS).unwrap().machine);
    let listed: Vec<String> = found
        .iter()
        .map(|it| format!("{}: {}", it.name, it.at.iter().map(Pointer::as_str).collect::<Vec<_>>().join(" ")))
        .collect();
    insta::assert_snapshot!(listed.join("\n"), @r#"
    Timeout: /TimeoutSeconds
    AWS::Partition: /States/A/Resource
    AWS::Region: /States/A/Resource
    Account: /States/A/Resource /States/A/Parameters/${Key}/0 /States/A/Parameters/${Key}/1
    charge-fn.Arn: /States/A/Resource
    Key: /States/A/Parameters/${Key}
    "#);
}

#[test]
fn each_tool_gets_its_own_words() {
    let found = placeholders(&decode(WITH_PLACEHOLDERS).unwrap().machine);
    insta::assert_snapshot!(found.to_cloudformation(), @r#"
    DefinitionSubstitutions:
      Timeout: !Sub "${Timeout}"
      "AWS::Partition": !Sub "${AWS::Partition}"
      "AWS::Region": !Sub "${AWS::Region}"
      Account: !Sub "${Account}"
      "charge-fn.Arn": !Sub "${charge-fn.Arn}"
      Key: !Sub "${Key}"
    "#);
    insta::assert_snapshot!(found.to_terraform(), @r#"
    {
      Timeout = var.timeout
      # `AWS::Partition` is no name in a Terraform template: rename the placeholder
      # `AWS::Region` is no name in a Terraform template: rename the placeholder
      Account = var.account
      # `charge-fn.Arn` is no name in a Terraform template: rename the placeholder
      Key = var.key
    }
    "#);
    insta::assert_snapshot!(found.to_cdk(), @r#"
    definitionSubstitutions: {
      Timeout: props.timeout,
      "AWS::Partition": props.awsPartition,
      "AWS::Region": props.awsRegion,
      Account: props.account,
      "charge-fn.Arn": props.chargeFnArn,
      Key: props.key,
    },
    "#);
    let none = placeholders(&good());
    assert_eq!([none.to_cloudformation(), none.to_terraform(), none.to_cdk()], [""; 3]);
}
