//! What a ResultWriter has in JSONPath alone.

use asl_core::jsonata::{ResultWriter};

fn main() {
    ResultWriter::new().parameters("$.a");
}
