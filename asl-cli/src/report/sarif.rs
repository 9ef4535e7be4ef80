//! For code scanning: SARIF 2.1.0.
//!
//! [The standard](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). One run, with the rules that
//! something was found by, and their pages as help.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use asl_core::diagnostic::Severity;
use asl_core::validate::{RULES, Rule};
use serde_json::{Value, json};

use super::{FileReport, Finding};
use crate::source::Source;

/// The whole log.
pub(crate) fn log(reports: &[FileReport], failures: &[String]) -> String {
    let found = reports.iter().flat_map(|report| &report.findings);
    let codes: BTreeSet<&str> = found.map(|finding| finding.diagnostic.code.as_str()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let rules: Vec<Value> =
        RULES.iter().filter(|rule| codes.contains(&rule.code.as_str())).map(rule_of).collect();
    let results: Vec<Value> = reports
        .iter()
        .flat_map(|report| report.findings.iter().map(|finding| result(report, finding, &codes)))
        .collect();
    let notifications: Vec<Value> =
        failures.iter().map(|failure| json!({"level": "error", "message": {"text": failure}})).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "asl", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "invocations": [{
                "executionSuccessful": failures.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).expect("a JSON value is JSON") + "\n"
}

fn rule_of(rule: &Rule) -> Value {
    let title = rule.explain.lines().next().unwrap_or_default().trim_start_matches("# ");
    json!({
        "id": rule.code.as_str(),
        "name": pascal_case(rule.name),
        "shortDescription": {"text": title},
        "fullDescription": {"text": paragraph(rule.explain)},
        "help": {"text": rule.explain, "markdown": rule.explain},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

/// What the rule finds: the first paragraph of its page.
fn paragraph(page: &str) -> String {
    let lines = page.lines().skip_while(|line| line.is_empty() || line.starts_with('#'));
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn result(report: &FileReport, finding: &Finding, codes: &[&str]) -> Value {
    let Finding { location, diagnostic, resource } = finding;
    let (end_line, end_column) = report.end(finding);
    let message = match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut logical = Vec::new();
    // of what is said of the whole, or of what is around it, the region tells all
    if !diagnostic.at.as_str().is_empty() {
        logical.push(json!({"fullyQualifiedName": diagnostic.at.to_string(), "kind": "value"}));
    }
    if let Some(resource) = resource {
        logical.push(json!({"name": resource, "kind": "resource"}));
    }
    json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": codes.binary_search(&diagnostic.code.as_str()).unwrap_or_default(),
        "level": level(diagnostic.severity),
        "message": {"text": message},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": uri(&report.source)},
                "region": {
                    "startLine": location.line,
                    "startColumn": location.column,
                    "endLine": end_line,
                    "endColumn": end_column,
                },
            },
            "logicalLocations": logical,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        _ => "note",
    }
}

/// `unknown-next-state` as the standard likes names: `UnknownNextState`.
fn pascal_case(name: &str) -> String {
    let capitalized = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    name.split('-').filter_map(capitalized).collect()
}

/// A relative reference, or an absolute one of the scheme `file`.
fn uri(source: &Source) -> String {
    let path = match source {
        Source::StandardInput => Path::new("stdin"),
        Source::File(path) => path.strip_prefix(".").unwrap_or(path),
    };
    let text = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from(if path.is_absolute() { "file://" } else { "" });
    if path.is_absolute() && !text.starts_with('/') {
        uri.push('/');
    }
    for byte in text.bytes() {
        let stands_for_itself = byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
        if stands_for_itself {
            uri.push(byte.into());
        } else {
            write!(uri, "%{byte:02X}").expect("a string takes all text");
        }
    }
    uri
}
