//! Every rule has a page, and what the page says is so.

mod judged;
mod page;

use std::collections::BTreeSet;

use asl_core::validate::RULES;

use judged::judged;
use page::section;

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
        for findings in judged(rule, "Wrong") {
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
        for findings in judged(rule, "Right") {
            if !findings.is_empty() {
                failures.push(format!("{} ({}): {findings:#?}", rule.name, rule.code));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
