//! What a Pass has in JSONPath alone.

use asl_core::jsonata::{Pass, end};

fn main() {
    Pass::new(end()).input_path("$.a");
    Pass::new(end()).output_path("$.a");
    Pass::new(end()).result_path("$.a");
    Pass::new(end()).parameters("$.a");
    Pass::new(end()).result("$.a");
}
