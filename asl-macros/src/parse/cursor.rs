//! A cursor over the tokens between two commas.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenTree};

use crate::errors::Place;

/// Tokens, and the place after them for what is missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    tokens: &'t [TokenTree],
    end: Span,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(tokens: &'t [TokenTree], end: Span) -> Self {
        Self { tokens, end }
    }

    pub(super) fn tokens(&self) -> &'t [TokenTree] {
        self.tokens
    }

    /// What follows the last token.
    pub(super) fn after(&self) -> Span {
        self.end
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The next token, or what follows the last.
    pub(super) fn here(&self) -> Place {
        Place::of(&self.tokens[..self.tokens.len().min(1)]).unwrap_or_else(|| self.end.into())
    }

    /// All that is left.
    pub(super) fn rest(&self) -> Place {
        Place::of(self.tokens).unwrap_or_else(|| self.end.into())
    }

    /// What the tokens between here and a later position cover.
    pub(super) fn until(&self, later: &Self) -> Place {
        let taken = self.tokens.len() - later.tokens.len();
        Place::of(&self.tokens[..taken]).unwrap_or_else(|| self.here())
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<&'t TokenTree> {
        self.tokens.get(ahead)
    }

    pub(super) fn take(&mut self) -> Option<&'t TokenTree> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    pub(super) fn peek_punct(&self, ahead: usize, wanted: char) -> bool {
        matches!(self.peek(ahead), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
    }

    pub(super) fn take_punct(&mut self, wanted: char) -> Option<Span> {
        if self.peek_punct(0, wanted) { self.take().map(TokenTree::span) } else { None }
    }

    /// Takes an operator of one or more characters.
    pub(super) fn take_operator(&mut self, wanted: &str) -> Option<Place> {
        let before = *self;
        let is_there = wanted.chars().enumerate().all(|(ahead, c)| self.peek_punct(ahead, c));
        if !is_there {
            return None;
        }
        self.tokens = &self.tokens[wanted.chars().count()..];
        Some(before.until(self))
    }

    pub(super) fn ident(&self, ahead: usize) -> Option<&'t Ident> {
        match self.peek(ahead) {
            Some(TokenTree::Ident(ident)) => Some(ident),
            _ => None,
        }
    }

    pub(super) fn literal(&self, ahead: usize) -> Option<&'t Literal> {
        match self.peek(ahead) {
            Some(TokenTree::Literal(literal)) => Some(literal),
            _ => None,
        }
    }

    pub(super) fn group(&self, ahead: usize, delimiter: Delimiter) -> Option<&'t Group> {
        match self.peek(ahead) {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
            _ => None,
        }
    }

    /// Cuts the tokens at each comma; a comma at the end opens no further piece.
    pub(super) fn split_at_commas(self) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut rest = self.tokens;
        while !rest.is_empty() {
            let comma = rest.iter().position(is_comma);
            let length = comma.unwrap_or(rest.len());
            let end = comma.map_or(self.end, |at| rest[at].span());
            pieces.push(Self { tokens: &rest[..length], end });
            rest = rest.get(length + 1..).unwrap_or_default();
        }
        pieces
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// A name without the `r#` that lets it be a keyword.
pub(super) fn name(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or_else(|| text.clone(), str::to_owned)
}

/// Whether something is a word of a path or name: neither punctuation nor brackets.
pub(super) fn is_word(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_))
}
