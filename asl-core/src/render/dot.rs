//! [`Graph`] → DOT.

use std::collections::HashMap;
use std::fmt::Write;

use super::graph::{Edge, Graph, Item, Line, Node, Shape};

const HEAD: &str = r#"digraph {
    graph [compound=true, fontname="Helvetica", fontsize=11, nodesep=0.4];
    node [shape=box, fontname="Helvetica", fontsize=11, margin="0.15,0.08"];
    edge [fontname="Helvetica", fontsize=10];
"#;

pub(super) fn write(graph: &Graph) -> String {
    let mut text = HEAD.to_owned();
    let mut frames = HashMap::new();
    for item in &graph.items {
        write_item(&mut text, item, 1);
        collect_frames(item, &mut frames);
    }
    for edge in &graph.edges {
        write_edge(&mut text, edge, &frames);
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

/// The first and the last node inside a frame.
struct Ends<'g> {
    first: &'g str,
    last: &'g str,
}

/// DOT has no arrows to frames: an arrow goes to a node inside and is cut at the frame.
fn collect_frames<'g>(item: &'g Item, frames: &mut HashMap<&'g str, Ends<'g>>) -> Option<Ends<'g>> {
    match item {
        Item::Node(node) => Some(Ends { first: &node.id, last: &node.id }),
        Item::Frame(frame) => {
            let mut inside = frame.items.iter().filter_map(|item| collect_frames(item, frames));
            let first = inside.next()?;
            let (first, last) = (first.first, inside.last().unwrap_or(first).last);
            frames.insert(&frame.id, Ends { first, last });
            Some(Ends { first, last })
        }
    }
}

fn write_edge(text: &mut String, edge: &Edge, frames: &HashMap<&str, Ends<'_>>) {
    let (mut from, mut to) = (edge.from.as_str(), edge.to.as_str());
    let mut attributes = Vec::new();
    if !edge.label.is_empty() {
        attributes.push(format!("label={}", quoted(wrap(&edge.label))));
    }
    if edge.line == Line::Dashed {
        attributes.push("style=dashed".to_owned());
    }
    if let Some(inside) = frames.get(from) {
        attributes.push(format!("ltail=cluster_{from}"));
        from = inside.last;
    }
    if let Some(inside) = frames.get(to) {
        attributes.push(format!("lhead=cluster_{to}"));
        to = inside.first;
    }
    let attributes = match attributes.as_slice() {
        [] => String::new(),
        attributes => format!(" [{}]", attributes.join(", ")),
    };
    push(text, format_args!("    {from} -> {to}{attributes};\n"));
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
