use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use super::failure::runtime;
use super::{Ctx, Failure, LocalFuture, Projection, Retry, TaskCall};

/// A task that a task function was called for, and that runs when it is awaited.
///
/// Until then the fields of its Task state can be set. Each method has the meaning of the field that it names.
#[must_use = "a task runs only when it is awaited"]
pub struct Call<'a, T, E> {
    ctx: &'a Ctx,
    function: &'static str,
    result: Projection,
    /// Not there, if a parameter has no JSON.
    task: Result<TaskCall, Failure>,
    undo: Option<Undo<'a, T>>,
    decode: Decode<T>,
    errors: ErrorOf<E>,
}

/// How a result becomes a value. It stands for the bound of `T`, which is checked where the task is declared, so that
/// rustc complains there and not at each `.await`.
#[doc(hidden)]
pub type Decode<T> = fn(Value) -> Result<T, serde_json::Error>;
/// How an error type is made; it stands for the bound of `E`.
#[doc(hidden)]
pub type ErrorOf<E> = fn(Failure) -> Result<E, Failure>;
type Undo<'a, T> = Box<dyn FnOnce(&T) -> Result<TaskCall, Failure> + 'a>;

impl<'a, T, E> Call<'a, T, E> {
    pub(super) fn new(
        ctx: &'a Ctx,
        function: &'static str,
        result: Projection,
        task: Result<TaskCall, Failure>,
        (decode, errors): (Decode<T>, ErrorOf<E>),
    ) -> Self {
        Self { ctx, function, result, task, undo: None, decode, errors }
    }

    fn set(mut self, set: impl FnOnce(&mut TaskCall)) -> Self {
        if let Ok(call) = &mut self.task {
            set(call);
        }
        self
    }

    /// `Retry`: adds a retrier. They are asked in the order of the calls.
    pub fn retry(self, retry: Retry) -> Self {
        self.set(|call| call.retry.push(retry))
    }

    /// `TimeoutSeconds`: how long one attempt may take, a part of a second rounded up. After it the task fails with
    /// `States.Timeout`.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.set(|call| call.timeout = Some(timeout))
    }

    /// `HeartbeatSeconds`: how long the task may go without a sign of life, a part of a second rounded up. After it
    /// the task fails with `States.Timeout`, which retriers may name `States.HeartbeatTimeout` too.
    pub fn heartbeat(self, heartbeat: Duration) -> Self {
        self.set(|call| call.heartbeat = Some(heartbeat))
    }

    /// The state's name, instead of the function's in PascalCase.
    pub fn named(self, name: &str) -> Self {
        self.set(|call| name.clone_into(&mut call.state))
    }

    /// `Credentials`: the ARN of the role that the task is called with.
    pub fn credentials(self, role_arn: &str) -> Self {
        self.set(|call| call.credentials = Some(json!({ "RoleArn": role_arn })))
    }

    /// Once this task is done, a failing workflow undoes it with another task.
    ///
    /// When the workflow function returns an error, the compensations of all steps that were done run in reverse order,
    /// and then the workflow fails with that error. A compensation that fails itself, after its retries, is passed
    /// over: the steps before it are still undone.
    ///
    /// ```
    /// # use asl_core::ctx::{Call, Ctx, Failure};
    /// # #[derive(serde::Deserialize)] struct Hold { id: String }
    /// # #[derive(serde::Deserialize)] struct Payment { id: String }
    /// # struct Order { id: String, card: String }
    /// # fn reserve_stock<'a>(_: &'a Ctx, _: &str) -> Call<'a, Hold, Failure> { unimplemented!() }
    /// # fn release_stock<'a>(_: &'a Ctx, _: &str) -> Call<'a, (), Failure> { unimplemented!() }
    /// # fn charge_card<'a>(_: &'a Ctx, _: &str) -> Call<'a, Payment, Failure> { unimplemented!() }
    /// # fn refund<'a>(_: &'a Ctx, _: &str) -> Call<'a, (), Failure> { unimplemented!() }
    /// # fn ship<'a>(_: &'a Ctx, _: &str) -> Call<'a, (), Failure> { unimplemented!() }
    /// async fn buy(ctx: &Ctx, order: Order) -> Result<(), Failure> {
    ///     reserve_stock(ctx, &order.id).compensate(|hold| release_stock(ctx, &hold.id)).await?;
    ///     charge_card(ctx, &order.card).compensate(|payment| refund(ctx, &payment.id)).await?;
    ///     ship(ctx, &order.id).await // if this fails: refund, then release_stock
    /// }
    /// ```
    pub fn compensate<U, D>(mut self, undo: impl FnOnce(&T) -> Call<'a, U, D> + 'a) -> Self {
        self.undo = Some(Box::new(move |output| undo(output).task));
        self
    }
}

impl<'a, T: 'a, E: 'a> IntoFuture for Call<'a, T, E> {
    type Output = Result<T, E>;
    type IntoFuture = LocalFuture<'a, Result<T, E>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Self { ctx, function, result, task, undo, decode, errors } = self;
            let task = match task {
                Ok(task) => task,
                Err(failure) => return Err(ctx.fail(errors, failure).await),
            };
            let answer = match ctx.backend().task(task).await {
                Ok(answer) => answer,
                Err(failure) => return Err(ctx.fail(errors, failure).await),
            };
            let projected = result.apply(&answer).unwrap_or_default();
            let output = match decode(projected) {
                Ok(output) => output,
                Err(wrong) => {
                    let wanted = std::any::type_name::<T>();
                    let cause =
                        format!("the result of `{function}` is no `{wanted}`: {wrong}; it is {answer}");
                    return Err(ctx.fail(errors, runtime(cause)).await);
                }
            };
            if let Some(undo) = undo {
                ctx.completed(undo(&output));
            }
            Ok(output)
        })
    }
}

impl<T, E> fmt::Debug for Call<'_, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("function", &self.function)
            .field("task", &self.task)
            .finish_non_exhaustive()
    }
}
