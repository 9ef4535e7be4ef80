//! A value: literal, name, path, intrinsic function, array, object, `#(expression)`.

use proc_macro2::{Delimiter, Group, TokenTree};

use crate::errors::{Place, Reported};

use super::cursor::{Cursor, name};
use super::tree::{Text, Value, ValueKind};
use super::{Parser, intrinsic, literal, path};

const RUST_VALUE: &str = "a Rust expression is written `#(expression)`";

impl Parser<'_> {
    /// Takes one value; what follows it is left.
    pub(super) fn value(&mut self, cursor: &mut Cursor<'_>) -> Result<Value, Reported> {
        let before = *cursor;
        let kind = self.value_kind(cursor)?;
        Ok(Value { place: before.until(cursor), kind })
    }

    fn value_kind(&mut self, cursor: &mut Cursor<'_>) -> Result<ValueKind, Reported> {
        if cursor.peek_punct(0, '#') {
            return self.hole(cursor);
        }
        if cursor.peek_punct(0, '$') {
            return Ok(ValueKind::Path(path::path(cursor)));
        }
        if cursor.peek_punct(0, '-') && cursor.literal(1).is_some() {
            return self.number(cursor);
        }
        let at = cursor.here();
        match cursor.peek(0) {
            Some(TokenTree::Literal(found)) => match literal::string(found) {
                Some(text) => {
                    cursor.take();
                    Ok(ValueKind::String(Text::literal(text)))
                }
                None => self.number(cursor),
            },
            Some(TokenTree::Ident(_)) => self.word(cursor),
            Some(TokenTree::Group(group)) => {
                cursor.take();
                self.group(group)
            }
            Some(TokenTree::Punct(punct)) => {
                let found = punct.as_char();
                Err(self.errors.push_with_help(at, format!("expected a value, found `{found}`"), RUST_VALUE))
            }
            None => Err(self.errors.push(at, "expected a value")),
        }
    }

    fn group(&mut self, group: &Group) -> Result<ValueKind, Reported> {
        match group.delimiter() {
            Delimiter::Brace => Ok(ValueKind::Object(self.object(group))),
            Delimiter::Bracket => Ok(ValueKind::Array(self.array(group))),
            Delimiter::Parenthesis => {
                let at = place_of(group);
                Err(self.errors.push_with_help(at, "expected a value, found parentheses", RUST_VALUE))
            }
            // what a macro_rules parameter stands for
            Delimiter::None => {
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut inner = Cursor::new(&tokens, group.span_close());
                self.deeper(place_of(group), |parser| parser.value_kind(&mut inner)).unwrap_or(Err(Reported))
            }
        }
    }

    fn array(&mut self, group: &Group) -> Vec<Value> {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let pieces = Cursor::new(&tokens, group.span_close()).split_at_commas();
        let elements = |parser: &mut Self| {
            pieces
                .into_iter()
                .filter_map(|mut piece| {
                    let value = parser.value(&mut piece).ok()?;
                    parser.nothing_left(&piece);
                    Some(value)
                })
                .collect()
        };
        self.deeper(place_of(group), elements).unwrap_or_default()
    }

    /// `#(expression)`
    fn hole(&mut self, cursor: &mut Cursor<'_>) -> Result<ValueKind, Reported> {
        let at = cursor.here();
        cursor.take();
        let Some(group) = cursor.group(0, Delimiter::Parenthesis) else {
            let name = cursor.ident(0).map_or_else(|| "expression".to_owned(), name);
            let message = "expected a Rust expression in parentheses after `#`";
            return Err(self.errors.push_with_help(
                at.to(cursor.here()),
                message,
                format!("write `#({name})`"),
            ));
        };
        cursor.take();
        let at = at.to(place_of(group));
        if group.stream().is_empty() {
            return Err(self.errors.push(at, "expected a Rust expression between the parentheses"));
        }
        match syn::parse2::<syn::Expr>(group.stream()) {
            Ok(_) => Ok(ValueKind::Hole(group.stream())),
            Err(error) => Err(self.errors.push(at, format!("this is no Rust expression: {error}"))),
        }
    }

    /// A number, with or without a minus.
    fn number(&mut self, cursor: &mut Cursor<'_>) -> Result<ValueKind, Reported> {
        let before = *cursor;
        let minus = if cursor.take_punct('-').is_some() { "-" } else { "" };
        let Some(token) = cursor.literal(0) else {
            return Err(self.errors.push(before.here(), "expected a number"));
        };
        cursor.take();
        match literal::number(token) {
            Ok(digits) => Ok(ValueKind::Number(format!("{minus}{digits}"))),
            Err((message, help)) => Err(self.errors.push_with_help(before.until(cursor), message, help)),
        }
    }

    /// What begins with a name.
    fn word(&mut self, cursor: &mut Cursor<'_>) -> Result<ValueKind, Reported> {
        let before = *cursor;
        let Some(first) = cursor.ident(0).map(name) else { return Err(Reported) };
        cursor.take();
        if cursor.peek_punct(0, '!') || (cursor.peek_punct(0, ':') && cursor.peek_punct(1, ':')) {
            let message = format!("`{first}` begins a Rust expression");
            return Err(self.errors.push_with_help(before.rest(), message, RUST_VALUE));
        }
        if let Some(group) = cursor.group(0, Delimiter::Brace) {
            let place = before.until(cursor);
            cursor.take();
            return Ok(ValueKind::Typed(first, place, self.object(group)));
        }
        match first.as_str() {
            "null" => return Ok(ValueKind::Null),
            "true" => return Ok(ValueKind::Bool(true)),
            "false" => return Ok(ValueKind::Bool(false)),
            _ => {}
        }
        let mut call = before;
        if let Some(text) = intrinsic::call(self, &mut call) {
            *cursor = call;
            return text.map(ValueKind::Intrinsic);
        }
        let mut word = first;
        while cursor.peek_punct(0, '.')
            && let Some(next) = cursor.ident(1)
        {
            word = format!("{word}.{}", name(next));
            cursor.take();
            cursor.take();
        }
        if cursor.group(0, Delimiter::Parenthesis).is_some() {
            let message = format!("`{word}(…)` is no intrinsic function");
            return Err(self.errors.push_with_help(
                before.rest(),
                message,
                format!("their names begin with `States.`; {RUST_VALUE}"),
            ));
        }
        Ok(ValueKind::Word(word))
    }
}

/// From bracket to bracket.
pub(super) fn place_of(group: &Group) -> Place {
    Place::from(group.span_open()).to(group.span_close().into())
}

/// A token as a message names it.
pub(super) fn described(token: Option<&TokenTree>) -> String {
    match token {
        None => "nothing".to_owned(),
        Some(TokenTree::Group(group)) => match group.delimiter() {
            Delimiter::Brace => "`{`".to_owned(),
            Delimiter::Bracket => "`[`".to_owned(),
            Delimiter::Parenthesis => "`(`".to_owned(),
            Delimiter::None => "an expression".to_owned(),
        },
        Some(token) => format!("`{token}`"),
    }
}
