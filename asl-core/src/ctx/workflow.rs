//! The run of one workflow function: what ends it, and what undoes its steps.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::task::Poll;

use super::failure::is_terminal;
use super::{AslError, Ctx, Failure, TaskCall};

/// What belongs to one run of a workflow function.
#[derive(Default)]
pub(super) struct Scope {
    /// Whether there is a workflow that can be ended.
    is_workflow: Cell<bool>,
    /// What undoes the steps that are done, in their order.
    compensations: RefCell<Vec<Result<TaskCall, Failure>>>,
    /// What ends the workflow from within, past all handlers.
    ended: RefCell<Option<Failure>>,
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("ended", &self.ended.borrow()).finish_non_exhaustive()
    }
}

impl Ctx {
    /// Runs the body of a workflow function: what `#[state_machine]` puts around it.
    ///
    /// The body gets a handle of its own. If it returns an error, the compensations of the steps that it did run in
    /// reverse. An error that nothing catches in a definition (`States.Runtime`, and `States.DataLimitExceeded` where no
    /// variant names it) ends the workflow at once, past its `match`es, and without compensations.
    ///
    /// # Errors
    ///
    /// The error that the body returns, or the one that ended it.
    ///
    /// # Panics
    ///
    /// If the execution fails with an error for which `E` has no variant.
    pub async fn workflow<T, E: AslError>(
        &self,
        body: impl AsyncFnOnce(&Ctx) -> Result<T, E>,
    ) -> Result<T, E> {
        let ctx = self.fresh();
        ctx.scope().is_workflow.set(true);
        let result = ctx.until_ended(body(&ctx)).await;
        let error = match result {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => error,
            Err(failure) => return Err(error_of(failure)),
        };
        loop {
            let Some(step) = ctx.scope().compensations.borrow_mut().pop() else { return Err(error) };
            // one that fails itself stops neither those before it nor the error
            if let Ok(call) = step {
                let _ = ctx.backend().task(call).await;
            }
        }
    }

    async fn until_ended<O>(&self, body: impl Future<Output = O>) -> Result<O, Failure> {
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

    /// The error as the workflow's code sees it; one that nothing may catch ends the workflow instead.
    pub(super) async fn fail<T, E: AslError>(&self, failure: Failure) -> Result<T, E> {
        if is_terminal::<E>(&failure) {
            self.end(&failure).await;
        }
        match E::from_failure(failure) {
            Ok(error) => Err(error),
            // no Catcher is for it
            Err(failure) => {
                self.end(&failure).await;
                Err(error_of(failure))
            }
        }
    }

    /// Ends the workflow, and never comes back; without a workflow it has no effect.
    pub(super) async fn end(&self, failure: &Failure) {
        if self.scope().is_workflow.get() {
            *self.scope().ended.borrow_mut() = Some(failure.clone());
            std::future::pending::<()>().await;
        }
    }

    pub(super) fn completed(&self, undo: Result<TaskCall, Failure>) {
        self.scope().compensations.borrow_mut().push(undo);
    }
}

/// The error as a value of the type that the workflow fails with.
fn error_of<E: AslError>(failure: Failure) -> E {
    E::from_failure(failure).unwrap_or_else(|failure| {
        panic!(
            "the execution fails with `{}`, for which `{}` has no variant: add one with `#[asl(other)]`; {}",
            failure.error,
            std::any::type_name::<E>(),
            failure.cause
        )
    })
}
