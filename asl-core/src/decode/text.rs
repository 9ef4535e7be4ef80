//! Text → tree, strictly JSON (RFC 8259).

use std::collections::HashSet;

use jsonc_parser::ast::{Object, Value as Node};
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};
use serde_json::{Number, Value};

use crate::diagnostic::{Code, Diagnostic, Part, Pointer, Severity};
use crate::model::JsonObject;

use super::location::{Location, line_and_column};
use super::scan::scan;

/// The text is not a JSON object.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {}, column {}: {message}", location.line, location.column)]
pub struct JsonError {
    /// Where reading ended.
    pub location: Location,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do, where that is known.
    pub help: Option<String>,
}

impl JsonError {
    /// The rule that this error counts as: not JSON at all.
    pub const CODE: Code = Code::new("ASL0001");

    pub(super) fn at(text: &str, bytes: std::ops::Range<usize>, message: impl Into<String>) -> Self {
        let (line, column) = line_and_column(text, bytes.start);
        Self { location: Location { bytes, line, column }, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The error as a finding about the whole document.
    #[must_use]
    pub fn to_diagnostic(&self) -> Diagnostic {
        Diagnostic {
            code: Self::CODE,
            severity: Severity::Error,
            at: Pointer::root(),
            part: Part::Value,
            message: self.message.clone(),
            help: self.help.clone(),
            fix: None,
        }
    }
}

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

const BYTE_ORDER_MARK: char = '\u{feff}';

pub(super) fn utf8(bytes: &[u8]) -> Result<&str, JsonError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = error.valid_up_to();
        let text = std::str::from_utf8(&bytes[..good]).unwrap_or_default();
        JsonError::at(text, good..good, format!("the file is not UTF-8: byte {:#04x}", bytes[good]))
            .help("save the file as UTF-8")
    })
}

pub(super) fn parse(text: &str) -> Result<Node<'_>, JsonError> {
    let json = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mark = text.len() - json.len();
    scan(text, mark)?;
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let tree = parse_to_ast(json, &collect, &STRICT).map_err(|error| {
        let range = error.range();
        let bytes = range.start + mark..range.end.min(json.len()) + mark;
        let mut json_error = JsonError::at(text, bytes, message(error.kind()));
        json_error.help = help(error.kind());
        json_error
    })?;
    tree.value.ok_or_else(|| {
        JsonError::at(text, text.len()..text.len(), "the definition is empty")
            .help("a definition is a JSON object with `StartAt` and `States`")
    })
}

/// What is wrong; of rare faults in the parser's own words, but as the rest of ours: lower case, no full stop.
fn message(kind: &ParseErrorKind) -> String {
    let own = match kind {
        ParseErrorKind::TrailingCommasNotAllowed => "a comma stands before the closing bracket",
        ParseErrorKind::CommentsNotAllowed => "JSON has no comments",
        ParseErrorKind::SingleQuotedStringsNotAllowed => "JSON has no single quotes",
        ParseErrorKind::ExpectedComma => "a comma is missing",
        ParseErrorKind::UnterminatedObject => "the text ends before this object is closed",
        ParseErrorKind::UnterminatedArray => "the text ends before this array is closed",
        _ => "",
    };
    if !own.is_empty() {
        return own.to_owned();
    }
    let text = kind.to_string();
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

fn help(kind: &ParseErrorKind) -> Option<String> {
    let help = match kind {
        ParseErrorKind::TrailingCommasNotAllowed => "remove the comma",
        ParseErrorKind::CommentsNotAllowed => "write the field `Comment`, or remove it",
        ParseErrorKind::SingleQuotedStringsNotAllowed => "use double quotes",
        ParseErrorKind::ExpectedComma => "put a comma here",
        ParseErrorKind::UnterminatedObject => "close it with `}`",
        ParseErrorKind::UnterminatedArray => "close it with `]`",
        _ => return None,
    };
    Some(help.to_owned())
}

pub(super) fn root_object<'t>(text: &str, tree: Node<'t>) -> Result<Object<'t>, JsonError> {
    match tree {
        Node::Object(object) => Ok(object),
        other => {
            let message = format!("a definition must be a JSON object, this is {}", type_of(&other));
            Err(JsonError::at(text, other.start()..other.end(), message))
        }
    }
}

/// The JSON type of a node with its article.
pub(super) fn type_of(node: &Node) -> &'static str {
    match node {
        Node::StringLit(_) => "a string",
        Node::NumberLit(_) => "a number",
        Node::BooleanLit(_) => "a boolean",
        Node::Object(_) => "an object",
        Node::Array(_) => "an array",
        Node::NullKeyword(_) => "null",
    }
}

/// A node as a plain JSON value. What is lost on the way, [`report_losses`] reports.
pub(super) fn to_value(node: Node) -> Value {
    match node {
        Node::StringLit(string) => Value::String(string.value.into_owned()),
        Node::NumberLit(number) => Value::Number(to_number(number.value)),
        Node::BooleanLit(boolean) => Value::Bool(boolean.value),
        Node::NullKeyword(_) => Value::Null,
        Node::Array(array) => Value::Array(array.elements.into_iter().map(to_value).collect()),
        Node::Object(object) => Value::Object(to_json_object(object)),
    }
}

pub(super) fn to_json_object(object: Object) -> JsonObject {
    object
        .properties
        .into_iter()
        .map(|property| (property.name.into_string(), to_value(property.value)))
        .collect()
}

/// A number, or the nearest one that a double can hold.
pub(super) fn to_number(text: &str) -> Number {
    text.parse().unwrap_or_else(|_| {
        let greatest = if text.starts_with('-') { f64::MIN } else { f64::MAX };
        Number::from_f64(greatest).expect("the greatest double is finite")
    })
}

/// Whether reading the number and writing it again gives another number.
fn loses(text: &str) -> bool {
    let is_integer = !text.contains(['.', 'e', 'E']);
    match text.parse::<Number>() {
        Ok(number) => is_integer && number.is_f64() && text != "-0",
        Err(_) => true,
    }
}

/// Reports the keys that stand twice in one object and the numbers that change when they are read.
pub(super) fn report_losses(tree: &Node, findings: &mut Vec<Diagnostic>) {
    visit(tree, &Step::Root, findings);
}

/// The way from the document to a node, as a list on the call stack: nothing is built unless something is found.
enum Step<'s> {
    Root,
    Field(&'s Step<'s>, &'s str),
    Index(&'s Step<'s>, usize),
}

impl Step<'_> {
    fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Field(above, name) => above.pointer().field(name),
            Self::Index(above, index) => above.pointer().index(*index),
        }
    }
}

/// The code of a key that stands twice.
pub(crate) const DUPLICATE_KEY: Code = Code::new("ASL0002");
/// The code of a number that changes when it is read.
pub(crate) const INEXACT_NUMBER: Code = Code::new("ASL0003");

fn visit(node: &Node, step: &Step<'_>, findings: &mut Vec<Diagnostic>) {
    match node {
        Node::Object(object) => {
            report_duplicates(object, step, findings);
            for property in &object.properties {
                visit(&property.value, &Step::Field(step, property.name.as_str()), findings);
            }
        }
        Node::Array(array) => {
            for (index, element) in array.elements.iter().enumerate() {
                visit(element, &Step::Index(step, index), findings);
            }
        }
        Node::NumberLit(number) if loses(number.value) => findings.push(Diagnostic {
            code: INEXACT_NUMBER,
            severity: Severity::Warning,
            at: step.pointer(),
            part: Part::Value,
            message: format!("the number {} cannot be kept exactly", number.value),
            help: Some("write it as a string, or with fewer digits".to_owned()),
            fix: None,
        }),
        _ => {}
    }
}

/// Few fields are compared with each other; many go through a set, so that the cost stays linear.
fn report_duplicates(object: &Object, step: &Step<'_>, findings: &mut Vec<Diagnostic>) {
    const FEW: usize = 16;
    // AWS is known to refuse two states of one name; of other keys nothing is recorded
    let is_states = matches!(step, Step::Field(_, "States"));
    let severity = if is_states { Severity::Error } else { Severity::Warning };
    let properties = &object.properties;
    let mut seen = HashSet::new();
    for (index, property) in properties.iter().enumerate() {
        let name = property.name.as_str();
        let again = if properties.len() <= FEW {
            properties[..index].iter().any(|earlier| earlier.name.as_str() == name)
        } else {
            !seen.insert(name)
        };
        if again {
            findings.push(Diagnostic {
                code: DUPLICATE_KEY,
                severity,
                at: step.pointer().field(name),
                part: Part::Key,
                message: format!("the key `{name}` appears twice in one object"),
                help: Some("rename or remove one of the two; JSON readers silently keep the last".to_owned()),
                fix: None,
            });
        }
    }
}
