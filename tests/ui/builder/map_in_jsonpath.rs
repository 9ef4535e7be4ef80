//! What a Map has in JSONata alone.

use asl_core::jsonata::jsonata;
use asl_core::jsonpath::{ItemProcessor, Map, Succeed, end};

fn main() {
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).items(1);
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).output(1);
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).max_concurrency(jsonata("$a"));
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).tolerated_failure_count(jsonata("$a"));
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).tolerated_failure_percentage(jsonata("$a"));
    Map::new(ItemProcessor::single("Each", Succeed::new()), end()).item_selector(jsonata("$a"));
}
