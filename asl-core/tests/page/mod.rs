//! What a rule's page shows.

use asl_core::diagnostic::{Diagnostic, Severity};
use asl_core::model::WorkflowType;
use asl_core::validate::{self, Rule};

/// A definition on a page.
pub(crate) struct Example {
    pub(crate) workflow_type: WorkflowType,
    pub(crate) text: String,
}

/// What stands under a title.
pub(crate) fn section(rule: &Rule, title: &str) -> &'static str {
    let Some((_, below)) = rule.explain.split_once(&format!("## {title}\n")) else { return "" };
    below.split_once("\n## ").map_or(below, |(text, _)| text)
}

/// The fenced blocks of a section.
///
/// `json express` is validated as an Express workflow; the string `"…"` stands for more characters than AWS takes,
/// and `"… 300000 …"` for as many as it says.
pub(crate) fn examples(section: &str) -> Vec<Example> {
    const ANY_LENGTH: usize = 1_048_576;
    let fenced = section.split("```").skip(1).step_by(2);
    fenced
        .map(|block| {
            let (info, text) = block.split_once('\n').unwrap_or((block, ""));
            let workflow_type = match info {
                "json" => WorkflowType::Standard,
                "json express" => WorkflowType::Express,
                other => panic!("a block of a rule page is `json` or `json express`, not `{other}`"),
            };
            let text = text.replace("\"…\"", &format!("\"{}\"", "x".repeat(ANY_LENGTH)));
            Example { workflow_type, text: with_long_strings(&text) }
        })
        .collect()
}

/// Everything that is wrong with an example on the page of a rule, and for a rule of advice all advice too.
pub(crate) fn findings(rule: &Rule, example: &Example) -> Vec<Diagnostic> {
    match asl_core::decode(&example.text) {
        Ok(decoded) => {
            let mut findings = decoded.all_findings(example.workflow_type);
            if rule.severity == Severity::Advice {
                findings.extend(validate::advice(&decoded.machine, example.workflow_type));
            }
            findings
        }
        Err(error) => vec![error.to_diagnostic()],
    }
}

/// Puts strings of so many characters where `"… 300000 …"` stands.
fn with_long_strings(text: &str) -> String {
    let mut parts = text.split("\"… ");
    let first = parts.next().unwrap_or_default().to_owned();
    let long = parts.flat_map(|part| {
        let (length, rest) = part.split_once(" …\"").expect("`\"… 300000 …\"` has an end");
        let length = length.parse().expect("a number of characters");
        [format!("\"{}\"", "x".repeat(length)), rest.to_owned()]
    });
    std::iter::once(first).chain(long).collect()
}
