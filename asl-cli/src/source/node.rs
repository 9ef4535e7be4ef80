//! What YAML and JSON have in common: a tree whose parts know where they stand in the file.

use std::ops::Range;

use super::transcript::Transcript;

/// One value of a file.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) content: Content,
    /// The tag without `!`: `Sub` of `!Sub`.
    pub(crate) tag: Option<String>,
    /// The bytes in the file; of a mapping or a sequence its first ones.
    pub(crate) bytes: Range<usize>,
}

#[derive(Debug, Clone)]
pub(crate) enum Content {
    Scalar(String, Style),
    Sequence(Vec<Node>),
    /// Keys may stand twice.
    Mapping(Vec<(Node, Node)>),
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotes: what it means depends on what it looks like.
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// A block after `|`.
    Literal,
    /// A block after `>`.
    Folded,
    /// A string of JSON.
    Json,
}

impl Node {
    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(text, _) => Some(text),
            Content::Sequence(_) | Content::Mapping(_) => None,
        }
    }

    pub(crate) fn elements(&self) -> &[Node] {
        match &self.content {
            Content::Sequence(elements) => elements,
            Content::Scalar(..) | Content::Mapping(_) => &[],
        }
    }

    pub(crate) fn entries(&self) -> &[(Node, Node)] {
        match &self.content {
            Content::Mapping(entries) => entries,
            Content::Scalar(..) | Content::Sequence(_) => &[],
        }
    }

    pub(crate) fn is_mapping(&self) -> bool {
        matches!(self.content, Content::Mapping(_))
    }

    /// The value under a key; of several the last, as JSON readers have it.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().rev().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
    }

    /// The text of a scalar, each character with its place.
    pub(crate) fn spell(&self, file: &str, transcript: &mut Transcript) {
        self.spell_with(file, transcript, |c, buffer| &*c.encode_utf8(buffer));
    }

    /// The text of a scalar as a string of JSON.
    pub(crate) fn spell_json(&self, file: &str, transcript: &mut Transcript) {
        let bytes = self.bytes.clone();
        transcript.add_for("\"", bytes.start..(bytes.start + 1).min(bytes.end).max(bytes.start));
        let mut escape = String::new();
        self.spell_with(file, transcript, |c, buffer| match c {
            '"' | '\\' | '\0'..='\u{1f}' => {
                escape = serde_json::Value::from(c.to_string()).to_string();
                // what stands between the quotes
                let inner = &escape[1..escape.len() - 1];
                buffer[..inner.len()].copy_from_slice(inner.as_bytes());
                std::str::from_utf8(&buffer[..inner.len()]).expect("escapes of JSON are ASCII")
            }
            other => other.encode_utf8(buffer),
        });
        transcript.add_for("\"", bytes.end.saturating_sub(1).max(bytes.start)..bytes.end);
    }

    fn spell_with(
        &self,
        file: &str,
        transcript: &mut Transcript,
        mut spelling: impl for<'b> FnMut(char, &'b mut [u8; 8]) -> &'b str,
    ) {
        let Content::Scalar(value, style) = &self.content else { return };
        let raw = file.get(self.bytes.clone()).unwrap_or_default();
        let mut buffer = [0; 8];
        for (c, at) in super::spelling::places(value, raw, *style) {
            let place = self.bytes.start + at.start..self.bytes.start + at.end;
            let spelt = spelling(c, &mut buffer);
            transcript.add_spelt(spelt, &raw[at], place);
        }
    }
}
