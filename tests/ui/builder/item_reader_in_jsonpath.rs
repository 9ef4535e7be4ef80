//! What a ItemReader has in JSONata alone.

use asl_core::jsonata::jsonata;
use asl_core::jsonpath::{ItemReader};

fn main() {
    ItemReader::s3_objects("bucket").arguments(1);
    ItemReader::s3_objects("bucket").max_items(jsonata("$a"));
}
