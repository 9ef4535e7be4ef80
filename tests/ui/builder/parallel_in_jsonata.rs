//! What a Parallel has in JSONPath alone.

use asl_core::jsonata::{Parallel, end};

fn main() {
    Parallel::new(end()).input_path("$.a");
    Parallel::new(end()).output_path("$.a");
    Parallel::new(end()).result_path("$.a");
    Parallel::new(end()).parameters("$.a");
    Parallel::new(end()).result_selector("$.a");
}
