use std::borrow::Cow;

use asl_core::syntax::intrinsic::StringLiteral;
use serde_json::Value;

use super::{Fault, java};

/// The template of `States.Format`: texts with holes between them.
#[derive(Debug, Clone)]
pub(super) struct Template(Result<Vec<String>, &'static str>);

impl Template {
    /// Of a template that is written out. A deploy-time `${Name}` is text.
    pub(super) fn of_literal(literal: &StringLiteral) -> Self {
        Self(parse(literal.raw(), true))
    }

    /// Of a template that is computed. What is no text counts as what Java prints it as.
    pub(super) fn of_value(value: &Value) -> Self {
        Self(parse(&java::text(value), false))
    }

    /// The template with values in its holes.
    pub(super) fn fill(&self, values: &[Cow<'_, Value>]) -> Result<String, Fault> {
        let texts = match &self.0 {
            Ok(texts) => texts,
            Err(what) => return Err(Fault::Says(format!("Invalid template in States.Format: {what}"))),
        };
        let (first, others) = texts.split_first().expect("a template has a text, perhaps empty");
        if others.len() != values.len() {
            return Err(Fault::Arguments(Some("number of arguments do not match the occurrences of {}.")));
        }
        let mut filled = first.clone();
        for (value, text) in values.iter().zip(others) {
            match value.as_ref() {
                Value::String(value) => filled.push_str(value),
                value => filled.push_str(&java::text(value)),
            }
            filled.push_str(text);
        }
        Ok(filled)
    }
}

/// The texts around the holes. A brace that is neither escaped nor half of `{}` is a fault, measured by others.
fn parse(raw: &str, placeholders: bool) -> Result<Vec<String>, &'static str> {
    let mut texts = Vec::new();
    let mut text = String::new();
    let mut rest = raw;
    while let Some(letter) = rest.chars().next() {
        let mut length = letter.len_utf8();
        match letter {
            '\\' => match rest[length..].chars().next() {
                Some(escaped @ ('\'' | '{' | '}' | '\\')) => {
                    text.push(escaped);
                    length += 1;
                }
                // of other escapes there is no record
                _ => text.push('\\'),
            },
            '$' if placeholders && let Some(name) = placeholder(rest) => {
                text.push_str(name);
                length = name.len();
            }
            '{' if rest.starts_with("{}") => {
                texts.push(std::mem::take(&mut text));
                length = 2;
            }
            '{' => return Err("matching '}' not found for '{'."),
            '}' => return Err("matching '{' not found for '}'."),
            other => text.push(other),
        }
        rest = &rest[length..];
    }
    texts.push(text);
    Ok(texts)
}

/// The `${Name}` that the text starts with.
fn placeholder(text: &str) -> Option<&str> {
    let name = text.strip_prefix("${")?;
    let end =
        name.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-' | ':' | '.'))?;
    (end > 0 && name[end..].starts_with('}')).then(|| &text[..end + 3])
}
