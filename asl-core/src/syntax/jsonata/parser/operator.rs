//! What can follow a value.

use super::super::ast::{Argument, BinaryOperator, Expression, Kind, SortTerm};
use super::super::error::{ErrorCode, JsonataError};
use super::super::lexer::Slash;
use super::super::token::Operator;
use super::{Parser, quote};

impl Parser<'_> {
    /// Reads the operator, which comes next, and what it needs to its right.
    pub(super) fn operator(&mut self, left: Expression, operator: Operator) -> Expression {
        let start = left.span.start;
        self.advance(Slash::OpensRegex);
        let kind = match operator {
            Operator::Dot => return self.step(left),
            Operator::OpenBracket => self.predicate(left),
            Operator::OpenBrace => Kind::GroupBy { target: Box::new(left), pairs: self.pairs() },
            Operator::OpenParenthesis => self.call(left),
            Operator::Caret => self.sort(left),
            Operator::At | Operator::Hash => self.binding(left, operator),
            Operator::Assign => self.assignment(&left),
            Operator::Question => {
                let condition = Box::new(left);
                let then = Box::new(self.expression(0));
                let otherwise = self.eat(Operator::Colon).then(|| Box::new(self.expression(0)));
                Kind::Condition { condition, then, otherwise }
            }
            Operator::Default => {
                Kind::Default { value: Box::new(left), default: Box::new(self.expression(0)) }
            }
            Operator::Coalesce => {
                Kind::Coalesce { value: Box::new(left), default: Box::new(self.expression(0)) }
            }
            _ => {
                let right = self.expression(operator.power());
                match binary(operator) {
                    Some(operator) => Kind::Binary { operator, left: Box::new(left), right: Box::new(right) },
                    // reported when it was read
                    None => Kind::Invalid,
                }
            }
        };
        self.finish(kind, start)
    }

    fn step(&mut self, mut left: Expression) -> Expression {
        let start = left.span.start;
        let step = self.expression(Operator::Dot.power());
        if let Kind::Path(steps) = &mut left.kind {
            left.height = left.height.max(step.height + 1);
            left.span.end = step.span.end;
            steps.push(step);
            return left;
        }
        self.finish(Kind::Path(vec![left, step]), start)
    }

    fn predicate(&mut self, left: Expression) -> Kind {
        let target = Box::new(left);
        if self.eat(Operator::CloseBracket) {
            return Kind::KeepArray(target);
        }
        let one = self.items(None, Operator::CloseBracket, Slash::Divides, |parser| parser.expression(0));
        match one.into_iter().next() {
            Some(predicate) => Kind::Filter { target, predicate: Box::new(predicate) },
            None => Kind::Invalid,
        }
    }

    fn call(&mut self, left: Expression) -> Kind {
        let arguments = self.items_or_none(Operator::Comma, Operator::CloseParenthesis, |parser| {
            if !parser.is_at(Operator::Question) {
                return Argument::Value(parser.expression(0));
            }
            Argument::Placeholder(parser.advance(Slash::OpensRegex).span)
        });
        match &left.unmarked().kind {
            Kind::Name(name) if name == "function" || name == "λ" => self.lambda(arguments),
            _ => Kind::Call { function: Box::new(left), arguments },
        }
    }

    fn sort(&mut self, left: Expression) -> Kind {
        if !self.expect(Operator::OpenParenthesis) {
            return Kind::Invalid;
        }
        let separator = Some(Operator::Comma);
        let terms = self.items(separator, Operator::CloseParenthesis, Slash::OpensRegex, |parser| {
            let descending = !parser.eat(Operator::Less) && parser.eat(Operator::Greater);
            SortTerm { by: parser.expression(0), descending }
        });
        Kind::Sort { target: Box::new(left), terms }
    }

    fn binding(&mut self, left: Expression, operator: Operator) -> Kind {
        let right = self.expression(operator.power());
        let target = Box::new(left);
        match right.as_word() {
            Some(variable) if operator == Operator::At => Kind::Focus { target, variable },
            Some(variable) => Kind::Index { target, variable },
            None if right.kind == Kind::Invalid && right.span.start < self.text.len() => Kind::Invalid,
            None => {
                let symbol = operator.symbol();
                let written = quote(self.text, &right.span);
                let message = match &right.kind {
                    Kind::Invalid => format!("expected a variable after `{symbol}`"),
                    _ => format!("expected a variable after `{symbol}`, found {written}"),
                };
                let error = JsonataError::new(ErrorCode::NotAVariable, right.span.clone(), message);
                self.blame(match &right.kind {
                    Kind::Name(name) => error.help(format!("write `{symbol}${name}`")),
                    _ => error,
                });
                Kind::Invalid
            }
        }
    }

    fn assignment(&mut self, left: &Expression) -> Kind {
        let variable = left.as_word();
        if variable.is_none() && left.kind != Kind::Invalid {
            let written = quote(self.text, &left.span);
            let message = format!("only a variable can stand before `:=`, not {written}");
            let error = JsonataError::new(ErrorCode::AssignToValue, left.span.clone(), message);
            self.blame(match &left.kind {
                Kind::Name(name) => error.help(format!("write `${name} :=`")),
                _ => error,
            });
        }
        // the assignment to the right of another comes first
        let value = Box::new(self.expression(Operator::Assign.power() - 1));
        match variable {
            Some(variable) => Kind::Bind { variable, value },
            None => Kind::Invalid,
        }
    }
}

fn binary(operator: Operator) -> Option<BinaryOperator> {
    Some(match operator {
        Operator::And => BinaryOperator::And,
        Operator::Or => BinaryOperator::Or,
        Operator::In => BinaryOperator::In,
        Operator::Equal => BinaryOperator::Equal,
        Operator::NotEqual => BinaryOperator::NotEqual,
        Operator::Less => BinaryOperator::Less,
        Operator::AtMost => BinaryOperator::AtMost,
        Operator::Greater => BinaryOperator::Greater,
        Operator::AtLeast => BinaryOperator::AtLeast,
        Operator::Plus => BinaryOperator::Add,
        Operator::Minus => BinaryOperator::Subtract,
        Operator::Star => BinaryOperator::Multiply,
        Operator::Slash => BinaryOperator::Divide,
        Operator::Percent => BinaryOperator::Remainder,
        Operator::Ampersand => BinaryOperator::Concatenate,
        Operator::Chain => BinaryOperator::Chain,
        _ => return None,
    })
}
