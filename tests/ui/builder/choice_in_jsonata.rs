//! What a Choice has in JSONPath alone.

use asl_core::jsonata::{Choice};
use asl_core::jsonpath::var;

fn main() {
    Choice::new().input_path("$.a");
    Choice::new().output_path("$.a");
    Choice::new().when(var("$.a").eq(1), "Next");
}
