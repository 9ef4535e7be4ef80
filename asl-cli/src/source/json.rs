//! JSON → tree, for templates; definitions are read by the library.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};

use super::node::{Content, Node, Style};

/// Reads a template; `None` if it is not JSON.
pub(crate) fn parse(text: &str) -> Option<Node> {
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let tree = parse_to_ast(json, &collect, &ParseOptions::default()).ok()?;
    Some(node(tree.value?, text.len() - json.len()))
}

fn node(value: Value<'_>, before: usize) -> Node {
    let range = value.start() + before..value.end() + before;
    let plain = |text: &str| Content::Scalar(text.to_owned(), Style::Plain);
    let content = match value {
        Value::StringLit(text) => Content::Scalar(text.value.into_owned(), Style::Json),
        Value::NumberLit(number) => plain(number.value),
        Value::BooleanLit(flag) => plain(if flag.value { "true" } else { "false" }),
        Value::NullKeyword(_) => plain("null"),
        Value::Array(array) => {
            Content::Sequence(array.elements.into_iter().map(|element| node(element, before)).collect())
        }
        Value::Object(object) => {
            let entry = |property: jsonc_parser::ast::ObjectProp<'_>| {
                let at = property.name.range();
                let key = Node {
                    bytes: at.start + before..at.end + before,
                    content: Content::Scalar(property.name.into_string(), Style::Json),
                    tag: None,
                };
                (key, node(property.value, before))
            };
            Content::Mapping(object.properties.into_iter().map(entry).collect())
        }
    };
    Node { content, tag: None, bytes: range }
}
