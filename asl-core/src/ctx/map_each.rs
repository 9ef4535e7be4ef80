use std::ops::ControlFlow;

use super::branch::run_all;
use super::{Ctx, LocalFuture};

/// "About 40" iterations of an inline Map run at a time on AWS, whatever `MaxConcurrency` says.
const MOST_ITERATIONS: usize = 40;

/// Does the same for each item, several at a time: an inline Map state.
///
/// Awaited, it gives the results in the order of the items, or the first error in time, which stops all others.
///
/// ```
/// use asl_core::ctx::{Ctx, Failure, map_each};
///
/// async fn squares(ctx: &Ctx, numbers: Vec<u32>) -> Result<Vec<u32>, Failure> {
///     map_each(ctx, numbers, async |n| Ok(n * n)).max_concurrency(5).await
/// }
/// ```
pub fn map_each<I, U, E, F>(ctx: &Ctx, items: I, body: F) -> MapEach<'_, I, F>
where
    I: IntoIterator,
    F: AsyncFn(I::Item) -> Result<U, E>,
{
    MapEach { _ctx: ctx, items, body, max_concurrency: 0 }
}

/// What [`map_each`] gives: set up further, and then awaited.
#[derive(Debug)]
#[must_use = "nothing is done for the items until it is awaited"]
pub struct MapEach<'a, I, F> {
    _ctx: &'a Ctx,
    items: I,
    body: F,
    max_concurrency: u32,
}

impl<I, F> MapEach<'_, I, F> {
    /// `MaxConcurrency`: how many items at a time; 1 is strictly one after the other. 0, or nothing set, is as many as
    /// the service does, about 40.
    pub fn max_concurrency(self, most: u32) -> Self {
        Self { max_concurrency: most, ..self }
    }

    /// The state's name, instead of one made from the source. It has no effect on a native run.
    pub fn named(self, _name: &str) -> Self {
        self
    }
}

impl<'a, I, U, E, F> IntoFuture for MapEach<'a, I, F>
where
    I: IntoIterator + 'a,
    I::Item: 'a,
    F: AsyncFn(I::Item) -> Result<U, E> + 'a,
    U: 'a,
    E: 'a,
{
    type Output = Result<Vec<U>, E>;
    type IntoFuture = LocalFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let most = match usize::try_from(self.max_concurrency) {
                Ok(0) | Err(_) => MOST_ITERATIONS,
                Ok(most) => most.min(MOST_ITERATIONS),
            };
            let body = &self.body;
            let mut items: Vec<Option<I::Item>> = self.items.into_iter().map(Some).collect();
            let count = items.len();
            let mut values: Vec<Option<U>> = items.iter().map(|_| None).collect();
            let mut failed = None;
            run_all(
                count,
                most,
                |index| {
                    let item = items[index].take().expect("each item is begun once");
                    Box::pin(body(item)) as LocalFuture<'_, _>
                },
                |index, result| match result {
                    Ok(value) => {
                        values[index] = Some(value);
                        ControlFlow::Continue(())
                    }
                    Err(error) => {
                        failed = Some(error);
                        ControlFlow::Break(())
                    }
                },
            )
            .await;
            match failed {
                Some(error) => Err(error),
                None => Ok(values.into_iter().flatten().collect()),
            }
        })
    }
}
