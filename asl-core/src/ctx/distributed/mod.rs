//! Distributed Map: child executions for very many items.

mod shape;
mod collected;
mod exported;
mod run;

pub use collected::{All, Collected, Exported, MapRun, ResultWriterDetails, Tolerant};
pub use shape::{Batch, Batched, Each, MapItem, Shape};

use crate::ctx::failure::runtime;
use std::marker::PhantomData;

use serde::Serialize;
use serde_json::Value;

use super::{Ctx, Failure, ItemFormat, ItemSource};

/// A Distributed Map that is being set up; [`run`](Self::run) begins it.
///
/// `T` is an item, `S` says whether a child gets one or a batch, `C` what comes out. A method that changes what the body
/// gets, or what comes out, changes the type.
#[derive(Debug)]
#[must_use = "a Distributed Map does nothing until it is run"]
pub struct DistributedMap<'a, T, S, C> {
    ctx: &'a Ctx,
    label: String,
    /// Not there, if an item has no JSON.
    source: Result<ItemSource, Failure>,
    batch: usize,
    max_items: Option<usize>,
    max_concurrency: usize,
    tolerated_percentage: Option<f64>,
    tolerated_count: Option<usize>,
    writer: Option<(String, String)>,
    types: Types<T, S, C>,
}

/// Types that are only spoken of.
type Types<T, S, C> = PhantomData<fn() -> (T, S, C)>;

/// Children up to here run at the same time on AWS, whatever `MaxConcurrency` says.
const MOST_CHILDREN: usize = 10_000;

fn map<'a, T>(
    ctx: &'a Ctx,
    label: &str,
    source: Result<ItemSource, Failure>,
) -> DistributedMap<'a, T, Each, All> {
    DistributedMap {
        ctx,
        label: label.to_owned(),
        source,
        batch: 1,
        max_items: None,
        max_concurrency: MOST_CHILDREN,
        tolerated_percentage: None,
        tolerated_count: None,
        writer: None,
        types: PhantomData,
    }
}

fn object<'a, T>(
    ctx: &'a Ctx,
    label: &str,
    bucket: &str,
    key: &str,
    format: ItemFormat,
) -> DistributedMap<'a, T, Each, All> {
    map(ctx, label, Ok(ItemSource::Object { bucket: bucket.to_owned(), key: key.to_owned(), format }))
}

/// A child execution for each of these items. `label` is the Map's `Label`, and its state's name.
pub fn items<'a, T: Serialize>(
    ctx: &'a Ctx,
    label: &str,
    items: impl IntoIterator<Item = T>,
) -> DistributedMap<'a, T, Each, All> {
    let items: Result<Vec<Value>, _> = items.into_iter().map(serde_json::to_value).collect();
    let no_json = |error| runtime(format!("an item of `{label}` has no JSON: {error}"));
    map(ctx, label, items.map(ItemSource::Items).map_err(no_json))
}

/// For each object of a bucket whose key begins with the prefix. An item has `Etag`, `Key`, `LastModified` (seconds
/// since 1970), `Size` and `StorageClass`.
pub fn s3_objects<'a, T>(
    ctx: &'a Ctx,
    label: &str,
    bucket: &str,
    prefix: &str,
) -> DistributedMap<'a, T, Each, All> {
    map(ctx, label, Ok(ItemSource::Objects { bucket: bucket.to_owned(), prefix: prefix.to_owned() }))
}

/// For each row of a CSV file in a bucket. The first row names the columns; every value is a text.
pub fn csv<'a, T>(ctx: &'a Ctx, label: &str, bucket: &str, key: &str) -> DistributedMap<'a, T, Each, All> {
    object(ctx, label, bucket, key, ItemFormat::Csv)
}

/// For each element of the array that a JSON file in a bucket is.
pub fn json_items<'a, T>(
    ctx: &'a Ctx,
    label: &str,
    bucket: &str,
    key: &str,
) -> DistributedMap<'a, T, Each, All> {
    object(ctx, label, bucket, key, ItemFormat::Json(None))
}

/// For each line of a JSON Lines file in a bucket.
pub fn json_lines<'a, T>(
    ctx: &'a Ctx,
    label: &str,
    bucket: &str,
    key: &str,
) -> DistributedMap<'a, T, Each, All> {
    object(ctx, label, bucket, key, ItemFormat::JsonLines)
}

/// For each row of a Parquet file in a bucket.
pub fn parquet<'a, T>(
    ctx: &'a Ctx,
    label: &str,
    bucket: &str,
    key: &str,
) -> DistributedMap<'a, T, Each, All> {
    object(ctx, label, bucket, key, ItemFormat::Parquet)
}

/// For each object of an inventory of S3, which its manifest in a bucket names.
pub fn manifest<'a, T>(
    ctx: &'a Ctx,
    label: &str,
    bucket: &str,
    key: &str,
) -> DistributedMap<'a, T, Each, All> {
    object(ctx, label, bucket, key, ItemFormat::Manifest)
}

impl<'a, T, S, C> DistributedMap<'a, T, S, C> {
    fn with_types<S2, C2>(self) -> DistributedMap<'a, T, S2, C2> {
        let Self { ctx, label, source, batch, max_items, max_concurrency, .. } = self;
        let Self { tolerated_percentage, tolerated_count, writer, .. } = self;
        DistributedMap {
            ctx,
            label,
            source,
            batch,
            max_items,
            max_concurrency,
            tolerated_percentage,
            tolerated_count,
            writer,
            types: PhantomData,
        }
    }

    /// `MaxItemsPerBatch`: a child gets so many items at a time, as a [`Batch`].
    pub fn batches_of(mut self, items: usize) -> DistributedMap<'a, T, Batched, C> {
        self.batch = items.max(1);
        self.with_types()
    }

    /// `MaxConcurrency`: how many children at a time; 0, or nothing set, is as many as the service does, 10,000.
    pub fn max_concurrency(self, most: usize) -> Self {
        let most = if most == 0 { MOST_CHILDREN } else { most.min(MOST_CHILDREN) };
        Self { max_concurrency: most, ..self }
    }

    /// `MaxItems`: at most so many items are read; 0 is no limit.
    pub fn max_items(self, most: usize) -> Self {
        Self { max_items: (most > 0).then_some(most), ..self }
    }

    /// `ResultWriter`: the results are written there, and the Map gives a [`MapRun`].
    pub fn results_to(mut self, bucket: &str, prefix: &str) -> DistributedMap<'a, T, S, Exported> {
        self.writer = Some((bucket.to_owned(), prefix.to_owned()));
        self.with_types()
    }
}

impl<'a, T, S, C: Collected> DistributedMap<'a, T, S, C> {
    /// `ToleratedFailurePercentage`: the Map fails when more of the items than this, of 100, failed.
    ///
    /// In a test the results are a `Vec<Result<U, Failure>>`. As states nothing is known of them, so that a workflow
    /// cannot read them: write them with [`results_to`](Self::results_to), or let the body handle its errors and give data.
    pub fn tolerate_percent(mut self, percentage: f64) -> DistributedMap<'a, T, S, C::Tolerating> {
        self.tolerated_percentage = Some(percentage);
        self.with_types()
    }

    /// `ToleratedFailureCount`: the Map fails when more items than this failed.
    pub fn tolerate_count(mut self, count: usize) -> DistributedMap<'a, T, S, C::Tolerating> {
        self.tolerated_count = Some(count);
        self.with_types()
    }
}
