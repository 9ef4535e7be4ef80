//! Tokens → tree.
//!
//! Every comma is a place to go on after an error, so that one mistake hides no other.

pub(crate) mod tree;
mod cursor;
mod object;
mod value;
mod path;
mod intrinsic;
mod literal;
mod condition;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use crate::errors::{Errors, Place};

use cursor::Cursor;
use tree::{Definition, Object};

/// How deep braces, brackets and parentheses may stand in each other: as deep as `serde_json` reads.
const DEEPEST: usize = 100;

/// Reads the body of `asl!`.
pub(crate) fn definition(errors: &mut Errors, body: TokenStream) -> Definition {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let mut cursor = Cursor::new(&tokens, Span::call_site());
    let mut parser = Parser { errors, depth: 0 };
    let express = parser.inner_attributes(&mut cursor);
    let machine = match cursor.group(0, Delimiter::Brace) {
        // JSON, pasted with its braces
        Some(group) if cursor.tokens().len() == 1 => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let members = parser.members(Cursor::new(&inner, group.span_close()));
            Object { place: Place::call(), members }
        }
        _ => Object { place: Place::call(), members: parser.members(cursor) },
    };
    Definition { express, machine }
}

/// The errors so far, and how deep the tokens at hand stand.
struct Parser<'e> {
    errors: &'e mut Errors,
    depth: usize,
}

impl Parser<'_> {
    /// Takes `#![express]`; says whether it was there.
    fn inner_attributes(&mut self, cursor: &mut Cursor<'_>) -> bool {
        let mut express = false;
        while cursor.peek_punct(0, '#') && cursor.peek_punct(1, '!') {
            let before = *cursor;
            cursor.take_operator("#!");
            let attribute = cursor.group(0, Delimiter::Bracket).map(|group| group.stream().to_string());
            cursor.take();
            if attribute.as_deref() == Some("express") {
                express = true;
            } else {
                self.errors.push_with_help(
                    before.until(cursor),
                    "unknown attribute",
                    "the only one is `#![express]`, which checks the machine as an Express workflow",
                );
            }
        }
        express
    }

    /// Does something one bracket further in; nothing if that is too deep.
    fn deeper<R>(&mut self, at: Place, inside: impl FnOnce(&mut Self) -> R) -> Option<R> {
        if self.depth == DEEPEST {
            self.errors.push(at, format!("this stands more than {DEEPEST} brackets deep"));
            return None;
        }
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        Some(result)
    }
}
