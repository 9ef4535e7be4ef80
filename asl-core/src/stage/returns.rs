//! How a function, a branch, an iteration or a block that is awaited ends.

use std::marker::PhantomData;

use super::{Stage, Work};
use crate::expr::{AslData, AslError, Expr, Failure, failure_of, tree};
use crate::flow::{Label, Local, Name, StatementKind};
use crate::syntax::jsonata::{Expression, Kind};

/// What `return`, `?` and the last value mean here, and their types.
#[derive(Debug)]
pub struct Returns<T: AslData, E> {
    /// Of a block that is awaited: where its value goes, and how it is left.
    pub(super) region: Option<(Local, Label)>,
    types: PhantomData<fn() -> (T, E)>,
}

impl<T: AslData, E> Returns<T, E> {
    /// Of a function, a branch or an iteration.
    #[expect(clippy::new_without_default, reason = "only generated code makes one")]
    #[must_use]
    pub fn new() -> Self {
        Self { region: None, types: PhantomData }
    }
}

impl Stage {
    /// `async { … }`: a block whose errors are handled where it is awaited.
    pub fn region<T: AslData, E: AslError>(&mut self) -> Returns<T, E> {
        let region = Some((self.local("value"), self.label()));
        Returns { region, types: PhantomData }
    }

    /// `return Ok(value);`
    pub fn return_<T: AslData, E>(&mut self, returns: &Returns<T, E>, value: Expr<T>) {
        let value = value.into_value();
        match &returns.region {
            None => self.push(StatementKind::Return(value)),
            Some((local, label)) => {
                self.push(StatementKind::Set(vec![(local.clone(), value)]));
                self.push(StatementKind::Break(*label));
            }
        }
    }

    /// `return Err(error);`
    pub fn raise<T: AslData, E: AslError>(&mut self, _: &Returns<T, E>, error: Expr<E>) {
        self.fail_with(failure_of(error).tree());
    }

    /// `Err(error)?`, `return Err(error.into());`
    pub fn raise_from<T: AslData, E: AslError + From<F>, F: AslError>(
        &mut self,
        _: &Returns<T, E>,
        error: Expr<F>,
    ) {
        self.check_conversion::<E, F>();
        self.fail_with(failure_of(error).tree());
    }

    /// `work.await?`
    pub fn propagate<T: AslData, E: AslError + From<F>, U: AslData, F: AslError>(
        &mut self,
        _: &Returns<T, E>,
        hint: &str,
        work: Work<U, F>,
    ) -> Expr<U> {
        self.check_conversion::<E, F>();
        let handlers = work.handlers();
        self.perform(hint, work, handlers)
    }

    /// `work.await`, as the value of the function.
    pub fn finish_with<T: AslData, E: AslError>(&mut self, returns: &Returns<T, E>, work: Work<T, E>) {
        let handlers = work.handlers();
        let value = self.perform("result", work, handlers);
        self.return_(returns, value);
    }

    pub(super) fn fail_with(&mut self, failure: &Expression) {
        let (error, cause) = (part(failure, "Error"), part(failure, "Cause"));
        self.push(StatementKind::Raise { error, cause, name: Name::Automatic });
    }

    /// In the states an error goes on as it is, so a `From` that makes another of it would be lost.
    fn check_conversion<E: AslError + From<F>, F: AslError>(&mut self) {
        let others = F::TAKES_OTHERS.then_some("Some.OtherError");
        for name in F::names().into_iter().chain(others) {
            let failure = Failure::new(name, "because");
            let Ok(error) = F::from_failure(failure.clone()) else { continue };
            let before = error.into_failure();
            let Ok(error) = F::from_failure(failure) else { continue };
            let after = E::from(error).into_failure();
            if before != after {
                let target = short(std::any::type_name::<E>());
                self.fault(format!(
                    "`?` makes `{after}` of the error `{before}`, but in the states an error goes on as it is: hold \
                     the failure in a variant of `{target}` with `#[asl(other)]` or `#[asl(transparent)]`, or \
                     write `.map_err(…)?`"
                ));
                return;
            }
        }
    }
}

pub(super) fn short(name: &str) -> &str {
    name.rsplit("::").next().unwrap_or(name)
}

/// A field of a failure; of one that is written out, what stands there.
pub(super) fn part(failure: &Expression, name: &str) -> Expression {
    if let Kind::Object(pairs) = &failure.kind
        && let Some(pair) =
            pairs.iter().find(|pair| matches!(&pair.key.kind, Kind::String(key) if key == name))
    {
        return pair.value.clone();
    }
    tree::field(failure, name)
}
