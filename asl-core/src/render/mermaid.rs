//! [`Graph`] → Mermaid flowchart.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::graph::{Graph, Item, Line, Node, Shape};

pub(super) fn write(graph: &Graph) -> String {
    let mut text = String::from("flowchart TD\n");
    let mut shapes = BTreeSet::new();
    for item in &graph.items {
        write_item(&mut text, item, 1, &mut shapes);
    }
    // after all frames: an arrow inside a frame would pull the nodes at its ends into it
    for edge in &graph.edges {
        let arrow = match edge.line {
            Line::Solid => "-->",
            Line::Dashed => "-.->",
        };
        let label =
            if edge.label.is_empty() { String::new() } else { format!("|\"{}\"|", escape(&edge.label)) };
        push(&mut text, format_args!("    {} {arrow}{label} {}\n", edge.from, edge.to));
    }
    for shape in shapes {
        if let Some((class, style)) = class(shape) {
            push(&mut text, format_args!("    classDef {class} {style}\n"));
        }
    }
    text
}

fn write_item(text: &mut String, item: &Item, depth: usize, shapes: &mut BTreeSet<Shape>) {
    // a line may be no longer because of its depth than it is because of its text
    const DEEPEST: usize = 20;
    let indent = "    ".repeat(depth.min(DEEPEST));
    match item {
        Item::Node(node) => {
            shapes.insert(node.shape);
            let class = class(node.shape).map_or_else(String::new, |(class, _)| format!(":::{class}"));
            push(text, format_args!("{indent}{}{}{class}\n", node.id, outline(node)));
        }
        Item::Frame(frame) => {
            push(text, format_args!("{indent}subgraph {}[\"{}\"]\n", frame.id, escape(&frame.title)));
            for item in &frame.items {
                write_item(text, item, depth + 1, shapes);
            }
            push(text, format_args!("{indent}end\n"));
        }
    }
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    text.write_fmt(line).expect("a String takes all text");
}

/// The label of a node in the brackets that give it its shape.
fn outline(node: &Node) -> String {
    let lines: Vec<String> = node.lines.iter().map(|line| escape(line)).collect();
    let label = lines.join("<br/>");
    match node.shape {
        Shape::Point => "((\" \"))".to_owned(),
        Shape::Start => format!("((\"{label}\"))"),
        Shape::End => format!("(((\"{label}\")))"),
        Shape::Task | Shape::Plain | Shape::Missing => format!("[\"{label}\"]"),
        Shape::Pass => format!("[/\"{label}\"/]"),
        Shape::Choice => format!("{{\"{label}\"}}"),
        Shape::Wait => format!("{{{{\"{label}\"}}}}"),
        Shape::Succeed | Shape::Fail => format!("([\"{label}\"])"),
    }
}

/// The class of a shape. Only outlines are coloured, so that text is readable on light and on dark pages.
fn class(shape: Shape) -> Option<(&'static str, &'static str)> {
    match shape {
        Shape::Succeed => Some(("succeed", "stroke:#1a7f37,stroke-width:2px")),
        Shape::Fail => Some(("fail", "stroke:#cf222e,stroke-width:2px")),
        Shape::Missing => Some(("missing", "stroke:#cf222e,stroke-dasharray:4 4")),
        Shape::Start
        | Shape::End
        | Shape::Task
        | Shape::Pass
        | Shape::Choice
        | Shape::Wait
        | Shape::Plain
        | Shape::Point => None,
    }
}

/// Text inside double quotes. Besides quotes and HTML, Mermaid reads Markdown, formulas between `$$`, directives
/// after `%%` and its own `#…;` there.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        let is_doubled = before == Some(c) || chars.peek() == Some(&c);
        let starts_list = matches!(c, '-' | '+') && escaped.is_empty()
            || matches!(c, '.' | ')') && !escaped.is_empty() && escaped.bytes().all(|b| b.is_ascii_digit());
        match c {
            '"' => escaped.push_str("#quot;"),
            '&' => escaped.push_str("#amp;"),
            '<' => escaped.push_str("#lt;"),
            '#' | '`' | '\\' | '*' => code(&mut escaped, c),
            '$' | '%' | '_' | '~' if is_doubled => code(&mut escaped, c),
            _ if starts_list => code(&mut escaped, c),
            _ => escaped.push(c),
        }
        before = Some(c);
    }
    escaped
}

/// A character by its number.
fn code(text: &mut String, c: char) {
    push(text, format_args!("#{};", u32::from(c)));
}
