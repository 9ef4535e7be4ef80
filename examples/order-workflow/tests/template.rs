//! The SAM template and the definition file agree: what the one leaves open, the other fills in.

use std::fs;
use std::path::{Path, PathBuf};

use asl_core::emit::{Placeholders, placeholders};
use asl_macros::include_asl;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn template() -> String {
    fs::read_to_string(file("template.yaml")).unwrap()
}

fn open() -> Placeholders {
    placeholders(&include_asl!("../definitions/order-workflow.asl.json"))
}

/// The lines below the one that is `header`, as far as they are indented deeper, without that indentation.
fn section(text: &str, header: &str) -> Vec<String> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut lines = text.lines().skip_while(|line| line.trim() != header);
    let outer = depth(lines.next().unwrap_or_else(|| panic!("no {header}")));
    let inner: Vec<&str> = lines.take_while(|line| depth(line) > outer).collect();
    inner.iter().map(|line| line[outer + 2..].to_owned()).collect()
}

#[test]
fn the_substitutions_are_those_that_the_definition_asks_for() {
    let wanted = open().to_cloudformation();
    assert_eq!(
        section(&template(), "DefinitionSubstitutions:"),
        section(&wanted, "DefinitionSubstitutions:")
    );
}

#[test]
fn every_placeholder_is_a_parameter_that_the_workflow_may_invoke() {
    let template = template();
    let parameters = section(&template, "Parameters:");
    let names: Vec<String> =
        parameters.iter().filter(|line| !line.starts_with(' ')).map(|line| line.replace(':', "")).collect();
    let wanted: Vec<String> = open().iter().map(|placeholder| placeholder.name.clone()).collect();
    assert_eq!(names, wanted);
    let allowed: Vec<String> =
        section(&template, "Resource:").iter().map(|line| line.replace("- !Ref ", "")).collect();
    assert_eq!(allowed, wanted);
}

#[test]
fn the_template_deploys_the_file_that_the_build_writes() {
    let template = template();
    let uri = template.lines().find_map(|line| line.trim().strip_prefix("DefinitionUri: ")).unwrap();
    let written = fs::read_to_string(file(uri)).unwrap();
    assert_eq!(written, include_asl!("../definitions/order-workflow.asl.json").to_json_pretty());
}
