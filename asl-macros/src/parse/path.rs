//! Paths: `$.user.plan`, `$$.Execution.Id`, `$variable.items[0]`.
//!
//! Only the text is put together here, with the token of each part; whether it is a path, the validator says.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::cursor::{Cursor, is_word, name};
use super::literal;
use super::tree::Text;

/// Takes what can belong to a path that begins with the `$` at hand.
pub(super) fn path(cursor: &mut Cursor<'_>) -> Text {
    let mut text = Text::empty();
    push(&mut text, cursor);
    if cursor.peek_punct(0, '$') {
        push(&mut text, cursor);
    } else if cursor.ident(0).is_some() {
        member(&mut text, cursor);
    }
    loop {
        if cursor.peek_punct(0, '.') {
            push(&mut text, cursor);
            if cursor.peek_punct(0, '*') {
                push(&mut text, cursor);
            } else {
                member(&mut text, cursor);
            }
        } else if let Some(group) = cursor.group(0, Delimiter::Bracket) {
            cursor.take();
            brackets(&mut text, group);
        } else {
            return text;
        }
    }
}

/// A name, which may have hyphens, and the parentheses of a function behind it.
fn member(text: &mut Text, cursor: &mut Cursor<'_>) {
    if !cursor.peek(0).is_some_and(is_word) {
        return;
    }
    push(text, cursor);
    while cursor.peek_punct(0, '-') && cursor.peek(1).is_some_and(is_word) {
        push(text, cursor);
        push(text, cursor);
    }
    if let Some(group) = cursor.group(0, Delimiter::Parenthesis) {
        cursor.take();
        brackets(text, group);
    }
}

fn push(text: &mut Text, cursor: &mut Cursor<'_>) {
    match cursor.take() {
        Some(TokenTree::Ident(ident)) => text.push(&name(ident), ident.span()),
        Some(token) => text.push(&token.to_string(), token.span()),
        None => {}
    }
}

/// `[…]` or `(…)` without white space, strings in single quotes.
fn brackets(text: &mut Text, group: &Group) {
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::None => ("", ""),
    };
    text.push(open, group.span_open());
    let mut after_word = false;
    for token in group.stream() {
        // `a in b` needs its spaces, `a == b` does not
        if after_word && is_word(&token) {
            text.push(" ", token.span());
        }
        after_word = is_word(&token);
        match &token {
            TokenTree::Group(inner) => brackets(text, inner),
            TokenTree::Ident(ident) => text.push(&name(ident), ident.span()),
            TokenTree::Literal(found) => match literal::string(found) {
                Some(string) => text.push(&quoted(&string), token.span()),
                None => text.push(&found.to_string(), token.span()),
            },
            TokenTree::Punct(_) => text.push(&token.to_string(), token.span()),
        }
    }
    text.push(close, group.span_close());
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}
