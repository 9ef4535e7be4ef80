//! JSON with the user's tokens at every key and value.

use std::collections::HashMap;
use std::fmt::Write as _;

use asl_core::diagnostic::escape;
use proc_macro2::TokenStream;

use crate::errors::Place;
use crate::parse::tree::Text;

/// A definition, and the Rust values that stand in it.
#[derive(Debug)]
pub(crate) struct Lowered {
    pub(crate) machine: Json,
    /// In source order: the order in which they are evaluated.
    pub(crate) holes: Vec<Hole>,
}

#[derive(Debug)]
pub(crate) struct Json {
    pub(crate) place: Place,
    pub(crate) kind: JsonKind,
}

#[derive(Debug)]
pub(crate) enum JsonKind {
    Null,
    Bool(bool),
    Number(String),
    Text(Text),
    Array(Vec<Json>),
    Object(Vec<JsonEntry>),
    /// The value of this hole.
    Hole(usize),
}

#[derive(Debug)]
pub(crate) struct JsonEntry {
    pub(crate) key: String,
    pub(crate) key_place: Place,
    pub(crate) value: Json,
}

/// `#(expression)`
#[derive(Debug)]
pub(crate) struct Hole {
    pub(crate) place: Place,
    pub(crate) expression: TokenStream,
    pub(crate) role: Role,
}

/// How far the value of a hole matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// At its own place: an ARN, a number, a payload.
    Content,
    /// For the flow or the variables of the machine: a state, a target, an `Assign`.
    Flow,
    /// For what else the state or machine around it may have: `Type`, `QueryLanguage`, `ItemProcessor`.
    Shape,
}

/// Where one value of the definition stands in the source.
#[derive(Debug)]
pub(crate) struct Spot {
    pub(crate) key: Option<Place>,
    pub(crate) value: Place,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    Scalar,
    Text(Text),
    /// Object or array: shown by its key.
    Container,
}

/// The JSON text of a definition, and the table from JSON Pointers to the source.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) spots: HashMap<String, Spot>,
    /// The pointer of each hole, in source order.
    pub(crate) holes: Vec<String>,
}

impl Json {
    pub(crate) fn text(value: impl Into<String>, place: Place) -> Self {
        Self { place, kind: JsonKind::Text(Text::literal(value.into())) }
    }

    /// Writes a definition. Duplicate keys are kept: the validator reports them.
    pub(crate) fn write(self) -> Written {
        let mut written = Written::default();
        let mut holes = Vec::new();
        written.value("", None, self, &mut holes);
        // an arm may stand behind a field and its rule before it
        holes.sort_by_key(|(index, _)| *index);
        written.holes = holes.into_iter().map(|(_, pointer)| pointer).collect();
        written
    }
}

impl Written {
    fn value(&mut self, pointer: &str, key: Option<Place>, json: Json, holes: &mut Vec<(usize, String)>) {
        let content = match json.kind {
            JsonKind::Null => self.scalar("null"),
            JsonKind::Bool(true) => self.scalar("true"),
            JsonKind::Bool(false) => self.scalar("false"),
            JsonKind::Number(digits) => self.scalar(&digits),
            JsonKind::Text(text) => {
                self.string(&text.value);
                Content::Text(text)
            }
            JsonKind::Array(elements) => {
                self.text.push('[');
                for (index, element) in elements.into_iter().enumerate() {
                    self.comma(index);
                    self.value(&format!("{pointer}/{index}"), None, element, holes);
                }
                self.text.push(']');
                Content::Container
            }
            JsonKind::Object(entries) => {
                self.text.push('{');
                for (index, entry) in entries.into_iter().enumerate() {
                    self.comma(index);
                    self.string(&entry.key);
                    self.text.push(':');
                    let pointer = format!("{pointer}/{}", escape(&entry.key));
                    self.value(&pointer, Some(entry.key_place), entry.value, holes);
                }
                self.text.push('}');
                Content::Container
            }
            JsonKind::Hole(index) => {
                // a placeholder: validation takes it for a value that is known later
                let _ = write!(self.text, "\"${{rust-expression-{index}}}\"");
                holes.push((index, pointer.to_owned()));
                Content::Scalar
            }
        };
        self.spots.insert(pointer.to_owned(), Spot { key, value: json.place, content });
    }

    fn scalar(&mut self, text: &str) -> Content {
        self.text.push_str(text);
        Content::Scalar
    }

    fn comma(&mut self, index: usize) {
        if index > 0 {
            self.text.push(',');
        }
    }

    fn string(&mut self, text: &str) {
        let _ = write!(self.text, "{}", asl_core::model::Value::from(text));
    }
}
