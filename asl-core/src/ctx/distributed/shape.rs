use serde::Serialize;
use serde_json::{Value, json};

/// What one child execution of a Distributed Map is given: one item, or a batch.
pub trait Shape {
    /// What the body gets.
    type Given<I, T>;

    /// The children's items.
    #[doc(hidden)]
    fn split(items: Vec<Value>, batch: usize) -> Vec<Vec<Value>>;

    /// The child's input in JSON.
    #[doc(hidden)]
    fn input<I: Serialize>(input: &I, items: &[Value]) -> Value;

    /// What the body gets for its items; nothing, if there is none.
    #[doc(hidden)]
    fn given<I, T>(input: I, items: Vec<T>) -> Option<Self::Given<I, T>>;
}

/// An item, and what the workflow gave to all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct MapItem<I, T> {
    /// What `run` was given.
    pub input: I,
    /// The item.
    pub item: T,
}

/// Items, and what the workflow gave to all batches.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch<I, T> {
    /// What `run` was given: `BatchInput`.
    pub input: I,
    /// The items: `Items`.
    pub items: Vec<T>,
}

/// A child execution for each item.
#[derive(Debug)]
pub enum Each {}

/// A child execution for so many items at a time: `ItemBatcher`.
#[derive(Debug)]
pub enum Batched {}

impl Shape for Each {
    type Given<I, T> = MapItem<I, T>;

    fn split(items: Vec<Value>, _: usize) -> Vec<Vec<Value>> {
        items.into_iter().map(|item| vec![item]).collect()
    }

    fn input<I: Serialize>(input: &I, items: &[Value]) -> Value {
        json!({ "input": input, "item": items.first() })
    }

    fn given<I, T>(input: I, items: Vec<T>) -> Option<MapItem<I, T>> {
        items.into_iter().next().map(|item| MapItem { input, item })
    }
}

impl Shape for Batched {
    type Given<I, T> = Batch<I, T>;

    fn split(items: Vec<Value>, batch: usize) -> Vec<Vec<Value>> {
        items.chunks(batch.max(1)).map(<[Value]>::to_vec).collect()
    }

    fn input<I: Serialize>(input: &I, items: &[Value]) -> Value {
        json!({ "BatchInput": input, "Items": items })
    }

    fn given<I, T>(input: I, items: Vec<T>) -> Option<Batch<I, T>> {
        Some(Batch { input, items })
    }
}
