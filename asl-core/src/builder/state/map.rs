use std::marker::PhantomData;

use serde_json::Number;

use crate::builder::{
    IntoPayload, IntoTemplate, IntoTransition, IsJsonPath, IsJsonata, ItemBatcher, ItemProcessor, ItemReader,
    Language, ResultWriter, setters,
};
use crate::model::state::Processor;
use crate::model::{self, Extra, Path, Transition};

/// A Map state for the examples of shared setters.
macro_rules! shared {
    ($setter:ident $(, $what:literal)?) => {
        setters::$setter!(
            "Map::new(ItemProcessor::single(\"Each\", Succeed::new()), end())" $(, $what)?
        );
    };
}

setters::state_builder! {
    /// A Map state: runs a machine for each item of an array.
    ///
    /// See [Map State](https://states-language.net/#map-state).
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemProcessor, Map, Task, end};
    /// use serde_json::json;
    /// let each = ItemProcessor::single("ProcessOrder", Task::lambda("${ProcessOrderArn}", end())).inline();
    /// let orders = Map::new(each, end()).items_path("$.orders").max_concurrency(10);
    /// assert_eq!(json!(orders)["ItemProcessor"]["ProcessorConfig"]["Mode"], "INLINE");
    /// assert_eq!(json!(orders)["MaxConcurrency"], 10);
    /// ```
    pub struct Map<L>(model::state::Map);
}

impl<L: Language> Map<L> {
    /// A state that runs the processor for each item of its input.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};
    /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end());
    /// assert_eq!(serde_json::json!(map)["ItemProcessor"]["StartAt"], "Each");
    /// ```
    pub fn new(processor: ItemProcessor, transition: impl IntoTransition) -> Self {
        Self::with_processor(Processor::ItemProcessor(processor.into()), transition.into_transition())
    }

    /// A state whose processor stands under its older name `Iterator`, to write a definition as it was.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};
    /// let map = Map::with_iterator(ItemProcessor::single("Each", Succeed::new()), end());
    /// assert_eq!(serde_json::json!(map)["Iterator"]["StartAt"], "Each");
    /// ```
    pub fn with_iterator(processor: ItemProcessor, transition: impl IntoTransition) -> Self {
        Self::with_processor(Processor::Iterator(processor.into()), transition.into_transition())
    }

    const fn with_processor(processor: Processor, transition: Transition) -> Self {
        Self::from_model(model::state::Map {
            comment: None,
            query_language: None,
            input_path: None,
            items: None,
            items_path: None,
            item_reader: None,
            item_selector: None,
            parameters: None,
            item_batcher: None,
            max_concurrency: None,
            processor: Some(processor),
            tolerated_failure_count: None,
            tolerated_failure_percentage: None,
            label: None,
            result_writer: None,
            result_selector: None,
            result_path: None,
            output_path: None,
            assign: None,
            output: None,
            retry: None,
            catch: None,
            transition,
            extra: Extra::new(),
        })
    }

    shared!(comment);

    /// Sets `ItemSelector`: what an iteration is given, as a payload; the item if not set.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, context, end, template};
    /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end())
    ///     .item_selector(template().set("order", context("Map.Item.Value")));
    /// assert_eq!(serde_json::json!(map)["ItemSelector"]["order.$"], "$$.Map.Item.Value");
    /// ```
    pub fn item_selector(mut self, selector: impl IntoTemplate<L>) -> Self {
        self.inner.item_selector = Some(selector.into_template());
        self
    }

    /// Sets `ItemReader`: items from S3. Distributed only.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemProcessor, ItemReader, Map, Succeed, end};
    /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end())
    ///     .item_reader(ItemReader::s3_objects("photos"));
    /// assert_eq!(serde_json::json!(map)["ItemReader"]["Parameters"]["Bucket"], "photos");
    /// ```
    pub fn item_reader(mut self, reader: ItemReader<L>) -> Self {
        self.inner.item_reader = Some(reader.into());
        self
    }

    /// Sets `ItemBatcher`: several items for one child execution. Distributed only.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemBatcher, ItemProcessor, Map, Succeed, end};
    /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end())
    ///     .item_batcher(ItemBatcher::new().max_items_per_batch(100));
    /// assert_eq!(serde_json::json!(map)["ItemBatcher"]["MaxItemsPerBatch"], 100);
    /// ```
    pub fn item_batcher(mut self, batcher: ItemBatcher<L>) -> Self {
        self.inner.item_batcher = Some(batcher.into());
        self
    }

    /// Sets `ResultWriter`: results to S3. Distributed only.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemProcessor, Map, ResultWriter, Succeed, end};
    /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end())
    ///     .result_writer(ResultWriter::s3("results").prefix("orders"));
    /// assert_eq!(serde_json::json!(map)["ResultWriter"]["Parameters"]["Prefix"], "orders");
    /// ```
    pub fn result_writer(mut self, writer: ResultWriter<L>) -> Self {
        self.inner.result_writer = Some(writer.into());
        self
    }

    setters::value! {
        /// Sets `MaxConcurrency`: how many iterations run at once; 0, and not set, is as many as the service can.
        ///
        /// ```
        /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};
        /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end()).max_concurrency(1);
        /// assert_eq!(serde_json::json!(map)["MaxConcurrency"], 1);
        /// ```
        max_concurrency: i64 = "MaxConcurrency", "an integer"
    }

    setters::value! {
        /// Sets `ToleratedFailureCount`: how many child executions may fail; none if not set. Distributed only.
        ///
        /// ```
        /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};
        /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end()).tolerated_failure_count(5);
        /// assert_eq!(serde_json::json!(map)["ToleratedFailureCount"], 5);
        /// ```
        tolerated_failure_count: i64 = "ToleratedFailureCount", "an integer"
    }

    setters::value! {
        /// Sets `ToleratedFailurePercentage`: how many of 100 child executions may fail, 0 to 100 with fractions; none
        /// if not set. Distributed only.
        ///
        /// ```
        /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};
        /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end()).tolerated_failure_percentage(2.5);
        /// assert_eq!(serde_json::json!(map)["ToleratedFailurePercentage"], 2.5);
        /// ```
        tolerated_failure_percentage: Number = "ToleratedFailurePercentage", "a number"
    }

    /// Sets `Label`: part of the child executions' ARN, at most 40 characters; made up by the service if not set.
    /// Distributed only.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};
    /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end()).label("orders");
    /// assert_eq!(serde_json::json!(map)["Label"], "orders");
    /// ```
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.inner.label = Some(label.into());
        self
    }

    shared!(assign);
    shared!(retry_and_catch);
}

/// What JSONPath alone has.
impl<L: Language> Map<L> {
    shared!(input_and_output_path);

    /// Sets `ItemsPath`: where the array stands in the input; the whole input (`$`) if not set.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};
    /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end()).items_path("$.orders");
    /// assert_eq!(serde_json::json!(map)["ItemsPath"], "$.orders");
    /// ```
    pub fn items_path(mut self, path: impl Into<Path>) -> Self
    where
        L: IsJsonPath,
    {
        self.inner.items_path = Some(path.into());
        self
    }

    shared!(parameters, "the older name of `ItemSelector`, which is better");

    setters::path_in_place! {
        /// Sets `MaxConcurrencyPath`: where in the input the number stands, in place of `MaxConcurrency`.
        ///
        /// ```
        /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};
        /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end()).max_concurrency_path("$.n");
        /// assert_eq!(serde_json::json!(map)["MaxConcurrencyPath"], "$.n");
        /// ```
        max_concurrency_path max_concurrency
    }

    setters::path_in_place! {
        /// Sets `ToleratedFailureCountPath`: where in the input the number stands, in place of `ToleratedFailureCount`.
        ///
        /// ```
        /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};
        /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end())
        ///     .tolerated_failure_count_path("$.n");
        /// assert_eq!(serde_json::json!(map)["ToleratedFailureCountPath"], "$.n");
        /// ```
        tolerated_failure_count_path tolerated_failure_count
    }

    setters::path_in_place! {
        /// Sets `ToleratedFailurePercentagePath`: where in the input the number stands, in place of
        /// `ToleratedFailurePercentage`.
        ///
        /// ```
        /// use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};
        /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end())
        ///     .tolerated_failure_percentage_path("$.n");
        /// assert_eq!(serde_json::json!(map)["ToleratedFailurePercentagePath"], "$.n");
        /// ```
        tolerated_failure_percentage_path tolerated_failure_percentage
    }

    shared!(result_selector);
    shared!(result_path);
}

/// What JSONata alone has.
impl<L: Language> Map<L> {
    /// Sets `Items`: the array, or an expression that gives it; the state's input if not set.
    ///
    /// ```
    /// use asl_core::jsonata::{ItemProcessor, Map, Succeed, end, jsonata};
    /// let map = Map::new(ItemProcessor::single("Each", Succeed::new()), end())
    ///     .items(jsonata("$states.input.orders"));
    /// assert_eq!(serde_json::json!(map)["Items"], "{% $states.input.orders %}");
    /// ```
    pub fn items(mut self, items: impl IntoPayload<L>) -> Self
    where
        L: IsJsonata,
    {
        self.inner.items = Some(items.into_payload().value);
        self
    }

    shared!(output, "the next state's input; the result if not set");
}
