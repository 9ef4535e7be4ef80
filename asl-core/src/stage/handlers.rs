use std::marker::PhantomData;

use super::{Stage, Work};
use crate::expr::{AslData, AslError, Expr};
use crate::flow::{Errors, Handler, Local};

/// What is done about the errors of a [`Work`].
#[derive(Debug)]
pub struct Handlers<E> {
    list: Vec<Handler>,
    /// For errors that have no variant: behind all that have one, wherever it was written.
    others: Option<Handler>,
    caught: Vec<Local>,
    types: PhantomData<fn() -> E>,
}

impl<T: AslData, E: AslError> Work<T, E> {
    /// No handlers yet.
    #[must_use]
    pub fn handlers(&self) -> Handlers<E> {
        Handlers { list: Vec::new(), others: None, caught: Vec::new(), types: PhantomData }
    }
}

impl<E: AslError> Handlers<E> {
    /// Begins a handler. The error is data of its type.
    pub fn begin(&mut self, stage: &mut Stage, name: &str) -> Expr<E> {
        let local = stage.local(name);
        let error = Expr::from_tree(local.expression());
        self.caught.push(local);
        stage.begin();
        error
    }

    /// Ends a handler for errors of these names.
    pub fn named(&mut self, stage: &mut Stage, names: Vec<&'static str>) {
        let (bind, body) = (self.caught.pop(), stage.end());
        if names.contains(&"States.ALL") {
            self.others.get_or_insert(Handler { errors: Errors::All, bind, body });
        } else if !names.is_empty() {
            let errors = Errors::Named(names.into_iter().map(str::to_owned).collect());
            self.list.push(Handler { errors, bind, body });
        }
    }

    /// Ends a handler for all errors that are left.
    pub fn rest(&mut self, stage: &mut Stage) {
        let names = if E::TAKES_OTHERS && self.others.is_none() { vec!["States.ALL"] } else { self.left() };
        self.named(stage, names);
    }

    /// The error names that no handler is for yet.
    fn left(&self) -> Vec<&'static str> {
        let is_handled = |name: &&str| {
            self.list.iter().any(|handler| match &handler.errors {
                Errors::Named(names) => names.iter().any(|known| known == name),
                Errors::All => true,
            })
        };
        E::names().into_iter().filter(|name| !is_handled(name)).collect()
    }

    /// All handlers, in the order in which Catchers are asked.
    pub(super) fn into_list(self) -> Vec<Handler> {
        self.list.into_iter().chain(self.others).collect()
    }
}
