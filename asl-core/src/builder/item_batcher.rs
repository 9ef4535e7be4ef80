use std::marker::PhantomData;

use crate::model;

use super::{IntoTemplate, Language, setters};

setters::builder! {
    /// How many items one child execution of a Distributed [`Map`](super::Map) gets. At least one of the two limits is
    /// required.
    ///
    /// See [ItemBatcher](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemBatcher, path, template};
    /// use serde_json::json;
    /// let batcher = ItemBatcher::new().max_items_per_batch(100).batch_input(template().set("run", path("$.run")));
    /// assert_eq!(json!(batcher), json!({"MaxItemsPerBatch": 100, "BatchInput": {"run.$": "$.run"}}));
    /// ```
    pub struct ItemBatcher<L>(model::ItemBatcher);
}

impl<L: Language> ItemBatcher<L> {
    /// A batcher without limits, of which it needs one.
    ///
    /// ```
    /// use asl_core::jsonpath::ItemBatcher;
    /// let batcher = ItemBatcher::new().max_items_per_batch(10);
    /// assert_eq!(serde_json::json!(batcher), serde_json::json!({"MaxItemsPerBatch": 10}));
    /// ```
    pub fn new() -> Self {
        Self::from_model(model::ItemBatcher::default())
    }

    setters::value! {
        /// Sets `MaxItemsPerBatch`: at least 1.
        ///
        /// ```
        /// use asl_core::jsonata::{ItemBatcher, jsonata};
        /// let batcher = ItemBatcher::new().max_items_per_batch(jsonata("$size"));
        /// assert_eq!(serde_json::json!(batcher)["MaxItemsPerBatch"], "{% $size %}");
        /// ```
        max_items_per_batch: i64 = "MaxItemsPerBatch", "an integer"
    }

    setters::value! {
        /// Sets `MaxInputBytesPerBatch`: 1 to 262,144 bytes.
        ///
        /// ```
        /// use asl_core::jsonpath::ItemBatcher;
        /// let batcher = ItemBatcher::new().max_input_bytes_per_batch(131_072);
        /// assert_eq!(serde_json::json!(batcher)["MaxInputBytesPerBatch"], 131_072);
        /// ```
        max_input_bytes_per_batch: i64 = "MaxInputBytesPerBatch", "an integer"
    }

    /// Sets `BatchInput`: what every batch gets beside its items, as a payload.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemBatcher, path, template};
    /// let batcher = ItemBatcher::new().max_items_per_batch(10).batch_input(template().set("run", path("$.run")));
    /// assert_eq!(serde_json::json!(batcher)["BatchInput"]["run.$"], "$.run");
    /// ```
    pub fn batch_input(mut self, input: impl IntoTemplate<L>) -> Self {
        self.inner.batch_input = Some(input.into_template());
        self
    }
}

/// What JSONPath alone has.
impl<L: Language> ItemBatcher<L> {
    setters::path_in_place! {
        /// Sets `MaxItemsPerBatchPath`: where in the input the number stands, in place of `MaxItemsPerBatch`.
        ///
        /// ```
        /// use asl_core::jsonpath::ItemBatcher;
        /// let batcher = ItemBatcher::new().max_items_per_batch_path("$.size");
        /// assert_eq!(serde_json::json!(batcher)["MaxItemsPerBatchPath"], "$.size");
        /// ```
        max_items_per_batch_path max_items_per_batch
    }

    setters::path_in_place! {
        /// Sets `MaxInputBytesPerBatchPath`: where in the input the number stands, in place of
        /// `MaxInputBytesPerBatch`.
        ///
        /// ```
        /// use asl_core::jsonpath::ItemBatcher;
        /// let batcher = ItemBatcher::new().max_input_bytes_per_batch_path("$.size");
        /// assert_eq!(serde_json::json!(batcher)["MaxInputBytesPerBatchPath"], "$.size");
        /// ```
        max_input_bytes_per_batch_path max_input_bytes_per_batch
    }
}

impl<L: Language> Default for ItemBatcher<L> {
    fn default() -> Self {
        Self::new()
    }
}
