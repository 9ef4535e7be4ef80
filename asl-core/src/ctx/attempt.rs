use std::fmt;

use super::{AslError, Ctx, LocalFuture, Retry};

/// Several steps that are tried again as a whole: a Parallel state with one branch.
///
/// `.retry(…)` says after which errors, as for a task; without it the steps run once, and cost no state of their own.
/// The closure runs anew for each attempt, so it can read the locals around it, but not change them: what it finds out
/// is its value.
///
/// ```
/// # use asl_core::ctx::Call;
/// # #[derive(serde::Deserialize)] struct Slot { id: String }
/// # fn find_slot<'a>(_: &'a Ctx, _: &str) -> Call<'a, Slot, Failure> { unimplemented!() }
/// # fn book<'a>(_: &'a Ctx, _: &str) -> Call<'a, String, Failure> { unimplemented!() }
/// use asl_core::ctx::{Ctx, Failure, Retry, attempt};
///
/// async fn reserve(ctx: &Ctx, day: String) -> Result<String, Failure> {
///     attempt(ctx, async || {
///         let slot = find_slot(ctx, &day).await?;
///         book(ctx, &slot.id).await
///     })
///     .retry(Retry::on("SlotTaken").max_attempts(5)) // another one may have booked it: look again
///     .await
/// }
/// ```
pub fn attempt<T, E, F>(ctx: &Ctx, body: F) -> Attempt<'_, F>
where
    E: AslError,
    F: AsyncFn() -> Result<T, E>,
{
    Attempt { ctx, body, retry: Vec::new() }
}

/// What [`attempt`] gives: set up further, and then awaited.
#[must_use = "nothing is done until it is awaited"]
pub struct Attempt<'a, F> {
    ctx: &'a Ctx,
    body: F,
    retry: Vec<Retry>,
}

impl<F> Attempt<'_, F> {
    /// `Retry`: adds a retrier. They are asked in the order of the calls.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry.push(retry);
        self
    }

    /// The state's name, instead of one made from the source. It has no effect on a native run.
    pub fn named(self, _name: &str) -> Self {
        self
    }
}

impl<'a, T, E, F> IntoFuture for Attempt<'a, F>
where
    T: 'a,
    E: AslError + 'a,
    F: AsyncFn() -> Result<T, E> + 'a,
{
    type Output = Result<T, E>;
    type IntoFuture = LocalFuture<'a, Result<T, E>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Self { ctx, body, retry } = self;
            let mut counts = vec![0; retry.len()];
            loop {
                let failure = match ctx.unless_ended(body()).await {
                    Ok(Ok(value)) => return Ok(value),
                    Ok(Err(error)) => error.into_failure(),
                    // what no type of the steps has a variant for leaves them, as it leaves a branch
                    Err(ended) => ended.failure,
                };
                let chosen = retry.iter().position(|retry| retry.matches(&failure.error));
                // the first that matches decides, even if it has no attempts left
                let Some(index) = chosen.filter(|index| counts[*index] < retry[*index].attempts()) else {
                    return Err(ctx.fail(E::from_failure, failure).await);
                };
                let delay = retry[index].delay(counts[index], || ctx.backend().jitter());
                counts[index] += 1;
                ctx.pause(delay).await;
            }
        })
    }
}

impl<F> fmt::Debug for Attempt<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("retry", &self.retry).finish_non_exhaustive()
    }
}
