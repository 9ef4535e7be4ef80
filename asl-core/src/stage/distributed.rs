//! Distributed Map: the same functions and methods as those of [`ctx`](crate::ctx), over expressions.

use std::marker::PhantomData;

use super::{Listed, Returns, Stage, Work};
use crate::ctx::{All, Batched, Collected, Each, Exported, Failure};
use crate::expr::{AslData, AslError, Expr, tree};
use crate::flow::{Batches, Distributed, Effect, EffectKind, Local, Map, Name, Reader, Writer};
use crate::model::{CsvHeaderLocation, ExecutionType, InputType, ReaderConfig, Static, ValueOrPath};
use crate::syntax::jsonata::Expression;

/// The item, what a child gets, and what comes out.
type Types<T, S, C> = PhantomData<fn() -> (T, S, C)>;

/// A Distributed Map that is being set up.
#[derive(Debug)]
#[must_use]
pub struct DistributedMap<T, S, C> {
    label: String,
    items: Option<Expression>,
    max_concurrency: Option<Expression>,
    settings: Distributed,
    types: Types<T, S, C>,
}

/// An item, and what the workflow gives to all of them.
#[derive(Debug, Clone)]
pub struct MapItem<I: AslData, T: AslData> {
    /// What `run` was given.
    pub input: Expr<I>,
    /// The item.
    pub item: Expr<T>,
}

/// Items, and what the workflow gives to all batches.
#[derive(Debug, Clone)]
pub struct Batch<I: AslData, T: AslData> {
    /// What `run` was given.
    pub input: Expr<I>,
    /// The items.
    pub items: Expr<Vec<T>>,
}

/// What the body gets.
pub trait Given<T: AslData> {
    /// An item or a batch, with the input.
    type Given<I: AslData>;

    #[doc(hidden)]
    fn given<I: AslData>(input: Expr<I>, item: Expression, is_read: bool) -> Self::Given<I>;
}

impl<T: AslData> Given<T> for Each {
    type Given<I: AslData> = MapItem<I, T>;

    fn given<I: AslData>(input: Expr<I>, item: Expression, is_read: bool) -> MapItem<I, T> {
        let item = Expr::from_tree(item);
        MapItem { input, item: if is_read { own_fields(item) } else { item } }
    }
}

impl<T: AslData> Given<T> for Batched {
    type Given<I: AslData> = Batch<I, T>;

    fn given<I: AslData>(input: Expr<I>, item: Expression, is_read: bool) -> Batch<I, T> {
        let items: Expr<Vec<T>> = Expr::from_tree(item.clone());
        let has_others = T::rebuilt(item.clone()) != item;
        Batch {
            input,
            items: if is_read && has_others { items.iter().map(own_fields).collect() } else { items },
        }
    }
}

/// A value without the fields that its type does not have: what is read has more, such as the size of an object.
fn own_fields<T: AslData>(value: Expr<T>) -> Expr<T> {
    Expr::from_tree(T::rebuilt(value.into_tree()))
}

/// What the Map gives, if a child gives a `U`.
pub trait Gives {
    /// Data, as far as it is data.
    type Output<U: AslData>: AslData;
}

impl Gives for All {
    type Output<U: AslData> = Vec<U>;
}

impl Gives for crate::ctx::Tolerant {
    type Output<U: AslData> = serde_json::Value;
}

impl Gives for Exported {
    type Output<U: AslData> = crate::ctx::MapRun;
}

fn map<T>(label: &str, items: Option<Expression>, reader: Option<Reader>) -> DistributedMap<T, Each, All> {
    let mut settings = Distributed::new(ExecutionType::Standard);
    settings.reader = reader;
    // "A Label is at most 40 characters", and it is part of an ARN
    let usable = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let short: String = label.chars().filter(usable).take(40).collect();
    settings.label = (!short.is_empty()).then_some(short);
    DistributedMap { label: label.to_owned(), items, max_concurrency: None, settings, types: PhantomData }
}

fn from_object<T>(
    label: &str,
    bucket: Expr<String>,
    key: Expr<String>,
    input_type: InputType,
) -> DistributedMap<T, Each, All> {
    let csv_header_location =
        matches!(input_type, InputType::Csv).then_some(Static::Literal(CsvHeaderLocation::FirstRow));
    let config = ReaderConfig {
        input_type: Some(Static::Literal(input_type)),
        csv_header_location,
        ..ReaderConfig::default()
    };
    let arguments = tree::object([("Bucket", bucket.into_value()), ("Key", key.into_value())]);
    let resource = "arn:aws:states:::s3:getObject".to_owned();
    map(label, None, Some(Reader { resource, config: Some(config), arguments }))
}

/// A child execution for each of these items.
pub fn items<T: AslData>(label: &str, items: impl Listed<Item = T>) -> DistributedMap<T, Each, All> {
    map(label, Some(items.listed().into_value()), None)
}

/// For each object of a bucket whose key begins with the prefix.
pub fn s3_objects<T>(
    label: &str,
    bucket: Expr<String>,
    prefix: Expr<String>,
) -> DistributedMap<T, Each, All> {
    let arguments = tree::object([("Bucket", bucket.into_value()), ("Prefix", prefix.into_value())]);
    let resource = "arn:aws:states:::s3:listObjectsV2".to_owned();
    map(label, None, Some(Reader { resource, config: None, arguments }))
}

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident $type:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<T>(label: &str, bucket: Expr<String>, key: Expr<String>) -> DistributedMap<T, Each, All> {
            from_object(label, bucket, key, InputType::$type)
        }
    )* };
}

formats! {
    /// For each row of a CSV file.
    csv Csv;
    /// For each element of a JSON array.
    json_items Json;
    /// For each line of a JSON Lines file.
    json_lines JsonLines;
    /// For each row of a Parquet file.
    parquet Parquet;
    /// For each object of an inventory.
    manifest Manifest;
}

impl<T: AslData, S, C> DistributedMap<T, S, C> {
    fn with_types<S2, C2>(self) -> DistributedMap<T, S2, C2> {
        let Self { label, items, max_concurrency, settings, .. } = self;
        DistributedMap { label, items, max_concurrency, settings, types: PhantomData }
    }

    /// `MaxItemsPerBatch`.
    pub fn batches_of(mut self, items: Expr<usize>) -> DistributedMap<T, Batched, C> {
        self.settings.batches = Some(Batches { max_items: Some(items.into_tree()), max_bytes: None });
        self.with_types()
    }

    /// `MaxConcurrency`.
    pub fn max_concurrency(mut self, most: Expr<usize>) -> Self {
        self.max_concurrency = Some(most.into_tree());
        self
    }

    /// `MaxItems`, known when the definition is written.
    pub fn max_items(mut self, most: usize) -> Self {
        if let Some(reader) = &mut self.settings.reader {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            reader.config.get_or_insert_default().max_items =
                Some(ValueOrPath::Value(crate::model::Dynamic::Literal(most)));
        }
        self
    }

    /// `ResultWriter`.
    pub fn results_to(
        mut self,
        bucket: Expr<String>,
        prefix: Expr<String>,
    ) -> DistributedMap<T, S, Exported> {
        let arguments = tree::object([("Bucket", bucket.into_value()), ("Prefix", prefix.into_value())]);
        let target = Some(("arn:aws:states:::s3:putObject".to_owned(), arguments));
        self.settings.writer = Some(Writer { target, config: None });
        self.with_types()
    }
}

impl<T: AslData, S, C: Collected> DistributedMap<T, S, C> {
    /// `ToleratedFailurePercentage`.
    pub fn tolerate_percent(mut self, percentage: Expr<f64>) -> DistributedMap<T, S, C::Tolerating> {
        self.settings.tolerated_failure_percentage = Some(percentage.into_tree());
        self.with_types()
    }

    /// `ToleratedFailureCount`.
    pub fn tolerate_count(mut self, count: Expr<usize>) -> DistributedMap<T, S, C::Tolerating> {
        self.settings.tolerated_failure_count = Some(count.into_tree());
        self.with_types()
    }
}

impl Stage {
    /// What a child is given, in its block, which begins here; and where its item stands.
    pub fn given<T: AslData, S: Given<T>, C, I: AslData>(
        &mut self,
        map: &DistributedMap<T, S, C>,
        input: &Expr<I>,
        name: &str,
    ) -> (S::Given<I>, Local) {
        let local = self.local(name);
        let item = local.expression();
        self.begin();
        (S::given(input.clone(), item, map.settings.reader.is_some()), local)
    }

    /// A child execution for each item or batch, with the block that was begun last.
    pub fn run<T: AslData, S, C: Gives, U: AslData, E: AslError>(
        &mut self,
        map: DistributedMap<T, S, C>,
        item: Local,
        _: Returns<U, E>,
    ) -> Work<C::Output<U>, Failure> {
        let body = self.end();
        let DistributedMap { label, items, max_concurrency, settings, .. } = map;
        let map = Map { items, item, index: None, body, max_concurrency, distributed: Some(settings) };
        let mut effect = Effect::new(EffectKind::Map(Box::new(map)));
        effect.name = Name::Suggested(label);
        Work::of_effect("results", effect)
    }
}
