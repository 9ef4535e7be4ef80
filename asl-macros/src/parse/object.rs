//! The inside of braces: `Key: value` and `condition => target`, with commas between.

use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

use crate::errors::{Place, Reported};

use super::Parser;
use super::cursor::{Cursor, name};
use super::literal;
use super::tree::{Arm, Entry, Member, Object, Pattern, Target, Text, ValueKind};

impl Parser<'_> {
    pub(super) fn object(&mut self, group: &Group) -> Object {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let cursor = Cursor::new(&tokens, group.span_close());
        let place = group.span_open().into();
        let members = self.deeper(place, |parser| parser.members(cursor)).unwrap_or_default();
        Object { place, members }
    }

    /// All members that can be read; the others are reported.
    pub(super) fn members(&mut self, cursor: Cursor<'_>) -> Vec<Member> {
        let pieces = cursor.split_at_commas();
        pieces.into_iter().filter_map(|piece| self.member(piece).ok()).collect()
    }

    fn member(&mut self, mut cursor: Cursor<'_>) -> Result<Member, Reported> {
        if cursor.is_empty() {
            return Err(self.errors.push(cursor.here(), "expected a field before this `,`"));
        }
        if cursor.peek_punct(1, ':') && !is_path_separator(&cursor) {
            return self.entry(&mut cursor).map(Member::Entry);
        }
        if let Some(length) = arrow(cursor.tokens()) {
            let (pattern, target) = cursor.tokens().split_at(length);
            let end = target[0].span();
            return self
                .arm(Cursor::new(pattern, end), &mut Cursor::new(target, cursor.after()))
                .map(|arm| Member::Arm(Box::new(arm)));
        }
        Err(self.neither(&cursor))
    }

    /// Says what is wrong with tokens that are neither an entry nor an arm.
    fn neither(&mut self, cursor: &Cursor<'_>) -> Reported {
        if cursor.peek_punct(0, '#') {
            return self.errors.push_with_help(
                cursor.rest(),
                "a Rust value can stand for a value, not for a key",
                "write the key as a name or a string",
            );
        }
        if let Some(at) = operator(cursor.tokens(), '-', '>') {
            let at = Place::of(&cursor.tokens()[at..at + 2]).unwrap_or_else(|| cursor.here());
            return self.errors.push_with_help(
                at,
                "expected `=>`, found `->`",
                "write `condition => NextState`, or `Field: value`",
            );
        }
        if cursor.peek_punct(0, '$') {
            return self.errors.push_with_help(
                cursor.rest(),
                "expected `=>` after the condition",
                "write `condition => NextState`",
            );
        }
        let Some(key) = cursor.peek(0).filter(|token| is_key(token)) else {
            let found = super::value::described(cursor.peek(0));
            return self.errors.push(cursor.here(), format!("expected `Field: value`, found {found}"));
        };
        if cursor.peek_punct(1, '.') && cursor.peek_punct(2, '$') {
            let at = Place::of(&cursor.tokens()[..3]).unwrap_or_else(|| cursor.here());
            return self.errors.push_with_help(
                at,
                format!("`{key}.$` is not a name"),
                format!("write `{key}:`; a path or an intrinsic function as its value adds the `.$`"),
            );
        }
        if cursor.peek_punct(1, '-') {
            return self.errors.push_with_help(
                cursor.here(),
                "a name with `-` needs quotes as a key",
                "write the key as a string: `\"Content-Type\": …`",
            );
        }
        let mut after = *cursor;
        after.take();
        self.errors.push(after.here(), format!("expected `:` after `{key}`"))
    }

    fn entry(&mut self, cursor: &mut Cursor<'_>) -> Result<Entry, Reported> {
        let key_place = cursor.here();
        let key = match cursor.take() {
            Some(TokenTree::Ident(ident)) => name(ident),
            Some(TokenTree::Literal(literal)) => literal::string(literal).ok_or_else(|| {
                let message = format!("expected a key, found `{literal}`");
                self.errors.push_with_help(key_place, message, format!("write `\"{literal}\"`"))
            })?,
            other => {
                let found = super::value::described(other);
                return Err(self.errors.push(key_place, format!("expected a key, found {found}")));
            }
        };
        cursor.take();
        let value = self.value(cursor)?;
        self.nothing_left(cursor);
        Ok(Entry { key, key_place, value })
    }

    fn arm(&mut self, mut pattern: Cursor<'_>, target: &mut Cursor<'_>) -> Result<Arm, Reported> {
        let place = pattern.rest();
        let is_otherwise = pattern.ident(0).is_some_and(|ident| ident == "_") && pattern.tokens().len() == 1;
        let text = pattern.literal(0).and_then(literal::string).filter(|_| pattern.tokens().len() == 1);
        let pattern = match text {
            _ if is_otherwise => Ok(Pattern::Otherwise),
            Some(text) => Ok(Pattern::Jsonata(Text::literal(text))),
            None => self.condition(&mut pattern).map(|condition| Pattern::Condition(Box::new(condition))),
        };
        target.take_operator("=>");
        let target = self.target(target);
        Ok(Arm { place, pattern: pattern?, target: target? })
    }

    fn target(&mut self, cursor: &mut Cursor<'_>) -> Result<Target, Reported> {
        let place = cursor.here();
        if cursor.is_empty() {
            return Err(self.errors.push(place, "expected the next state after `=>`"));
        }
        let value = self.value(cursor)?;
        self.nothing_left(cursor);
        Ok(match value.kind {
            ValueKind::Object(object) => Target::Fields(object),
            _ => Target::Next(value),
        })
    }

    /// Reports what stands between a value and the next comma.
    pub(super) fn nothing_left(&mut self, cursor: &Cursor<'_>) {
        let Some(token) = cursor.peek(0) else { return };
        let is_operator =
            matches!(token, TokenTree::Punct(punct) if !matches!(punct.as_char(), ':' | '#' | '$'));
        if is_operator || cursor.group(0, Delimiter::Parenthesis).is_some() {
            let found = super::value::described(Some(token));
            self.errors.push_with_help(
                cursor.rest(),
                format!("expected `,`, found {found}"),
                "a Rust expression is written `#(expression)`",
            );
        } else {
            self.errors.push(cursor.here(), "expected `,` before this");
        }
    }
}

fn is_key(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_))
}

/// Whether the colon after the first token is the first of `::`.
fn is_path_separator(cursor: &Cursor<'_>) -> bool {
    matches!(cursor.peek(1), Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint)
        && cursor.peek_punct(2, ':')
}

/// How many tokens stand before `=>`.
fn arrow(tokens: &[TokenTree]) -> Option<usize> {
    operator(tokens, '=', '>')
}

/// How many tokens stand before an operator of two characters.
fn operator(tokens: &[TokenTree], first: char, second: char) -> Option<usize> {
    tokens.windows(2).position(|pair| {
        matches!(pair, [TokenTree::Punct(one), TokenTree::Punct(other)]
            if one.as_char() == first && one.spacing() == Spacing::Joint && other.as_char() == second)
    })
}
