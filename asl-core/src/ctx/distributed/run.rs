use crate::ctx::failure::runtime;
use std::ops::ControlFlow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::branch::run_all;
use super::super::{AslError, ChildResult, Ctx, Failure, LocalFuture};
use super::{Collected, DistributedMap, Shape};

impl<'a, T: DeserializeOwned, S: Shape, C: Collected> DistributedMap<'a, T, S, C> {
    /// Runs a child execution for each item or batch, and gives what came of them.
    ///
    /// A child is an execution of its own: it sees nothing of the workflow but `input`, which is given to each, and it
    /// has a handle of its own.
    ///
    /// # Errors
    ///
    /// `States.ExceedToleratedFailureThreshold`, if more children failed than are tolerated, by default if one did;
    /// `States.ItemReaderFailed`, `States.ResultWriterFailed`. As every child may fail with another error, those are
    /// seen in the results only.
    pub async fn run<I, U, E, F>(self, input: I, body: F) -> Result<C::Output<U>, Failure>
    where
        I: Serialize + Clone,
        U: Serialize,
        E: AslError,
        F: AsyncFn(&Ctx, S::Given<I, T>) -> Result<U, E>,
    {
        let result = self.results(input, body).await;
        match result {
            Ok(output) => Ok(output),
            Err((ctx, failure)) => Err(ctx.fail(Failure::from_failure, failure).await),
        }
    }

    async fn results<I, U, E, F>(self, input: I, body: F) -> Result<C::Output<U>, (&'a Ctx, Failure)>
    where
        I: Serialize + Clone,
        U: Serialize,
        E: AslError,
        F: AsyncFn(&Ctx, S::Given<I, T>) -> Result<U, E>,
    {
        let ctx = self.ctx;
        let of_ctx = |failure| (ctx, failure);
        let source = self.source.as_ref().map_err(|failure| of_ctx(failure.clone()))?;
        let mut items = ctx.backend().items(source).await.map_err(of_ctx)?;
        items.truncate(self.max_items.unwrap_or(usize::MAX));
        let total = items.len();
        let groups = S::split(items, self.batch);
        let (label, groups, input, body) = (&self.label, &groups, &input, &body);

        let mut children: Vec<Option<Result<U, Failure>>> = groups.iter().map(|_| None).collect();
        let mut failed = 0;
        run_all(
            groups.len(),
            self.max_concurrency,
            |index| {
                let child = Ctx::new(ctx.backend().child(label, index));
                Box::pin(async move {
                    run_child::<T, S, I, U, E, F>(&child, label, input, &groups[index], body).await
                }) as LocalFuture<'_, _>
            },
            |index, result: Result<U, Failure>| {
                if result.is_err() {
                    failed += groups[index].len();
                }
                children[index] = Some(result);
                if self.tolerates(failed, total) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            },
        )
        .await;
        if !self.tolerates(failed, total) {
            return Err(of_ctx(Failure::new(
                "States.ExceedToleratedFailureThreshold",
                "The specified tolerated failure threshold was exceeded",
            )));
        }
        let children: Vec<Result<U, Failure>> = children.into_iter().flatten().collect();
        let written = match &self.writer {
            Some((bucket, prefix)) => {
                let results = children.iter().zip(groups).map(|(result, items)| ChildResult {
                    input: S::input(input, items),
                    output: result
                        .as_ref()
                        .map(|output| serde_json::to_value(output).unwrap_or_default())
                        .map_err(Clone::clone),
                });
                let results = results.collect();
                Some(ctx.backend().results(label, bucket, prefix, results).await.map_err(of_ctx)?)
            }
            None => None,
        };
        C::collect(children, written).map_err(of_ctx)
    }

    /// A breach of either limit fails the Map; without limits, any failure does.
    fn tolerates(&self, failed: usize, total: usize) -> bool {
        if failed == 0 {
            return true;
        }
        #[expect(clippy::cast_precision_loss, reason = "there are no 2^53 items")]
        let percentage = failed as f64 * 100.0 / total as f64;
        let is_within_count = self.tolerated_count.is_none_or(|most| failed <= most);
        let is_within_percentage = self.tolerated_percentage.is_none_or(|most| percentage <= most);
        let has_limit = self.tolerated_count.is_some() || self.tolerated_percentage.is_some();
        has_limit && is_within_count && is_within_percentage
    }
}

async fn run_child<T, S, I, U, E, F>(
    ctx: &Ctx,
    label: &str,
    input: &I,
    items: &[Value],
    body: &F,
) -> Result<U, Failure>
where
    T: DeserializeOwned,
    S: Shape,
    I: Serialize + Clone,
    E: AslError,
    F: AsyncFn(&Ctx, S::Given<I, T>) -> Result<U, E>,
{
    let items: Result<Vec<T>, _> = items.iter().map(T::deserialize).collect();
    let items = items.map_err(|error| {
        runtime(format!("an item of `{label}` is no `{}`: {error}", std::any::type_name::<T>()))
    })?;
    let Some(given) = S::given(input.clone(), items) else {
        return Err(runtime(format!("a child of `{label}` has no item")));
    };
    ctx.workflow(async |ctx: &Ctx| body(ctx, given).await.map_err(E::into_failure)).await
}
