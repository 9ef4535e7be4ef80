//! What a Map has in JSONPath alone.

use asl_core::jsonata::{ItemProcessor, Map, Succeed, end};

fn main() {
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).input_path("$.a");
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).output_path("$.a");
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).result_path("$.a");
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).parameters("$.a");
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).result_selector("$.a");
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).items_path("$.a");
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).max_concurrency_path("$.a");
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).tolerated_failure_count_path("$.a");
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).tolerated_failure_percentage_path("$.a");
}
