//! Lists in brackets, and how to go on after a fault in one.

use super::super::ast::Pair;
use super::super::lexer::Slash;
use super::super::token::{Operator, TokenKind};
use super::Parser;

impl Parser<'_> {
    /// Reads items, if there are any, up to the closing bracket.
    pub(super) fn items_or_none<T>(
        &mut self,
        separator: Operator,
        closer: Operator,
        item: impl FnMut(&mut Self) -> T,
    ) -> Vec<T> {
        if self.is_at(closer) {
            self.advance(Slash::Divides);
            return Vec::new();
        }
        self.items(Some(separator), closer, Slash::Divides, item)
    }

    /// Reads items up to the closing bracket and goes past that; `slash` says how to read a slash after it.
    ///
    /// There is at least one, and without a separator there is no other.
    pub(super) fn items<T>(
        &mut self,
        separator: Option<Operator>,
        closer: Operator,
        slash: Slash,
        mut item: impl FnMut(&mut Self) -> T,
    ) -> Vec<T> {
        let mut items = Vec::new();
        self.awaited.push(closer);
        loop {
            items.push(item(self));
            let goes_on = if separator.is_some_and(|separator| self.is_at(separator)) {
                self.advance(Slash::OpensRegex);
                true
            } else {
                !self.is_at(closer) && self.goes_on(closer)
            };
            // after its last part a block may have a semicolon
            if !goes_on || separator == Some(Operator::Semicolon) && self.is_at(closer) {
                break;
            }
        }
        self.awaited.pop();
        if self.is_at(closer) {
            self.advance(slash);
        }
        items
    }

    /// Reports what stands in place of the closing bracket, and looks for the bracket or another item.
    fn goes_on(&mut self, closer: Operator) -> bool {
        self.blame_missing(closer);
        loop {
            match self.token.operator() {
                Some(found) if found == closer => return false,
                Some(found) if found.separates() => {
                    self.advance(Slash::OpensRegex);
                    return true;
                }
                // it closes something further out, where this bracket is missing
                Some(found) if self.awaited.contains(&found) => return false,
                _ if self.token.kind == TokenKind::End => return false,
                _ => self.skip_or_read(),
            }
        }
    }

    /// Reads `key: value` pairs up to the closing brace.
    pub(super) fn pairs(&mut self) -> Vec<Pair> {
        self.items_or_none(Operator::Comma, Operator::CloseBrace, |parser| {
            let key = parser.expression(0);
            parser.expect(Operator::Colon);
            Pair { key, value: parser.expression(0) }
        })
    }
}
