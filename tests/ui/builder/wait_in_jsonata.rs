//! What a Wait has in JSONPath alone.

use asl_core::jsonata::{Wait, end};

fn main() {
    Wait::seconds(1, end()).input_path("$.a");
    Wait::seconds(1, end()).output_path("$.a");
    Wait::seconds_path("$.a", end());
    Wait::timestamp_path("$.a", end());
}
