//! Pictures of a machine as text: Mermaid, which GitHub draws in Markdown, and DOT, which Graphviz draws.
//!
//! Both draw any machine, invalid ones too: a picture is most wanted while something is wrong. A transition that
//! names no state leads to a dashed node of that name. One walk makes nodes, edges and frames of a machine, and each
//! format is one writer of those. Equal machines give equal text, and ids come from the states' names, so that a
//! change of one state is a change of few lines.

mod mermaid;
mod dot;
mod graph;
mod detail;
mod condition;

use crate::model::StateMachine;

use graph::Graph;

/// The machine as a Mermaid flowchart.
///
/// A Parallel or Map state is a frame around its branches or its processor. Choice edges say their condition;
/// dashed edges are catchers and say their errors.
///
/// ```
/// let machine = asl_core::decode(
///     r#"{"StartAt": "Ask", "States": {
///         "Ask": {"Type": "Choice",
///                 "Choices": [{"Variable": "$.n", "NumericGreaterThan": 9, "Next": "Many"}], "Default": "Few"},
///         "Many": {"Type": "Pass", "End": true},
///         "Few": {"Type": "Succeed"}}}"#,
/// )?.machine;
/// let picture = asl_core::render::mermaid(&machine);
/// assert!(picture.starts_with("flowchart TD\n"));
/// assert!(picture.contains(r#"Ask -->|"$.n > 9"| Many"#));
/// # Ok::<(), asl_core::decode::JsonError>(())
/// ```
#[must_use]
pub fn mermaid(machine: &StateMachine) -> String {
    mermaid::write(&Graph::of(machine))
}

/// The machine as a DOT digraph: `asl graph --format dot order.asl.json | dot -Tsvg > order.svg`.
///
/// It shows what [`mermaid()`] shows.
///
/// ```
/// let machine = asl_core::decode(
///     r#"{"StartAt": "Pay", "States": {
///         "Pay": {"Type": "Task", "Resource": "${Pay}", "End": true,
///                 "Catch": [{"ErrorEquals": ["CardDeclined"], "Next": "Refuse"}]},
///         "Refuse": {"Type": "Fail"}}}"#,
/// )?.machine;
/// let picture = asl_core::render::dot(&machine);
/// assert!(picture.starts_with("digraph {\n"));
/// assert!(picture.contains(r#"Pay -> Refuse [label="CardDeclined", style=dashed];"#));
/// # Ok::<(), asl_core::decode::JsonError>(())
/// ```
#[must_use]
pub fn dot(machine: &StateMachine) -> String {
    dot::write(&Graph::of(machine))
}
