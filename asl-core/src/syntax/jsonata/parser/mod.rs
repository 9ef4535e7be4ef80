//! Reads an expression: each operator holds what is to its left and right with a power, the stronger first.
//!
//! What is accepted, and which fault comes first, is the reference's: even when a word is fetched before the one in
//! hand is judged, which decides which of two faults is first. After a fault the parser goes on at the next comma,
//! semicolon or closing bracket, to find what else is wrong.

mod operand;
mod operator;
mod group;
mod lambda;

use std::ops::Range;

use super::MAX_DEPTH;
use super::ast::{Expression, Kind};
use super::error::{ErrorCode, JsonataError};
use super::lexer::{Lexer, Slash};
use super::token::{Operator, Token, TokenKind};

/// Reads a whole text.
pub(super) fn parse(text: &str) -> (Expression, Vec<JsonataError>) {
    let mut parser = Parser::new(text);
    let expression = parser.whole();
    (expression, parser.errors)
}

struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    /// The word that comes next.
    token: Token,
    /// The word after it, if one was put back.
    after: Option<Token>,
    /// Where the last word ended.
    end: usize,
    errors: Vec<JsonataError>,
    /// The start of the word that the last fault was about: one fault a word is enough.
    blamed: Option<usize>,
    /// The brackets that are to come, the innermost last.
    awaited: Vec<Operator>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let mut parser = Self {
            text,
            lexer: Lexer::new(text),
            token: Token { kind: TokenKind::Invalid, span: 0..0 },
            after: None,
            end: 0,
            errors: Vec::new(),
            blamed: None,
            awaited: Vec::new(),
            depth: 0,
        };
        parser.advance(Slash::OpensRegex);
        parser
    }

    fn whole(&mut self) -> Expression {
        let expression = self.expression(0);
        let mut has_separator = false;
        while self.token.kind != TokenKind::End {
            // `a; b; c` lacks one pair of parentheses
            if self.token.operator().is_some_and(Operator::separates) {
                if has_separator {
                    self.skip_or_read();
                    continue;
                }
                has_separator = true;
            }
            let found = self.found();
            let message = format!("expected the end of the expression, found {found}");
            let help = match self.token.operator() {
                Some(Operator::CloseParenthesis | Operator::CloseBracket | Operator::CloseBrace) => {
                    Some("remove it, or open it before")
                }
                Some(Operator::Semicolon) => {
                    Some("put parentheses around expressions that follow each other")
                }
                Some(_) => None,
                None => Some("put an operator before it, such as `&` to join texts"),
            };
            self.blame_next(ErrorCode::Trailing, message, help);
            self.skip_or_read();
        }
        expression
    }

    /// Reads a value and the operators that hold it more strongly than `power`.
    fn expression(&mut self, power: u8) -> Expression {
        self.depth += 1;
        let expression = if self.depth > MAX_DEPTH {
            self.too_deep();
            self.invalid(self.end)
        } else {
            let value = self.operand();
            self.operators(value, power)
        };
        self.depth -= 1;
        expression
    }

    fn operators(&mut self, mut left: Expression, power: u8) -> Expression {
        while let Some(operator) = self.token.operator()
            && operator.power() > power
        {
            left = self.operator(left, operator);
        }
        left
    }

    /// Goes to the next word and gives the one that was next; `slash` says how to read a slash after it.
    fn advance(&mut self, slash: Slash) -> Token {
        let next = self.after.take().unwrap_or_else(|| {
            let known = self.errors.len();
            let token = self.lexer.next(slash, &mut self.errors);
            let unusable =
                token.kind == TokenKind::Invalid || token.operator().is_some_and(Operator::is_unknown);
            if self.errors.len() > known && unusable {
                self.blamed = Some(token.span.start);
            }
            token
        });
        let token = std::mem::replace(&mut self.token, next);
        self.end = token.span.end;
        token
    }

    /// Makes the word that was just taken the next one again.
    fn put_back(&mut self, token: Token) {
        self.end = token.span.start;
        self.after = Some(std::mem::replace(&mut self.token, token));
    }

    fn is_at(&self, operator: Operator) -> bool {
        self.token.operator() == Some(operator)
    }

    /// Goes past the operator if it comes next.
    fn eat(&mut self, operator: Operator) -> bool {
        let found = self.is_at(operator);
        if found {
            self.advance(Slash::OpensRegex);
        }
        found
    }

    /// Goes past the operator, or reports that it is not there.
    fn expect(&mut self, operator: Operator) -> bool {
        let found = self.eat(operator);
        if !found {
            self.blame_missing(operator);
        }
        found
    }

    /// An expression that starts at the given byte and ends with the last word.
    fn finish(&mut self, kind: Kind, start: usize) -> Expression {
        let expression = Expression::new(kind, start..self.end.max(start));
        if expression.height > MAX_DEPTH {
            self.too_deep();
            return self.invalid(start);
        }
        expression
    }

    fn invalid(&self, start: usize) -> Expression {
        Expression::new(Kind::Invalid, start..self.end.max(start))
    }

    fn blame(&mut self, error: JsonataError) {
        self.errors.push(error);
    }

    /// Reports the next word, unless something is said of it already.
    fn blame_next(&mut self, code: ErrorCode, message: String, help: Option<&str>) {
        let at = self.token.span.clone();
        let is_known = self.blamed == Some(at.start) || self.token.kind == TokenKind::Invalid;
        // a missing bracket is no news after a missing quote
        let is_lost = self.token.kind == TokenKind::End && self.lexer.is_open;
        if !is_known && !is_lost {
            self.blamed = Some(at.start);
            let error = JsonataError::new(code, at, message);
            self.errors.push(match help {
                Some(help) => error.help(help),
                None => error,
            });
        }
    }

    fn blame_missing(&mut self, operator: Operator) {
        let code = match self.token.kind {
            TokenKind::End => ErrorCode::UnexpectedEnd,
            _ => ErrorCode::Unexpected,
        };
        let message = format!("expected `{}`, found {}", operator.symbol(), self.found());
        let help = (operator.closes() && self.token.is_value())
            .then_some("put an operator before it, or a comma between items");
        self.blame_next(code, message, help);
    }

    /// The next word, for a message.
    fn found(&self) -> String {
        match &self.token.kind {
            TokenKind::End => "the end of the expression".into(),
            _ => quote(self.text, &self.token.span),
        }
    }

    /// Reports that the limit is reached and gives the rest up.
    fn too_deep(&mut self) {
        if self.token.kind != TokenKind::End || !self.lexer.is_open {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            let error = JsonataError::new(ErrorCode::TooDeep, self.token.span.clone(), message);
            self.errors.push(error.help("bind parts of the expression to variables"));
        }
        let end = self.text.len();
        self.lexer.stop();
        // the brackets that the rest would have closed are not missing
        self.lexer.is_open = true;
        self.after = None;
        self.token = Token { kind: TokenKind::End, span: end..end };
    }

    /// After a fault at the next word: goes past it, or past the value that it starts.
    fn skip_or_read(&mut self) {
        if self.token.is_value() {
            self.expression(0);
            return;
        }
        let token = self.advance(Slash::OpensRegex);
        let starts_operators = !token.operator().is_some_and(Operator::separates);
        if starts_operators && self.token.operator().is_some_and(|operator| operator.power() > 0) {
            let before = self.invalid(self.end);
            self.operators(before, 0);
        } else if !starts_operators && self.token.kind != TokenKind::End {
            self.expression(0);
        }
    }
}

/// A part of the text in back ticks, cut if it is long.
pub(super) fn quote(text: &str, span: &Range<usize>) -> String {
    let text = &text[span.clone()];
    let shown = crate::syntax::excerpt(text);
    if shown.contains('`') { shown.into_owned() } else { format!("`{shown}`") }
}
