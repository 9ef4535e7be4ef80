//! What a value can start with.

use std::ops::Range;

use super::super::ast::{Expression, Item, Kind};
use super::super::error::ErrorCode;
use super::super::lexer::Slash;
use super::super::token::{Operator, Token, TokenKind};
use super::Parser;

impl Parser<'_> {
    /// Reads a value without the operators that follow it.
    pub(super) fn operand(&mut self) -> Expression {
        let token = self.advance(Slash::Divides);
        let span = token.span.clone();
        let kind = match token.kind {
            TokenKind::Operator(operator) => return self.prefix(operator, span),
            TokenKind::Name(name) => Kind::Name(name),
            TokenKind::Variable(name) => match name.as_str() {
                "" => Kind::Context,
                "$" => Kind::Root,
                _ => Kind::Variable(name),
            },
            TokenKind::String(text) => Kind::String(text),
            TokenKind::Number(number) => Kind::Number(number),
            TokenKind::Boolean(value) => Kind::Boolean(value),
            TokenKind::Null => Kind::Null,
            TokenKind::Regex(regex) => Kind::Regex(regex),
            // the end is reported by whoever awaits a bracket, else by the checks
            TokenKind::Invalid | TokenKind::End => Kind::Invalid,
        };
        Expression::new(kind, span)
    }

    fn prefix(&mut self, operator: Operator, span: Range<usize>) -> Expression {
        let start = span.start;
        let kind = match operator {
            Operator::And | Operator::Or | Operator::In => Kind::Name(operator.symbol().into()),
            Operator::Star => Kind::Wildcard,
            Operator::Descendants => Kind::Descendants,
            Operator::Percent => Kind::Parent,
            Operator::Minus => Kind::Negate(Box::new(self.expression(70))),
            Operator::OpenParenthesis => self.block(),
            Operator::OpenBracket => self.array(),
            Operator::OpenBrace => Kind::Object(self.pairs()),
            Operator::Pipe => self.transform(),
            _ => return self.no_value(operator, span),
        };
        self.finish(kind, start)
    }

    /// An operator stands where a value must start.
    fn no_value(&mut self, operator: Operator, span: Range<usize>) -> Expression {
        let start = span.start;
        self.put_back(Token { kind: TokenKind::Operator(operator), span });
        let symbol = operator.symbol();
        let help = match operator {
            Operator::Comma | Operator::Semicolon => Some("remove it, or write a value before it"),
            Operator::Question => Some("only an argument of a call can be left open with `?`"),
            _ => None,
        };
        // what is no operator at all was reported when it was read
        if !operator.is_unknown() {
            self.blame_next(ErrorCode::NotAPrefix, format!("expected a value, found `{symbol}`"), help);
        }
        // go on behind operators that want a value to their left, at the value to their right
        let ends_item =
            |operator: Operator| operator.closes() || operator.separates() || operator == Operator::Colon;
        while let Some(operator) = self.token.operator() {
            if ends_item(operator) {
                return self.invalid(start);
            }
            if operator.starts_value() {
                break;
            }
            self.advance(Slash::OpensRegex);
        }
        match self.token.kind {
            TokenKind::End => self.invalid(start),
            // the loop above ended, so this starts a value and does not come back here
            _ => self.operand(),
        }
    }

    fn block(&mut self) -> Kind {
        let part = |parser: &mut Self| parser.expression(0);
        Kind::Block(self.items_or_none(Operator::Semicolon, Operator::CloseParenthesis, part))
    }

    fn array(&mut self) -> Kind {
        Kind::Array(self.items_or_none(Operator::Comma, Operator::CloseBracket, |parser| {
            let first = parser.expression(0);
            if !parser.eat(Operator::Range) {
                return Item::Value(first);
            }
            Item::Range { first, last: parser.expression(0) }
        }))
    }

    fn transform(&mut self) -> Kind {
        let pattern = Box::new(self.expression(0));
        self.expect(Operator::Pipe);
        let update = Box::new(self.expression(0));
        let delete = self.eat(Operator::Comma).then(|| Box::new(self.expression(0)));
        self.expect(Operator::Pipe);
        Kind::Transform { pattern, update, delete }
    }
}
