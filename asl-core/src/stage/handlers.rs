use std::marker::PhantomData;

use super::{Stage, Work};
use crate::expr::{AslData, AslError, Expr};
use crate::flow::{Errors, Handler, Local};

/// What is done about the errors of a [`Work`].
#[derive(Debug)]
pub struct Handlers<E> {
    pub(super) list: Vec<Handler>,
    caught: Vec<Local>,
    types: PhantomData<fn() -> E>,
}

impl<T: AslData, E: AslError> Work<T, E> {
    /// No handlers yet.
    #[must_use]
    pub fn handlers(&self) -> Handlers<E> {
        Handlers { list: Vec::new(), caught: Vec::new(), types: PhantomData }
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
        let errors = if names.contains(&"States.ALL") {
            Errors::All
        } else {
            Errors::Named(names.into_iter().map(str::to_owned).collect())
        };
        let (bind, body) = (self.caught.pop(), stage.end());
        if errors != Errors::Named(Vec::new()) {
            self.list.push(Handler { errors, bind, body });
        }
    }

    /// Ends a handler for all errors that are left.
    pub fn rest(&mut self, stage: &mut Stage) {
        let names = if E::TAKES_OTHERS { vec!["States.ALL"] } else { E::names() };
        self.named(stage, names);
    }
}
