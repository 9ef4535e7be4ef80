//! What a ResultWriter has in JSONata alone.

use asl_core::jsonpath::{ResultWriter};

fn main() {
    ResultWriter::new().arguments(1);
}
