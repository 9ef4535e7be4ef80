//! What a Map state runs over, and what comes of it.

use crate::model::state::Map;
use crate::model::{State, ValueOrPath};

use super::flow::Inner;
use super::place::Place;
use super::shape::{Array, Shape};
use super::state::{Effect, Processing};
use super::wanted;

impl<'m> Effect<'_, '_, 'm> {
    /// Follows the fields of a JSONPath Map state.
    pub(super) fn map(&mut self, map: &'m Map, state: &'m State) {
        let input = self.selected("InputPath", map.input_path.as_ref(), &self.input.clone());
        self.map_numbers(map, &input);
        let items = self.items(map, &input);
        let selector = match (&map.item_selector, &map.parameters) {
            (Some(selector), _) => Some(("ItemSelector", selector)),
            (None, parameters) => parameters.as_ref().map(|selector| ("Parameters", selector)),
        };
        let item = match selector {
            Some((name, selector)) => self.reading.template(&Place::STATE.field(name), selector, &input),
            None => items.types().and_then(|types| types.array.as_ref()?.element()).unwrap_or(Shape::UNKNOWN),
        };
        let processing = Processing {
            result_selector: map.result_selector.as_ref(),
            result_path: map.result_path.as_ref(),
            output_path: map.output_path.as_ref(),
        };
        let result = self.iterations(map, &items, &item);
        self.finish(state, &result, &processing);
        self.catch(state.catch());
    }

    /// What the iterations over items come to.
    pub(super) fn iterations(&mut self, map: &'m Map, items: &Shape, item: &Shape) -> Shape {
        self.items = items.length();
        let Some(inner) = Inner::of_map(map, self.reading.variables, self.level + 1) else {
            return Shape::UNKNOWN;
        };
        let item = if map.item_batcher.is_some() { Shape::UNKNOWN } else { item.clone() };
        let output = self.flow.scope(&inner, item);
        let is_written = map.result_writer.is_some();
        let tolerates = map.tolerated_failure_count.is_some() || map.tolerated_failure_percentage.is_some();
        match output {
            _ if is_written || tolerates => Shape::UNKNOWN,
            // without items there is no iteration that could fail
            None => Shape::array(Array::each(Shape::UNKNOWN)),
            Some(element) => {
                // each batch is one child
                let length = items.length().filter(|_| map.item_batcher.is_none());
                Shape::array(Array::Each { element, length })
            }
        }
    }

    fn items(&mut self, map: &'m Map, input: &Shape) -> Shape {
        if map.item_reader.is_some() {
            return Shape::UNKNOWN;
        }
        let (at, path) = match &map.items_path {
            Some(path) => (Place::STATE.field("ItemsPath"), path.as_str()),
            None => (Place::STATE, "$"),
        };
        let items = self.reading.path(&at, path, input);
        let (wanted, does) = wanted::items(map);
        self.reading.want(&at, path, &items, wanted, does);
        items
    }

    fn map_numbers(&mut self, map: &'m Map, input: &Shape) {
        if let Some(ValueOrPath::Path(path)) = &map.max_concurrency {
            self.wanted("MaxConcurrencyPath", path, input, wanted::INTEGER);
        }
        if let Some(ValueOrPath::Path(path)) = &map.tolerated_failure_count {
            self.wanted("ToleratedFailureCountPath", path, input, wanted::COUNT);
        }
        if let Some(ValueOrPath::Path(path)) = &map.tolerated_failure_percentage {
            self.wanted("ToleratedFailurePercentagePath", path, input, wanted::PERCENTAGE);
        }
        let limit = map.item_reader.as_ref().and_then(|reader| reader.reader_config.as_ref());
        if let Some(ValueOrPath::Path(path)) = limit.and_then(|config| config.max_items.as_ref()) {
            let reader = Place::STATE.field("ItemReader");
            let config = reader.field("ReaderConfig");
            self.wanted_at(&config.field("MaxItemsPath"), path, input, wanted::INTEGER);
        }
    }
}
