//! Where a finding stands in the text.

use std::collections::HashMap;
use std::ops::Range;

use jsonc_parser::ast::{Object, ObjectProp, Value as Node};
use jsonc_parser::common::Ranged;

use crate::diagnostic::{Diagnostic, Part, Pointer};

use super::text;

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The bytes.
    pub bytes: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Finds the places that findings are about in the text that they were found in.
///
/// Made only when there is something to show, so that reading a good definition costs nothing.
pub struct SourceMap<'t> {
    text: &'t str,
    tree: Option<Node<'t>>,
}

impl<'t> SourceMap<'t> {
    /// The map of a text; of one that is not JSON, everything is at its beginning.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, tree: text::parse(text).ok() }
    }

    /// The place of a finding: of the nearest thing around it, if the place itself is not in the text.
    #[must_use]
    pub fn locate(&self, finding: &Diagnostic) -> Location {
        self.location(self.bytes(&finding.at, &finding.part, &mut Keys::default()))
    }

    /// The places of many findings, in the order of the findings: one pass over the text, however many there are.
    #[must_use]
    pub fn locate_all(&self, findings: &[Diagnostic]) -> Vec<Location> {
        let mark = self.mark();
        let mut keys = Keys::default();
        let mut places: Vec<(usize, Range<usize>)> = findings
            .iter()
            .map(|finding| self.bytes(&finding.at, &finding.part, &mut keys))
            .map(|bytes| bytes.start + mark..bytes.end + mark)
            .enumerate()
            .collect();
        places.sort_by_key(|(_, bytes)| bytes.start);
        let mut locations = vec![Location { bytes: 0..0, line: 1, column: 1 }; findings.len()];
        let (mut line, mut column) = (1, 1);
        let mut chars = self.text.char_indices().peekable();
        for (index, bytes) in places {
            while let Some((_, c)) = chars.next_if(|(at, _)| *at < bytes.start) {
                match c {
                    '\n' => (line, column) = (line + 1, 1),
                    '\u{feff}' if column == 1 => {}
                    _ => column += 1,
                }
            }
            locations[index] = Location { bytes, line, column };
        }
        locations
    }

    /// The bytes of the key that a place stands under, quotes too, for an edit: `None` if it has none, or if a key
    /// on the way stands twice, so that nobody can say which is meant.
    #[must_use]
    pub fn key(&self, at: &Pointer) -> Option<Range<usize>> {
        let (_, property) = self.only(at)?;
        let name = property?.name.range();
        Some(name.start + self.mark()..name.end + self.mark())
    }

    /// The bytes of the value at a place, all of it, for an edit: `None` under the conditions of [`SourceMap::key`].
    #[must_use]
    pub fn value(&self, at: &Pointer) -> Option<Range<usize>> {
        let (value, _) = self.only(at)?;
        Some(value.start() + self.mark()..value.end() + self.mark())
    }

    /// The one node at a place, with its property.
    fn only(&self, at: &Pointer) -> Option<(&Node<'t>, Option<&ObjectProp<'t>>)> {
        let mut found = (self.tree.as_ref()?, None);
        for segment in at.segments() {
            found = match found.0 {
                Node::Object(object) => {
                    let mut named = object.properties.iter().filter(|it| it.name.as_str() == segment);
                    let property = named.next()?;
                    if named.next().is_some() {
                        return None;
                    }
                    (&property.value, Some(property))
                }
                Node::Array(array) => (array.elements.get(segment.parse::<usize>().ok()?)?, None),
                _ => return None,
            };
        }
        Some(found)
    }

    fn location(&self, bytes: Range<usize>) -> Location {
        let mark = self.mark();
        let bytes = bytes.start + mark..bytes.end + mark;
        let (line, column) = line_and_column(self.text, bytes.start);
        Location { bytes, line, column }
    }

    /// The tree was made from the text without its byte order mark.
    fn mark(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    fn bytes<'s>(&'s self, at: &Pointer, part: &Part, keys: &mut Keys<'s>) -> Range<usize> {
        let Some(mut node) = self.tree.as_ref() else { return 0..0 };
        let mut property: Option<&ObjectProp> = None;
        for segment in at.segments() {
            let below = match node {
                Node::Object(object) => {
                    let found = keys.property(object, &segment);
                    property = found.or(property);
                    found.map(|property| &property.value)
                }
                Node::Array(array) => {
                    segment.parse::<usize>().ok().and_then(|index| array.elements.get(index))
                }
                _ => None,
            };
            let Some(below) = below else { return outline(node, property) };
            if matches!(node, Node::Array(_)) {
                property = None;
            }
            node = below;
        }
        match (part, property, node) {
            (Part::Key, Some(property), _) => property.name.range().start..property.name.range().end,
            (Part::Within(within), _, Node::StringLit(string)) => inside_string(
                self.text[self.mark()..].get(string.start()..string.end()).unwrap_or(""),
                within,
            )
            .map_or(string.start()..string.end(), |bytes| {
                string.start() + bytes.start..string.start() + bytes.end
            }),
            _ => outline(node, property),
        }
    }
}

/// The properties of the objects that have been looked into, by name, so that many findings in one object do not each
/// read all its keys. Objects are told apart by where they begin.
#[derive(Default)]
struct Keys<'s>(HashMap<usize, HashMap<&'s str, &'s ObjectProp<'s>>>);

impl<'s> Keys<'s> {
    fn property(&mut self, object: &'s Object<'s>, name: &str) -> Option<&'s ObjectProp<'s>> {
        let properties = self.0.entry(object.range.start).or_insert_with(|| {
            // the last of duplicates is the one that counts, as in a map
            object.properties.iter().map(|property| (property.name.as_str(), property)).collect()
        });
        properties.get(name).copied()
    }
}

/// What to show for a value: an object or array of many lines is shown by its key.
fn outline(node: &Node, property: Option<&ObjectProp>) -> Range<usize> {
    match (node, property) {
        (Node::Object(_) | Node::Array(_), Some(property)) => {
            property.name.range().start..property.name.range().end
        }
        (Node::Object(object), None) => object.range.start..object.range.start + 1,
        (Node::Array(array), None) => array.range.start..array.range.start + 1,
        (node, _) => node.start()..node.end(),
    }
}

/// The bytes of a JSON string literal that spell the given bytes of its value.
fn inside_string(literal: &str, within: &Range<usize>) -> Option<Range<usize>> {
    let body = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut value_at = 0;
    let (mut start, mut end) = (None, None);
    let mut at = 0;
    while at <= body.len() {
        if value_at >= within.start && start.is_none() {
            start = Some(at);
        }
        if value_at >= within.end {
            end = Some(at);
            break;
        }
        let Some(next) = body[at..].chars().next() else { break };
        let (spelt, meant) = match next {
            '\\' => escape_lengths(&body[at..]),
            other => (other.len_utf8(), other.len_utf8()),
        };
        at += spelt;
        value_at += meant;
    }
    // the opening quote comes before the body
    Some(start.unwrap_or(body.len()) + 1..end.unwrap_or(body.len()) + 1)
}

/// How many bytes an escape takes in the text, and in the value.
fn escape_lengths(escape: &str) -> (usize, usize) {
    let unit = |text: &str| u32::from_str_radix(text.get(2..6)?, 16).ok();
    match (escape.as_bytes().get(1), unit(escape)) {
        (Some(b'u'), Some(high @ 0xd800..=0xdbff)) => {
            let low = escape.get(6..12).and_then(unit).unwrap_or(0xdc00);
            let code = 0x10000 + ((high - 0xd800) << 10) + (low.saturating_sub(0xdc00) & 0x3ff);
            (12.min(escape.len()), char::from_u32(code).map_or(3, char::len_utf8))
        }
        (Some(b'u'), Some(code)) => (6, char::from_u32(code).map_or(3, char::len_utf8)),
        _ => (2.min(escape.len()), 1),
    }
}

/// Line and column, both from 1, of a byte; columns count characters.
pub(super) fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
    (line, column)
}
