use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use serde_json::{Value, json};

use super::failure::runtime;
use super::{Ctx, Failure, LocalFuture, Projection, Retry, TaskCall};

/// A task that a task function was called for, and that runs when it is awaited.
///
/// Until then the fields of its Task state can be set. Each method has the meaning of the field that it names.
#[must_use = "a task runs only when it is awaited"]
pub struct Call<'a, T, E> {
    /// Not there any more when it has begun.
    settings: Option<Box<Settings<'a, T, E>>>,
    running: Option<LocalFuture<'a, Result<T, E>>>,
}

struct Settings<'a, T, E> {
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
        let settings = Settings { ctx, function, result, task, undo: None, decode, errors };
        Self { settings: Some(Box::new(settings)), running: None }
    }

    fn set(mut self, set: impl FnOnce(&mut TaskCall)) -> Self {
        if let Some(settings) = &mut self.settings
            && let Ok(call) = &mut settings.task
        {
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
        if let Some(settings) = &mut self.settings {
            settings.undo = Some(Box::new(move |output| match undo(output).settings {
                Some(undo) => undo.task,
                None => Err(runtime("what undoes a step had begun before the step was undone".to_owned())),
            }));
        }
        self
    }
}

impl<'a, T: 'a, E: 'a> Settings<'a, T, E> {
    async fn run(self) -> Result<T, E> {
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
                let cause = format!("the result of `{function}` is no `{wanted}`: {wrong}; it is {answer}");
                return Err(ctx.fail(errors, runtime(cause)).await);
            }
        };
        if let Some(undo) = undo {
            ctx.completed(undo(&output));
        }
        Ok(output)
    }
}

/// A future itself, since each type that rustc meets in a workflow's coroutine costs it.
impl<'a, T: 'a, E: 'a> Future for Call<'a, T, E> {
    type Output = Result<T, E>;

    fn poll(self: Pin<&mut Self>, around: &mut Context<'_>) -> Poll<Result<T, E>> {
        let call = self.get_mut();
        if let Some(settings) = call.settings.take() {
            call.running = Some(Box::pin(settings.run()));
        }
        match &mut call.running {
            Some(running) => running.as_mut().poll(around),
            None => Poll::Pending,
        }
    }
}

impl<T, E> fmt::Debug for Call<'_, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Call");
        if let Some(settings) = &self.settings {
            debug.field("function", &settings.function).field("task", &settings.task);
        }
        debug.finish_non_exhaustive()
    }
}
