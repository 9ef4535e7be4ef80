//! What a ItemBatcher has in JSONPath alone.

use asl_core::jsonata::{ItemBatcher};

fn main() {
    ItemBatcher::new().max_items_per_batch_path("$.a");
    ItemBatcher::new().max_input_bytes_per_batch_path("$.a");
}
