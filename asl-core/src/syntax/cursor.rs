use std::ops::Range;

use super::{MAX_DEPTH, SyntaxError};

/// A place in a text that is being read from left to right.
///
/// Positions are bytes and always lie between characters. What the text is called in messages
/// ("the end of the path") is the caller's to say, since paths also stand inside function calls.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    whole: &'static str,
}

impl<'a> Cursor<'a> {
    /// Starts at the beginning of `text`, which messages call the `whole`.
    pub(super) fn new(text: &'a str, whole: &'static str) -> Self {
        Self { text, at: 0, depth: 0, whole }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        &self.text[range]
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte after the next one.
    pub(super) fn peek_second(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at + 1).copied()
    }

    pub(super) fn peek_char(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// Moves to a position, forwards or backwards.
    pub(super) fn go_to(&mut self, at: usize) {
        debug_assert!(self.text.is_char_boundary(at));
        self.at = at;
    }

    /// Goes past `token`, if it comes next.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let found = self.bytes()[self.at..].starts_with(token.as_bytes());
        if found {
            self.at += token.len();
        }
        found
    }

    /// Goes past `token`, or says what stands there instead.
    pub(super) fn expect(&mut self, token: &str, expected: &str) -> Result<(), SyntaxError> {
        if self.eat(token) { Ok(()) } else { Err(self.expected(expected)) }
    }

    pub(super) fn skip_white_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Goes past the bytes that `belongs` accepts; it must accept all or none of a multi-byte character.
    pub(super) fn take_while(&mut self, belongs: impl Fn(u8) -> bool) -> &'a str {
        let rest = &self.bytes()[self.at..];
        let start = self.at;
        self.at += rest.iter().position(|&byte| !belongs(byte)).unwrap_or(rest.len());
        &self.text[start..self.at]
    }

    /// Opens a bracket, a call or a negation; [`Cursor::leave`] closes it.
    pub(super) fn enter(&mut self) -> Result<(), SyntaxError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error_here(format!("nested more than {MAX_DEPTH} levels deep")));
        }
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Goes past `${Name}`, which deployment replaces by a text unknown here.
    pub(super) fn placeholder(&mut self) -> Result<&'a str, SyntaxError> {
        let start = self.at;
        let Some(length) = self.bytes()[start..].iter().position(|&byte| byte == b'}') else {
            return Err(SyntaxError::new(start..self.text.len(), "a placeholder `${` without its `}`"));
        };
        self.at += length + 1;
        Ok(&self.text[start..self.at])
    }

    /// Goes past a string in quotes and gives what stands between them, escapes and all.
    pub(super) fn quoted(&mut self) -> Result<&'a str, SyntaxError> {
        let start = self.at;
        let quote = self.bytes()[start];
        let mut end = start + 1;
        loop {
            match self.bytes().get(end) {
                None => {
                    let quote = char::from(quote);
                    return Err(SyntaxError::new(
                        start..self.text.len(),
                        format!("a string that starts with `{quote}` has no closing `{quote}`"),
                    ));
                }
                // the escaped character may be longer than a byte, its other bytes are never a quote
                Some(b'\\') => end += 2,
                Some(&byte) if byte == quote => break,
                Some(_) => end += 1,
            }
        }
        self.at = end + 1;
        Ok(&self.text[start + 1..end])
    }

    /// "expected …, found …" at the next character, or at the end.
    pub(super) fn expected(&self, what: &str) -> SyntaxError {
        self.error_here(format!("expected {what}, found {}", self.found()))
    }

    /// An error that points at the next character, or at the end.
    pub(super) fn error_here(&self, message: impl Into<String>) -> SyntaxError {
        let length = self.peek_char().map_or(0, char::len_utf8);
        SyntaxError::new(self.at..self.at + length, message)
    }

    fn found(&self) -> String {
        match self.peek_char() {
            None => format!("the end of the {}", self.whole),
            Some(' ') => "a space".into(),
            Some('`') => "a back tick".into(),
            Some(other) if other.is_control() => format!("`{}`", other.escape_debug()),
            Some(other) => format!("`{other}`"),
        }
    }
}
