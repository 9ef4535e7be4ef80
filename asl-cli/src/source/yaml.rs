//! YAML → tree, and tree → JSON.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::node::{Content, Node, Style};
use super::template::intrinsic;
use super::transcript::Transcript;

/// Why a text is no YAML that can be read here.
#[derive(Debug)]
pub(crate) struct YamlError {
    pub(crate) bytes: Range<usize>,
    pub(crate) message: String,
}

/// As deep as definitions in JSON may be.
const MAX_DEPTH: usize = 127;
/// Aliases repeat what they name, and what is inside that: a short text can mean a very long one.
const MAX_NODES: usize = 1_000_000;

/// Reads the first document; `None` if there is none.
pub(crate) fn parse(text: &str) -> Result<Option<Node>, YamlError> {
    let yaml = text.strip_prefix('\u{feff}').unwrap_or(text);
    let places = Places::of(text, yaml);
    let mut parser = Parser::new_from_str(yaml);
    let mut reader = Reader { text, places: &places, anchors: HashMap::new(), nodes: 0 };
    loop {
        match reader.next(&mut parser)? {
            (Event::StreamEnd, _) => return Ok(None),
            (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
            event => return reader.node(event, &mut parser, 0).map(Some),
        }
    }
}

/// From the parser's characters to bytes.
struct Places {
    before: usize,
    /// The byte of each character; none if all are ASCII.
    bytes: Vec<usize>,
    length: usize,
}

impl Places {
    fn of(text: &str, yaml: &str) -> Self {
        let bytes =
            if yaml.is_ascii() { Vec::new() } else { yaml.char_indices().map(|(byte, _)| byte).collect() };
        Self { before: text.len() - yaml.len(), bytes, length: yaml.len() }
    }

    fn byte(&self, index: usize) -> usize {
        let byte =
            if self.bytes.is_empty() { index } else { self.bytes.get(index).copied().unwrap_or(self.length) };
        self.before + byte.min(self.length)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }
}

type Events<'t> = Parser<'t, saphyr_parser::StrInput<'t>>;

struct Reader<'p> {
    text: &'p str,
    places: &'p Places,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
}

impl Reader<'_> {
    fn next<'t>(&self, parser: &mut Events<'t>) -> Result<(Event<'t>, Span), YamlError> {
        match parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(self.error(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn error(&self, error: &ScanError) -> YamlError {
        let at = self.places.byte(error.marker().index());
        YamlError { bytes: at..at, message: format!("not YAML: {}", error.info()) }
    }

    fn node<'t>(
        &mut self,
        (event, span): (Event<'t>, Span),
        parser: &mut Events<'t>,
        depth: usize,
    ) -> Result<Node, YamlError> {
        let mut bytes = self.places.range(span);
        if depth > MAX_DEPTH {
            return Err(YamlError { bytes, message: format!("nested more than {MAX_DEPTH} levels deep") });
        }
        let before = self.nodes;
        self.count(1, &bytes)?;
        let (content, anchor, tag) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                if is_block && anchor == 0 && tag.is_none() {
                    bytes.start = self.header(bytes.start);
                }
                (Content::Scalar(text.into_owned(), style_of(style)), anchor, tag)
            }
            Event::SequenceStart(anchor, tag) => {
                let mut elements = Vec::new();
                loop {
                    match self.next(parser)? {
                        (Event::SequenceEnd | Event::StreamEnd, _) => break,
                        event => elements.push(self.node(event, parser, depth + 1)?),
                    }
                }
                (Content::Sequence(elements), anchor, tag)
            }
            Event::MappingStart(anchor, tag) => {
                let mut entries = Vec::new();
                loop {
                    match self.next(parser)? {
                        (Event::MappingEnd | Event::StreamEnd, _) => break,
                        event => {
                            let key = self.node(event, parser, depth + 1)?;
                            let event = self.next(parser)?;
                            entries.push((key, self.node(event, parser, depth + 1)?));
                        }
                    }
                }
                (Content::Mapping(entries), anchor, tag)
            }
            Event::Alias(anchor) => {
                let Some((node, size)) = self.anchors.get(&anchor).cloned() else {
                    return Err(YamlError { bytes, message: "an alias inside of what it names".to_owned() });
                };
                self.count(size, &bytes)?;
                return Ok(node);
            }
            // what ends something ends here what was left open
            _ => (Content::Scalar(String::new(), Style::Plain), 0, None),
        };
        let node = Node { content, tag: tag.as_deref().map(name_of), bytes };
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), self.nodes - before));
        }
        Ok(node)
    }

    /// Where the `|` or `>` of a block stands: the parser counts from the first line that is not blank, but where a tag
    /// or an anchor stands before it, from there.
    fn header(&self, content: usize) -> usize {
        let before = self.text[..content].trim_end();
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let header = before[line..].split(" #").next().unwrap_or_default();
        header.rfind(['|', '>']).map_or(content, |at| line + at)
    }

    fn count(&mut self, nodes: usize, bytes: &Range<usize>) -> Result<(), YamlError> {
        self.nodes += nodes;
        if self.nodes > MAX_NODES {
            let message = format!("more than {MAX_NODES} values, those of aliases counted each time");
            return Err(YamlError { bytes: bytes.clone(), message });
        }
        Ok(())
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

fn name_of(tag: &Tag) -> String {
    if tag.is_yaml_core_schema() { format!("!{}", tag.suffix) } else { tag.suffix.clone() }
}

/// The JSON that a tree means. What is computed when a template is deployed becomes a placeholder.
pub(crate) fn to_json(node: &Node, file: &str, json: &mut Transcript) {
    if let Some(value) = intrinsic(node) {
        value.to_json(file, json);
        return;
    }
    match &node.content {
        Content::Scalar(text, Style::Plain) if node.tag.as_deref() != Some("!str") => match plain(text) {
            Some(constant) => json.add_for(&constant, node.bytes.clone()),
            None => node.spell_json(file, json),
        },
        Content::Scalar(..) => node.spell_json(file, json),
        Content::Sequence(elements) => {
            json.add_for("[", opening(node));
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    json.add(",");
                }
                to_json(element, file, json);
            }
            json.add("]");
        }
        Content::Mapping(entries) => {
            json.add_for("{", opening(node));
            for (index, (key, value)) in merged(entries).into_iter().enumerate() {
                if index > 0 {
                    json.add(",");
                }
                match &key.content {
                    Content::Scalar(..) => key.spell_json(file, json),
                    // JSON has no such key; as a text it is reported where it stands
                    Content::Sequence(_) | Content::Mapping(_) => json.add_for("\"?\"", key.bytes.clone()),
                }
                json.add(":");
                to_json(value, file, json);
            }
            json.add("}");
        }
    }
}

/// Where something of several parts begins.
fn opening(node: &Node) -> Range<usize> {
    node.bytes.start..node.bytes.end.min(node.bytes.start + 1)
}

/// The entries of a mapping with those that `<<` brings in and that are not there already.
fn merged(entries: &[(Node, Node)]) -> Vec<(&Node, &Node)> {
    let is_merge = |key: &Node| matches!(&key.content, Content::Scalar(text, Style::Plain) if text == "<<");
    let mut all: Vec<(&Node, &Node)> =
        entries.iter().filter(|(key, _)| !is_merge(key)).map(|(key, value)| (key, value)).collect();
    for (_, from) in entries.iter().filter(|(key, _)| is_merge(key)) {
        let sources = if from.is_mapping() { std::slice::from_ref(from) } else { from.elements() };
        for (key, value) in sources.iter().flat_map(|source| merged(source.entries())) {
            if !all.iter().any(|(known, _)| known.as_str() == key.as_str()) {
                all.push((key, value));
            }
        }
    }
    all
}

/// What a plain scalar means if it is no string (YAML 1.2.2, section 10.3.2), as JSON.
fn plain(text: &str) -> Option<String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some("null".to_owned()),
        "true" | "True" | "TRUE" => return Some("true".to_owned()),
        "false" | "False" | "FALSE" => return Some("false".to_owned()),
        _ => {}
    }
    if serde_json::from_str::<serde_json::Number>(text).is_ok() {
        return Some(text.to_owned());
    }
    let radix = |prefix: &str, radix| i64::from_str_radix(text.strip_prefix(prefix)?, radix).ok();
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return Some(number.to_string());
    }
    let looks_like_a_number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    if !looks_like_a_number {
        return None;
    }
    if let Ok(integer) = text.parse::<i64>() {
        return Some(integer.to_string());
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number.to_string())
}
