//! What a ItemBatcher has in JSONata alone.

use asl_core::jsonata::jsonata;
use asl_core::jsonpath::{ItemBatcher};

fn main() {
    ItemBatcher::new().max_items_per_batch(jsonata("$a"));
    ItemBatcher::new().max_input_bytes_per_batch(jsonata("$a"));
    ItemBatcher::new().batch_input(jsonata("$a"));
}
