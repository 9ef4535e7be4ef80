//! The run of one workflow function: what ends it, and what undoes its steps.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::task::Poll;
use std::time::Duration;

use super::failure::is_terminal;
use super::{AslError, Ctx, ErrorOf, Failure, TaskCall, whole_seconds};
use crate::__private::workflow_errors;

/// What belongs to one run of a workflow function.
#[derive(Default)]
pub(super) struct Scope {
    /// Whether there is a workflow that can be ended.
    is_workflow: Cell<bool>,
    /// What undoes the steps that are done, in their order.
    compensations: RefCell<Vec<Result<TaskCall, Failure>>>,
    /// What ends the workflow from within, past all handlers.
    ended: RefCell<Option<Ended>>,
}

/// What ends a workflow from within.
#[derive(Debug, Clone)]
pub(super) struct Ended {
    pub(super) failure: Failure,
    /// Whether the steps that were done are undone: not if nothing catches the failure.
    undoes: bool,
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("ended", &self.ended.borrow()).finish_non_exhaustive()
    }
}

impl Ctx {
    /// Runs the body of a workflow function.
    ///
    /// The body gets a handle of its own. If it returns an error, the compensations of the steps that it did run in
    /// reverse; one that fails is passed over. An error that a task's type has no variant for ends the workflow past its
    /// `match`es. One that nothing catches in a definition (`States.Runtime`) ends it at once, without compensations.
    ///
    /// # Errors
    ///
    /// The error that the body returns, or the one that ended it.
    pub async fn workflow<T, E: AslError>(
        &self,
        body: impl AsyncFnOnce(&Ctx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.workflow_with(None, body).await
    }

    /// Runs a workflow function that takes an input: what `#[state_machine]` puts around it.
    ///
    /// An `async fn` is such a body as it is, where a closure that holds the input would cost rustc half as much as the
    /// function. `errors` stands for the bound of `E`, which is then checked in one place.
    ///
    /// # Errors
    ///
    /// As [`workflow_with`](Self::workflow_with).
    #[doc(hidden)]
    pub async fn workflow_of<I, T, E>(
        &self,
        timeout: Option<Duration>,
        errors: ErrorOf<E>,
        input: I,
        body: impl AsyncFnOnce(&Ctx, I) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run(timeout, errors, async move |ctx: &Ctx| body(ctx, input).await).await
    }

    /// Runs a workflow function that takes no input.
    ///
    /// # Errors
    ///
    /// As [`workflow_with`](Self::workflow_with).
    #[doc(hidden)]
    pub async fn workflow_of_nothing<T, E>(
        &self,
        timeout: Option<Duration>,
        errors: ErrorOf<E>,
        body: impl AsyncFnOnce(&Ctx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run(timeout, errors, body).await
    }

    /// Runs the body of a workflow function that may take so long: `TimeoutSeconds` of the state machine, a part of a
    /// second rounded up.
    ///
    /// When the time is over the workflow ends where it is, past its `match`es and without compensations. It is a
    /// [`workflow`](Self::workflow) otherwise.
    ///
    /// # Errors
    ///
    /// As [`workflow`](Self::workflow); after the time, `States.Timeout`.
    pub async fn workflow_with<T, E: AslError>(
        &self,
        timeout: Option<Duration>,
        body: impl AsyncFnOnce(&Ctx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run(timeout, workflow_errors(), body).await
    }

    async fn run<T, E>(
        &self,
        timeout: Option<Duration>,
        errors: ErrorOf<E>,
        body: impl AsyncFnOnce(&Ctx) -> Result<T, E>,
    ) -> Result<T, E> {
        let ctx = self.fresh();
        ctx.scope().is_workflow.set(true);
        let run = ctx.run_body(errors, body);
        let Some(timeout) = timeout else { return run.await };
        let seconds = i64::try_from(whole_seconds(timeout)).unwrap_or(i64::MAX);
        let end = self.backend().now().saturating_add(seconds.saturating_mul(1_000));
        let mut deadline = self.backend().sleep_until(end);
        let mut run = Box::pin(run);
        std::future::poll_fn(|around| {
            // asked first, so that it was set first: of what happens at that time it comes first
            let is_over = deadline.as_mut().poll(around);
            if let Poll::Ready(over) = is_over {
                let failure = over.err().unwrap_or_else(|| Failure::new("States.Timeout", ""));
                return Poll::Ready(Err(of_any(errors, failure)));
            }
            run.as_mut().poll(around)
        })
        .await
    }

    async fn run_body<T, E>(
        &self,
        errors: ErrorOf<E>,
        body: impl AsyncFnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let result = self.until_ended(body(self)).await;
        let error = match result {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => error,
            Err(Ended { failure, undoes: true }) => of_any(errors, failure),
            Err(Ended { failure, .. }) => return Err(of_any(errors, failure)),
        };
        loop {
            let Some(step) = self.scope().compensations.borrow_mut().pop() else { return Err(error) };
            let undone = match step {
                Ok(call) => self.backend().task(call).await,
                Err(failure) => Err(failure),
            };
            // one that fails is passed over: those before it still have their steps to undo
            if let Err(failure) = undone
                && is_terminal(&failure)
            {
                return Err(of_any(errors, failure));
            }
        }
    }

    async fn until_ended<O>(&self, body: impl Future<Output = O>) -> Result<O, Ended> {
        let mut body = Box::pin(body);
        std::future::poll_fn(|around| {
            let polled = body.as_mut().poll(around);
            // taken out first: the borrow must be over before the failure goes on
            let ended = self.scope().ended.borrow_mut().take();
            match ended {
                Some(failure) => Poll::Ready(Err(failure)),
                None => polled.map(Ok),
            }
        })
        .await
    }

    /// Runs a part of the body; if it ends the workflow, the failure is given back and the workflow goes on.
    pub(super) async fn unless_ended<O>(&self, part: impl Future<Output = O>) -> Result<O, Ended> {
        let mut part = Box::pin(part);
        std::future::poll_fn(|around| {
            // what another part has ended is not for this one to take back
            let was_ended = self.scope().ended.borrow().is_some();
            let polled = part.as_mut().poll(around);
            let ended = if was_ended { None } else { self.scope().ended.borrow_mut().take() };
            match ended {
                Some(failure) => Poll::Ready(Err(failure)),
                None => polled.map(Ok),
            }
        })
        .await
    }

    /// Gives the error back to the workflow's code, as a value of its type. One that nothing may catch, or that the type
    /// has no variant for, ends the workflow: no handler of it can match.
    ///
    /// # Panics
    ///
    /// Outside of a workflow, if the type has no variant for the error.
    pub(super) async fn fail<E>(&self, error: ErrorOf<E>, failure: Failure) -> E {
        if is_terminal(&failure) {
            self.end(&failure).await;
        }
        match error(failure) {
            Ok(error) => error,
            Err(failure) => {
                self.end_with(Ended { failure: failure.clone(), undoes: true }).await;
                panic!(
                    "no variant of `{}` takes the error {failure}; add one with `#[asl(other)]`",
                    std::any::type_name::<E>()
                )
            }
        }
    }

    /// Ends the workflow, and never comes back; without a workflow it has no effect.
    pub(super) async fn end(&self, failure: &Failure) {
        self.end_with(Ended { failure: failure.clone(), undoes: false }).await;
    }

    async fn end_with(&self, ended: Ended) {
        if self.scope().is_workflow.get() {
            *self.scope().ended.borrow_mut() = Some(ended);
            std::future::pending::<()>().await;
        }
    }

    pub(super) fn completed(&self, undo: Result<TaskCall, Failure>) {
        self.scope().compensations.borrow_mut().push(undo);
    }
}

/// A failure as an error of a type that takes all.
fn of_any<E>(errors: ErrorOf<E>, failure: Failure) -> E {
    match errors(failure) {
        Ok(error) => error,
        Err(failure) => unreachable!("a type that takes all errors has refused {failure}"),
    }
}
