use serde_json::Number;

use crate::model::object::{FieldValue, Fields, Object, Visit};
use crate::model::{
    Catcher, Extra, ItemBatcher, ItemProcessor, ItemReader, JsonObject, Kind, Path, PathOrNull,
    QueryLanguage, ResultWriter, Retrier, Transition, Value, ValueOrPath,
};

/// A Map state: runs a machine for each item of an array.
///
/// See [Map State](https://states-language.net/#map-state).
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `QueryLanguage` of this state; the machine's if absent.
    pub query_language: Option<QueryLanguage>,
    /// `InputPath` (JSONPath): what of the input the state sees; `$` if absent, `null` for `{}`.
    pub input_path: Option<PathOrNull>,
    /// `Items` (JSONata): an array, or an expression that gives one; the state's input if absent.
    pub items: Option<Value>,
    /// `ItemsPath` (JSONPath): where the array stands; `$` if absent.
    pub items_path: Option<Path>,
    /// `ItemReader`: items from S3. Distributed only.
    pub item_reader: Option<ItemReader>,
    /// `ItemSelector`: what an iteration is given; the item if absent.
    pub item_selector: Option<Value>,
    /// `Parameters` (JSONPath): the older name of `ItemSelector`.
    pub parameters: Option<Value>,
    /// `ItemBatcher`: several items for one child. Distributed only.
    pub item_batcher: Option<ItemBatcher>,
    /// `MaxConcurrency` or `MaxConcurrencyPath`: how many iterations run at once; 0 or absent for no limit.
    pub max_concurrency: Option<ValueOrPath<i64>>,
    /// `ItemProcessor`, or the older `Iterator`. Required.
    pub processor: Option<Processor>,
    /// `ToleratedFailureCount` or `…Path`: how many children may fail; 0 if absent. Distributed only.
    pub tolerated_failure_count: Option<ValueOrPath<i64>>,
    /// `ToleratedFailurePercentage` or `…Path`: 0 to 100, fractions allowed. Distributed only.
    pub tolerated_failure_percentage: Option<ValueOrPath<Number>>,
    /// `Label`: part of the children's ARN, at most 40 characters, unique in the machine. Distributed only.
    pub label: Option<String>,
    /// `ResultWriter`: results to S3. Distributed only.
    pub result_writer: Option<ResultWriter>,
    /// `ResultSelector` (JSONPath): a payload template over the result.
    pub result_selector: Option<Value>,
    /// `ResultPath` (JSONPath): where the result goes in the input; `$` if absent, `null` to discard it.
    pub result_path: Option<PathOrNull>,
    /// `OutputPath` (JSONPath): what of the result is passed on; `$` if absent, `null` for `{}`.
    pub output_path: Option<PathOrNull>,
    /// `Assign`: variables to set.
    pub assign: Option<JsonObject>,
    /// `Output` (JSONata): the next state's input; the result if absent.
    pub output: Option<Value>,
    /// `Retry`: what is tried again, in order.
    pub retry: Option<Vec<Retrier>>,
    /// `Catch`: where failures go, in order.
    pub catch: Option<Vec<Catcher>>,
    /// `Next` or `End`. Required.
    pub transition: Transition,
    /// What does not belong here.
    pub extra: Extra,
}

/// The machine of a Map state, under one of its two names.
#[derive(Debug, Clone, PartialEq)]
pub enum Processor {
    /// `ItemProcessor`.
    ItemProcessor(ItemProcessor),
    /// `Iterator`: deprecated, but legal.
    Iterator(ItemProcessor),
}

impl Processor {
    /// The machine, whatever its field is called.
    #[must_use]
    pub const fn machine(&self) -> &ItemProcessor {
        match self {
            Self::ItemProcessor(processor) | Self::Iterator(processor) => processor,
        }
    }

    /// The name of its field.
    #[must_use]
    pub const fn field_name(&self) -> &'static str {
        match self {
            Self::ItemProcessor(_) => "ItemProcessor",
            Self::Iterator(_) => "Iterator",
        }
    }
}

impl Object for Map {
    fn kind(&self) -> Kind {
        Kind::Map
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Type", Some("Map"));
        fields.put("Comment", self.comment.as_ref());
        fields.put("QueryLanguage", self.query_language.map(|language| FieldValue::Text(language.as_str())));
        fields.put("InputPath", self.input_path.as_ref());
        fields.put("Items", self.items.as_ref());
        fields.put("ItemsPath", self.items_path.as_ref());
        fields.put("ItemReader", self.item_reader.as_ref());
        fields.put("ItemSelector", self.item_selector.as_ref());
        fields.put("Parameters", self.parameters.as_ref());
        fields.put("ItemBatcher", self.item_batcher.as_ref());
        fields.either("MaxConcurrency", "MaxConcurrencyPath", self.max_concurrency.as_ref());
        match &self.processor {
            Some(Processor::ItemProcessor(processor)) => fields.put("ItemProcessor", Some(processor)),
            Some(Processor::Iterator(processor)) => fields.put("Iterator", Some(processor)),
            None => {}
        }
        fields.either(
            "ToleratedFailureCount",
            "ToleratedFailureCountPath",
            self.tolerated_failure_count.as_ref(),
        );
        fields.either(
            "ToleratedFailurePercentage",
            "ToleratedFailurePercentagePath",
            self.tolerated_failure_percentage.as_ref(),
        );
        fields.put("Label", self.label.as_ref());
        fields.put("ResultWriter", self.result_writer.as_ref());
        fields.put("ResultSelector", self.result_selector.as_ref());
        fields.put("ResultPath", self.result_path.as_ref());
        fields.put("OutputPath", self.output_path.as_ref());
        fields.put("Assign", self.assign.as_ref());
        fields.put("Output", self.output.as_ref());
        fields.put("Retry", self.retry.as_ref());
        fields.put("Catch", self.catch.as_ref());
        fields.transition(&self.transition);
    }
}
