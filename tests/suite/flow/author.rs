//! Writes programs for the tests: leaves as JSONata code in which locals stand by their names.

use std::cell::RefCell;

use asl_core::flow::{Block, Effect, If, Label, Local, Locals, Program, with_variables};
use asl_core::syntax::jsonata::Expression;

#[derive(Default)]
pub(crate) struct Author {
    locals: RefCell<Locals>,
    named: RefCell<Vec<(String, Local)>>,
}

impl Author {
    pub(crate) fn local(&self, name: &str) -> Local {
        self.known_as(name, name)
    }

    /// A local that leaves name otherwise than the source, since another has its name.
    pub(crate) fn known_as(&self, name: &str, known: &str) -> Local {
        let local = self.locals.borrow_mut().local(name);
        self.named.borrow_mut().push((known.to_owned(), local.clone()));
        local
    }

    pub(crate) fn label(&self) -> Label {
        self.locals.borrow_mut().label()
    }

    /// A leaf.
    pub(crate) fn leaf(&self, code: &str) -> Expression {
        let tree = Expression::parse_strict(code).unwrap_or_else(|errors| panic!("{code}: {errors:?}"));
        let named = self.named.borrow();
        with_variables(&tree, |name| {
            let (_, local) = named.iter().rev().find(|(known, _)| known == name)?;
            Some(local.expression())
        })
    }

    /// A Lambda function, called by its name, with a payload.
    pub(crate) fn call(&self, function: &str, payload: &str) -> Effect {
        Effect::lambda(function, &arn(function), self.leaf(payload))
    }

    pub(crate) fn when(&self, condition: &str, then: impl FnOnce(&mut Block)) -> If {
        If::new(self.leaf(condition), Block::of(then))
    }
}

/// A program that the closure writes.
pub(crate) fn program(input: &Local, body: impl FnOnce(&mut Block)) -> Program {
    Program::new(input.clone(), Block::of(body))
}

/// What stands for a function's ARN.
pub(crate) fn arn(function: &str) -> String {
    format!("${{{function}}}")
}
