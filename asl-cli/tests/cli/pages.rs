//! The pages of rules, as the command sees their examples.

#[path = "../../../asl-core/tests/page/mod.rs"]
mod page;

use std::collections::BTreeSet;

use asl_core::model::WorkflowType;
use asl_core::validate::{RULES, Rule};
use serde_json::Value;

use super::{Folder, asl, text};
use page::{Example, examples, section};

/// Checks an example, and gives what is printed.
fn checked(example: &Example, format: &str) -> String {
    let folder = Folder::new();
    let name = if example.is_template { "template.yaml" } else { "flow.asl.json" };
    folder.write(name, &example.text);
    let workflow_type = match example.workflow_type {
        WorkflowType::Standard => "standard",
        WorkflowType::Express => "express",
    };
    let mut command = asl(&["check", "--advice", "--format", format, "--type", workflow_type, name]);
    let output = command.current_dir(folder.0.path()).output().unwrap();
    text(&output.stdout).to_owned()
}

/// The codes of everything that is said of the templates in a section.
fn codes_of_templates(rule: &Rule, title: &str) -> Vec<BTreeSet<String>> {
    let templates = examples(section(rule, title)).into_iter().filter(|example| example.is_template);
    let codes = |example: Example| {
        let report: Value = serde_json::from_str(&checked(&example, "json")).unwrap();
        let found = report["diagnostics"].as_array().unwrap();
        found.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    };
    templates.map(codes).collect()
}

#[test]
fn what_a_page_calls_wrong_in_a_template_gives_exactly_its_code() {
    let mut count = 0;
    for rule in RULES {
        for codes in codes_of_templates(rule, "Wrong") {
            assert_eq!(codes, BTreeSet::from([rule.code.as_str().to_owned()]), "{}", rule.name);
            count += 1;
        }
        for codes in codes_of_templates(rule, "Right") {
            assert!(codes.is_empty(), "{} gives {codes:?}", rule.name);
            count += 1;
        }
    }
    assert!(count >= 7, "{count} templates stand on pages");
}

#[test]
fn people_can_read_what_each_rule_says() {
    /// The page of `size` needs a megabyte, which nobody wants to read in a report.
    const TOO_LONG: usize = 100_000;
    let mut reports = Vec::new();
    for rule in RULES {
        let wrong = examples(section(rule, "Wrong"));
        let Some(example) = wrong.first().filter(|example| example.text.len() < TOO_LONG) else { continue };
        let report = checked(example, "human");
        assert!(report.contains(rule.code.as_str()), "{} is not in its own report:\n{report}", rule.code);
        reports.push(format!("# {} {}\n\n{report}", rule.code, rule.name));
    }
    insta::assert_snapshot!(reports.join("\n"));
}
