//! Cuts an expression into words.
//!
//! A slash divides or starts a regular expression, and only the parser knows which comes: it asks for one word at a
//! time and says how a slash is to be read.

use std::ops::Range;

use super::ast::Regex;
use super::error::{ErrorCode, JsonataError};
use super::regex;
use super::token::{Operator, Token, TokenKind, is_space};

/// How to read a slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slash {
    Divides,
    OpensRegex,
}

/// A place in the text of an expression.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Something was opened that the rest of the text does not close.
    pub(super) is_open: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, is_open: false }
    }

    /// Goes to the end: what remains is not looked at.
    pub(super) fn stop(&mut self) {
        self.at = self.text.len();
    }

    /// The next word. What is wrong with it goes to `errors`.
    pub(super) fn next(&mut self, slash: Slash, errors: &mut Vec<JsonataError>) -> Token {
        self.skip_space_and_comments(errors);
        let start = self.at;
        let kind = match self.peek() {
            None => TokenKind::End,
            Some(b'/') if slash == Slash::OpensRegex => self.regex(errors),
            Some(quote @ (b'"' | b'\'')) => self.string(quote, errors),
            Some(b'0'..=b'9') => self.number(errors),
            Some(b'`') => self.quoted_name(errors),
            Some(_) => match Operator::at_start_of(self.rest()) {
                Some(operator) => self.punctuation(operator, errors),
                None => self.word(),
            },
        };
        Token { kind, span: start..self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_space_and_comments(&mut self, errors: &mut Vec<JsonataError>) {
        loop {
            let rest = self.rest().as_bytes();
            self.at += rest.iter().position(|&byte| !is_space(byte)).unwrap_or(rest.len());
            if !self.rest().starts_with("/*") {
                return;
            }
            let start = self.at;
            let Some(length) = self.text[start + 2..].find("*/") else {
                let at = self.unclosed(start);
                let message = "a comment that starts with `/*` has no closing `*/`";
                errors.push(JsonataError::new(ErrorCode::UnclosedComment, at, message));
                return;
            };
            self.at = start + 2 + length + 2;
        }
    }

    /// Takes the rest of the text for what was opened at `start`.
    fn unclosed(&mut self, start: usize) -> Range<usize> {
        self.is_open = true;
        self.stop();
        start..self.at
    }

    fn punctuation(&mut self, operator: Operator, errors: &mut Vec<JsonataError>) -> TokenKind {
        let start = self.at;
        self.at += operator.symbol().len();
        if operator.is_unknown() {
            let help = match operator {
                Operator::Exclamation => "write `!=` for not equal, `$not(…)` for not",
                _ => "write `~>` to give a value to a function",
            };
            let message = format!("there is no operator `{}`", operator.symbol());
            let error = JsonataError::new(ErrorCode::UnknownOperator, start..self.at, message);
            errors.push(error.help(help));
        }
        TokenKind::Operator(operator)
    }

    /// A variable, a name, a literal or an operator of letters: all up to the next punctuation, quotes included.
    fn word(&mut self) -> TokenKind {
        let rest = self.rest();
        let length = rest.bytes().position(Operator::ends_name).unwrap_or(rest.len());
        self.at += length;
        let word = &rest[..length];
        if let Some(name) = word.strip_prefix('$') {
            return TokenKind::Variable(name.to_owned());
        }
        match word {
            "and" => TokenKind::Operator(Operator::And),
            "or" => TokenKind::Operator(Operator::Or),
            "in" => TokenKind::Operator(Operator::In),
            "true" => TokenKind::Boolean(true),
            "false" => TokenKind::Boolean(false),
            "null" => TokenKind::Null,
            name => TokenKind::Name(name.to_owned()),
        }
    }

    fn quoted_name(&mut self, errors: &mut Vec<JsonataError>) -> TokenKind {
        let start = self.at;
        let rest = &self.text[start + 1..];
        let Some(length) = rest.find('`') else {
            let at = self.unclosed(start);
            let message = "a name that starts with a back tick has no closing back tick";
            errors.push(JsonataError::new(ErrorCode::UnclosedName, at, message));
            return TokenKind::Name(rest.to_owned());
        };
        self.at = start + 1 + length + 1;
        TokenKind::Name(rest[..length].to_owned())
    }

    /// As in JSON, but without a sign: that is an operator.
    fn number(&mut self, errors: &mut Vec<JsonataError>) -> TokenKind {
        let start = self.at;
        let digits = |from: usize| {
            let rest = &self.text.as_bytes()[from..];
            from + rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len())
        };
        let is = |at: usize, set: &[u8]| self.text.as_bytes().get(at).is_some_and(|byte| set.contains(byte));
        // a leading zero stands alone
        let mut end = if is(start, b"0") { start + 1 } else { digits(start) };
        if is(end, b".") && digits(end + 1) > end + 1 {
            end = digits(end + 1);
        }
        if is(end, b"eE") {
            let exponent = if is(end + 1, b"+-") { end + 2 } else { end + 1 };
            if digits(exponent) > exponent {
                end = digits(exponent);
            }
        }
        self.at = end;
        let text = &self.text[start..end];
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => TokenKind::Number(number),
            _ => {
                let message = format!("the number `{text}` is too large");
                errors.push(JsonataError::new(ErrorCode::NumberOutOfRange, start..end, message));
                TokenKind::Invalid
            }
        }
    }

    fn string(&mut self, quote: u8, errors: &mut Vec<JsonataError>) -> TokenKind {
        let start = self.at;
        let mut units = Utf16Text::default();
        self.at += 1;
        loop {
            let rest = self.rest();
            let plain = rest.bytes().position(|byte| byte == quote || byte == b'\\').unwrap_or(rest.len());
            units.text(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'\\') => self.escape(&mut units, errors),
                Some(_) => {
                    self.at += 1;
                    return TokenKind::String(units.finish());
                }
                // a backslash at the very end is reported already
                None if self.is_open => return TokenKind::String(units.finish()),
                None => {
                    let quote = char::from(quote);
                    let at = self.unclosed(start);
                    let message = format!("a string that starts with `{quote}` has no closing `{quote}`");
                    errors.push(JsonataError::new(ErrorCode::UnclosedString, at, message));
                    return TokenKind::String(units.finish());
                }
            }
        }
    }

    /// Goes past a backslash and what it escapes.
    fn escape(&mut self, units: &mut Utf16Text, errors: &mut Vec<JsonataError>) {
        let start = self.at;
        let Some(escaped) = self.text[start + 1..].chars().next() else {
            let at = self.unclosed(start);
            let message = "nothing follows the `\\`, and the string has no closing quote";
            errors.push(JsonataError::new(ErrorCode::UnknownEscape, at, message));
            return;
        };
        self.at += 1 + escaped.len_utf8();
        units.text(match escaped {
            '"' => "\"",
            '\\' => "\\",
            '/' => "/",
            'b' => "\u{8}",
            'f' => "\u{c}",
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'u' => return self.unicode_escape(start, units, errors),
            _ => {
                let help = match escaped {
                    '\'' => "put the string in double quotes; a `'` in it needs no backslash then",
                    _ => "write `\\\\` for a backslash",
                };
                let message = format!("`\\{escaped}` is no escape sequence");
                let error = JsonataError::new(ErrorCode::UnknownEscape, start..self.at, message);
                errors.push(error.help(help));
                return;
            }
        });
    }

    /// Goes past the digits of `\u` at `start`.
    fn unicode_escape(&mut self, start: usize, units: &mut Utf16Text, errors: &mut Vec<JsonataError>) {
        let digits: String = self.rest().chars().take(4).take_while(char::is_ascii_hexdigit).collect();
        self.at += digits.len();
        // at the very end of the text fewer than four will do, as the missing quote is reported anyway
        if digits.len() < 4 && (digits.is_empty() || !self.rest().is_empty()) {
            let message = format!("`\\u{digits}` lacks hexadecimal digits");
            let error = JsonataError::new(ErrorCode::UnicodeEscape, start..self.at, message);
            errors.push(error.help("write four of them: `\\u00e9`"));
            return;
        }
        units.unit(u16::from_str_radix(&digits, 16).expect("at most four hexadecimal digits"));
    }

    /// A regular expression: up to the first slash that is neither escaped nor inside brackets of any kind.
    fn regex(&mut self, errors: &mut Vec<JsonataError>) -> TokenKind {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut depth = 0_i64;
        let mut backslashes = 0_usize;
        let mut end = start + 1;
        loop {
            match bytes.get(end) {
                None => {
                    let at = self.unclosed(start);
                    let message = "a regular expression that starts with `/` has no closing `/`";
                    let error = JsonataError::new(ErrorCode::UnclosedRegex, at, message);
                    errors.push(error.help("close its brackets before the `/`, or escape them: `\\(`"));
                    return TokenKind::Invalid;
                }
                Some(b'/') if depth == 0 && backslashes.is_multiple_of(2) => break,
                // the reference looks one character back only, so `\\(` is an escaped bracket to it
                Some(b'(' | b'[' | b'{') if backslashes == 0 => depth += 1,
                Some(b')' | b']' | b'}') if backslashes == 0 => depth -= 1,
                Some(_) => {}
            }
            backslashes = if bytes[end] == b'\\' { backslashes + 1 } else { 0 };
            end += 1;
        }
        self.at = end + 1;
        let pattern = &self.text[start + 1..end];
        if pattern.is_empty() {
            let message = "a regular expression needs something between its slashes";
            errors.push(JsonataError::new(ErrorCode::EmptyRegex, start..self.at, message));
            return TokenKind::Invalid;
        }
        let rest = self.rest();
        let flags = &rest[..rest.bytes().position(|byte| !b"im".contains(&byte)).unwrap_or(rest.len())];
        self.at += flags.len();
        if let Err(fault) = regex::check(pattern, flags) {
            let written = super::parser::quote(self.text, &(start..self.at));
            let message = format!("the regular expression {written} {fault}");
            errors.push(JsonataError::new(ErrorCode::InvalidRegex, start..self.at, message));
        }
        TokenKind::Regex(Regex {
            pattern: pattern.to_owned(),
            ignore_case: flags.contains('i'),
            multiline: flags.contains('m'),
        })
    }
}

/// A text made of UTF-16 units, as `\u` escapes give them: two of them may be one character.
#[derive(Default)]
struct Utf16Text {
    text: String,
    half: Option<u16>,
}

impl Utf16Text {
    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.end_half();
            self.text.push_str(text);
        }
    }

    fn unit(&mut self, unit: u16) {
        if let Some(half) = self.half.take() {
            if let Some(Ok(whole)) = char::decode_utf16([half, unit]).next() {
                self.text.push(whole);
                return;
            }
            self.half = Some(half);
        }
        self.end_half();
        match char::from_u32(u32::from(unit)) {
            Some(character) => self.text.push(character),
            None => self.half = Some(unit),
        }
    }

    /// What should have been the first half of a pair is none.
    fn end_half(&mut self) {
        if self.half.take().is_some() {
            self.text.push(char::REPLACEMENT_CHARACTER);
        }
    }

    fn finish(mut self) -> String {
        self.end_half();
        self.text
    }
}
