//! What a Fail has in JSONPath alone.

use asl_core::jsonata::{Fail};

fn main() {
    Fail::new().error_path("$.a");
    Fail::new().cause_path("$.a");
}
