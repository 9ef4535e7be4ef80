//! What a Succeed has in JSONPath alone.

use asl_core::jsonata::{Succeed};

fn main() {
    Succeed::new().input_path("$.a");
    Succeed::new().output_path("$.a");
}
