//! What a rule's page shows. The tests of the command read pages by this file too.

use asl_core::model::WorkflowType;
use asl_core::validate::Rule;

/// A definition, or a template around one, on a page.
pub(crate) struct Example {
    pub(crate) workflow_type: WorkflowType,
    pub(crate) text: String,
    /// Whether it is a template: what is wrong around definitions is found by the command alone.
    pub(crate) is_template: bool,
}

/// What stands under a title.
pub(crate) fn section(rule: &Rule, title: &str) -> &'static str {
    let Some((_, below)) = rule.explain.split_once(&format!("## {title}\n")) else { return "" };
    below.split_once("\n## ").map_or(below, |(text, _)| text)
}

/// The fenced blocks of a section.
///
/// `json express` is validated as an Express workflow, `yaml template` is a template of CloudFormation; the string
/// `"…"` stands for more characters than AWS takes, and `"… 300000 …"` for as many as it says.
pub(crate) fn examples(section: &str) -> Vec<Example> {
    const ANY_LENGTH: usize = 1_048_576;
    let fenced = section.split("```").skip(1).step_by(2);
    fenced
        .map(|block| {
            let (info, text) = block.split_once('\n').unwrap_or((block, ""));
            let (workflow_type, is_template) = match info {
                "json" => (WorkflowType::Standard, false),
                "json express" => (WorkflowType::Express, false),
                "yaml template" => (WorkflowType::Standard, true),
                other => panic!(
                    "a block of a rule page is `json`, `json express` or `yaml template`, not `{other}`"
                ),
            };
            let text = text.replace("\"…\"", &format!("\"{}\"", "x".repeat(ANY_LENGTH)));
            Example { workflow_type, text: with_long_strings(&text), is_template }
        })
        .collect()
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
