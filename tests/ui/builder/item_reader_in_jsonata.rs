//! What a ItemReader has in JSONPath alone.

use asl_core::jsonata::{ItemReader};

fn main() {
    ItemReader::s3_objects("bucket").parameters("$.a");
    ItemReader::s3_objects("bucket").max_items_path("$.a");
}
