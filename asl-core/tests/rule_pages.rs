//! Every rule has a page, and what the page says is so.

use std::collections::BTreeSet;

use asl_core::diagnostic::Diagnostic;
use asl_core::model::WorkflowType;
use asl_core::validate::{RULES, Rule};

const SECTIONS: &[&str] = &["What it finds", "Why it matters", "Wrong", "Right", "Source"];

#[test]
fn codes_are_sorted_and_names_are_unique() {
    assert!(
        RULES.windows(2).all(|pair| pair[0].code < pair[1].code),
        "rows must stand in the order of codes"
    );
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn each_page_has_its_sections_in_order() {
    for rule in RULES {
        let titles: Vec<&str> = rule.explain.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(titles, SECTIONS, "sections of {}", rule.name);
        assert!(rule.explain.starts_with("# "), "{} has no title", rule.name);
        for title in SECTIONS {
            assert!(section(rule, title).trim().len() > 20, "`{title}` of {} says nothing", rule.name);
        }
    }
}

#[test]
fn what_a_page_calls_wrong_gives_exactly_its_code() {
    let mut failures = Vec::new();
    for rule in RULES {
        let examples = examples(section(rule, "Wrong"));
        assert!(!examples.is_empty(), "{} shows nothing wrong", rule.name);
        for example in examples {
            let findings = findings(&example);
            let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
            if codes != BTreeSet::from([rule.code.as_str()]) {
                failures.push(format!("{} ({}): {findings:#?}", rule.name, rule.code));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_a_page_calls_right_gives_nothing() {
    let mut failures = Vec::new();
    for rule in RULES {
        let examples = examples(section(rule, "Right"));
        assert!(!examples.is_empty(), "{} shows nothing right", rule.name);
        for example in examples {
            let findings = findings(&example);
            if !findings.is_empty() {
                failures.push(format!("{} ({}): {findings:#?}", rule.name, rule.code));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

struct Example<'p> {
    workflow_type: WorkflowType,
    text: &'p str,
}

fn section<'p>(rule: &Rule, title: &str) -> &'p str
where
    'static: 'p,
{
    let page = rule.explain;
    let Some((_, below)) = page.split_once(&format!("## {title}\n")) else { return "" };
    below.split_once("\n## ").map_or(below, |(text, _)| text)
}

/// The fenced blocks; `json express` is validated as an Express workflow.
fn examples(section: &str) -> Vec<Example<'_>> {
    let fenced = section.split("```").skip(1).step_by(2);
    fenced
        .map(|block| {
            let (info, text) = block.split_once('\n').unwrap_or((block, ""));
            let workflow_type = match info {
                "json" => WorkflowType::Standard,
                "json express" => WorkflowType::Express,
                other => panic!("a block of a rule page is `json` or `json express`, not `{other}`"),
            };
            Example { workflow_type, text }
        })
        .collect()
}

fn findings(example: &Example<'_>) -> Vec<Diagnostic> {
    match asl_core::decode(example.text) {
        Ok(decoded) => decoded.all_findings(example.workflow_type),
        Err(error) => vec![error.to_diagnostic()],
    }
}
