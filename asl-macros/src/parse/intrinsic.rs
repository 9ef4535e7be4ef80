//! Calls of intrinsic functions: `States.Format("Order {}", $.id)`.

use proc_macro2::{Delimiter, TokenTree};

use crate::errors::Reported;

use super::Parser;
use super::cursor::{Cursor, name};
use super::tree::{Text, ValueKind};
use super::value::place_of;

/// Takes `States.Name(…)`; `None`, and nothing taken, if that is not what stands here.
pub(super) fn call(parser: &mut Parser<'_>, cursor: &mut Cursor<'_>) -> Option<Result<Text, Reported>> {
    let states = cursor.ident(0).filter(|ident| *ident == "States")?;
    if !cursor.peek_punct(1, '.') {
        return None;
    }
    let (dot, function) = (cursor.peek(1)?, cursor.ident(2)?);
    let arguments = cursor.group(3, Delimiter::Parenthesis)?;
    let mut text = Text::empty();
    text.push("States", states.span());
    text.push(".", dot.span());
    text.push(&name(function), function.span());
    for _ in 0..4 {
        cursor.take();
    }
    let tokens: Vec<TokenTree> = arguments.stream().into_iter().collect();
    let pieces = Cursor::new(&tokens, arguments.span_close()).split_at_commas();
    let is_format = function == "Format";
    let mut good = Ok(());
    text.push("(", arguments.span_open());
    let all_read = parser.deeper(place_of(arguments), |parser| {
        for (index, mut piece) in pieces.into_iter().enumerate() {
            if index > 0 {
                text.push(", ", piece.here().start());
            }
            match argument(parser, &mut piece, is_format && index == 0) {
                Ok(argument) => text.append(argument),
                Err(reported) => good = Err(reported),
            }
        }
    });
    text.push(")", arguments.span_close());
    Some(all_read.ok_or(Reported).and(good).map(|()| text))
}

fn argument(parser: &mut Parser<'_>, cursor: &mut Cursor<'_>, is_template: bool) -> Result<Text, Reported> {
    let value = parser.value(cursor)?;
    parser.nothing_left(cursor);
    let mut text = Text::empty();
    let span = value.place.start();
    match value.kind {
        ValueKind::Path(inner) | ValueKind::Intrinsic(inner) => text.append(inner),
        ValueKind::String(string) => text.push(&quoted(&string.value, is_template), span),
        ValueKind::Number(number) => text.push(&number, span),
        ValueKind::Bool(flag) => text.push(if flag { "true" } else { "false" }, span),
        ValueKind::Null => text.push("null", span),
        ValueKind::Hole(_) => {
            return Err(parser.errors.push_with_help(
                value.place,
                "a Rust value cannot stand inside an intrinsic function",
                "let Rust write the whole call: `\"name.$\": #(format!(\"States.Format('{{}}', {value})\"))`",
            ));
        }
        ValueKind::Word(word) => {
            return Err(parser.errors.push_with_help(
                value.place,
                format!("`{word}` is no argument of an intrinsic function"),
                format!("write `\"{word}\"`, or a path like `$.{word}`"),
            ));
        }
        ValueKind::Array(_) => {
            return Err(parser.errors.push_with_help(
                value.place,
                "an intrinsic function takes no literal array",
                "write `States.Array(…)`",
            ));
        }
        ValueKind::Object(_) | ValueKind::Typed(..) => {
            return Err(parser.errors.push_with_help(
                value.place,
                "an intrinsic function takes no literal object",
                "write `States.StringToJson(\"{…}\")`",
            ));
        }
    }
    Ok(text)
}

/// A string as intrinsic functions write it. In the template of `States.Format`, `{}` stays what is filled in.
fn quoted(text: &str, is_template: bool) -> String {
    let mut quoted = String::from("'");
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if is_template && c == '{' && rest.next_if_eq(&'}').is_some() {
            quoted.push_str("{}");
            continue;
        }
        if matches!(c, '\'' | '{' | '}' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('\'');
    quoted
}
