//! [`Graph`] → DOT.

use std::fmt::Write;

use super::graph::{Edge, Graph, Item, Line, Node, Shape};

const HEAD: &str = r#"digraph {
    graph [fontname="Helvetica", fontsize=11, nodesep=0.4];
    node [shape=box, fontname="Helvetica", fontsize=11, margin="0.15,0.08"];
    edge [fontname="Helvetica", fontsize=10];
"#;

pub(super) fn write(graph: &Graph) -> String {
    let mut text = HEAD.to_owned();
    for item in &graph.items {
        write_item(&mut text, item, 1);
    }
    for edge in &graph.edges {
        write_edge(&mut text, edge);
    }
    text.push_str("}\n");
    text
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    text.write_fmt(line).expect("a String takes all text");
}

fn write_item(text: &mut String, item: &Item, depth: usize) {
    // a line may be no longer because of its depth than it is because of its text
    const DEEPEST: usize = 20;
    let indent = "    ".repeat(depth.min(DEEPEST));
    match item {
        Item::Node(node) => push(text, format_args!("{indent}{} [{}];\n", node.id, attributes(node))),
        Item::Frame(frame) => {
            push(text, format_args!("{indent}subgraph cluster_{} {{\n", frame.id));
            push(text, format_args!("{indent}    label={};\n", quoted([frame.title.as_str()])));
            for item in &frame.items {
                write_item(text, item, depth + 1);
            }
            push(text, format_args!("{indent}}}\n"));
        }
    }
}

fn attributes(node: &Node) -> String {
    let label = quoted(node.lines.iter().map(String::as_str));
    let shape = match node.shape {
        Shape::Start => {
            return "label=\"\", shape=circle, style=filled, fillcolor=black, width=0.2".to_owned();
        }
        Shape::End => {
            return "label=\"\", shape=doublecircle, style=filled, fillcolor=black, width=0.15".to_owned();
        }
        Shape::Point => return "label=\"\", shape=point".to_owned(),
        Shape::Task | Shape::Plain => "",
        Shape::Pass => ", shape=parallelogram, margin=\"0,0.05\"",
        Shape::Choice => ", shape=diamond, margin=\"0,0\"",
        Shape::Wait => ", shape=hexagon",
        Shape::Succeed => ", style=rounded, color=\"#1a7f37\"",
        Shape::Fail => ", style=rounded, color=\"#cf222e\"",
        Shape::Missing => ", style=dashed, color=\"#cf222e\"",
    };
    format!("label={label}{shape}")
}

fn write_edge(text: &mut String, edge: &Edge) {
    let mut attributes = Vec::new();
    if !edge.label.is_empty() {
        attributes.push(format!("label={}", quoted(wrap(&edge.label))));
    }
    if edge.line == Line::Dashed {
        attributes.push("style=dashed".to_owned());
    }
    if edge.is_loop && edge.from != edge.to {
        // else it would turn a frame upside down: Graphviz puts the head of an arrow below its tail
        attributes.push("constraint=false".to_owned());
    }
    let attributes = match attributes.as_slice() {
        [] => String::new(),
        attributes => format!(" [{}]", attributes.join(", ")),
    };
    push(text, format_args!("    {} -> {}{attributes};\n", edge.from, edge.to));
}

/// A text as lines of about thirty characters, broken between words: Graphviz does not break them.
fn wrap(text: &str) -> Vec<&str> {
    const WIDTH: usize = 30;
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(' ') {
        if text[start..at].chars().count() >= WIDTH {
            lines.push(&text[start..at]);
            start = at + 1;
        }
    }
    lines.push(&text[start..]);
    lines
}

/// Lines as one DOT string. Graphviz reads HTML entities in it.
fn quoted<'t>(lines: impl IntoIterator<Item = &'t str>) -> String {
    let escape = |line: &str| line.replace('\\', r"\\").replace('"', "\\\"").replace('&', "&amp;");
    let lines: Vec<String> = lines.into_iter().map(escape).collect();
    format!("\"{}\"", lines.join(r"\n"))
}
