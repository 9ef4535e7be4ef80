//! Functions that the expression itself defines: `function($a, $b)<s-n:b>{ … }`.

use super::super::ast::{Argument, Kind, Word};
use super::super::error::{ErrorCode, JsonataError};
use super::super::lexer::Slash;
use super::super::signature::{Letter, Signature};
use super::super::token::{Operator, TokenKind};
use super::{Parser, quote};

impl Parser<'_> {
    /// Reads what follows the parameters, which were read as the arguments of a call.
    pub(super) fn lambda(&mut self, arguments: Vec<Argument>) -> Kind {
        let parameters = self.parameters(arguments);
        let signature = if self.is_at(Operator::Less) { self.signature() } else { None };
        let body = if self.expect(Operator::OpenBrace) || self.finds_brace() {
            let part = |parser: &mut Self| parser.expression(0);
            self.items(None, Operator::CloseBrace, Slash::OpensRegex, part).into_iter().next()
        } else {
            // perhaps only the brace is missing
            let body = self.token.is_value().then(|| self.expression(0));
            self.eat(Operator::CloseBrace);
            body
        };
        match body {
            Some(body) => Kind::Lambda { parameters, signature, body: Box::new(body) },
            None => Kind::Invalid,
        }
    }

    /// After a fault: goes past an opening brace if only operators stand before it.
    fn finds_brace(&mut self) -> bool {
        while let Some(operator) = self.token.operator() {
            if operator.closes() || operator.separates() {
                return false;
            }
            self.advance(Slash::OpensRegex);
            if operator == Operator::OpenBrace {
                return true;
            }
        }
        false
    }

    fn parameters(&mut self, arguments: Vec<Argument>) -> Vec<Word> {
        let mut parameters = Vec::new();
        for (place, argument) in arguments.into_iter().enumerate() {
            let name = match &argument {
                Argument::Value(value) => match value.as_word() {
                    Some(word) => {
                        parameters.push(word);
                        continue;
                    }
                    // reported already
                    None if value.kind == Kind::Invalid => continue,
                    None => match &value.kind {
                        Kind::Name(name) => Some(name.clone()),
                        _ => None,
                    },
                },
                Argument::Placeholder(_) => None,
            };
            let written = quote(self.text, &argument.span());
            let message =
                format!("parameter {} of the function must be a variable, not {written}", place + 1);
            let error = JsonataError::new(ErrorCode::Parameter, argument.span(), message);
            self.blame(match name {
                Some(name) => error.help(format!("write `${name}`")),
                None => error.help("declare parameters by name: `function($a, $b){ … }`"),
            });
        }
        parameters
    }

    /// Reads `<…>`, whose first character comes next. Its words are put together again as they are.
    fn signature(&mut self) -> Option<Signature> {
        let mut letters: Vec<Letter> = Vec::new();
        let mut depth = 1;
        while depth > 0 && !self.is_at(Operator::OpenBrace) && self.token.kind != TokenKind::End {
            self.advance(Slash::OpensRegex);
            if self.is_at(Operator::Greater) {
                depth -= 1;
            } else if self.is_at(Operator::Less) {
                depth += 1;
            }
            if depth > 0 {
                let at = &self.token.span;
                let text = match &self.token.kind {
                    TokenKind::Operator(operator) => operator.symbol(),
                    TokenKind::Name(text) | TokenKind::Variable(text) | TokenKind::String(text) => text,
                    TokenKind::Boolean(true) => "true",
                    TokenKind::Boolean(false) => "false",
                    TokenKind::Null => "null",
                    // of no meaning to a signature
                    TokenKind::Number(_) | TokenKind::Regex(_) | TokenKind::Invalid | TokenKind::End => "",
                };
                letters.extend(text.chars().map(|letter| (letter, at.clone())));
            }
        }
        if !self.expect(Operator::Greater) {
            return None;
        }
        Signature::read(&letters).map_err(|error| self.blame(error)).ok()
    }
}
