//! What a Catcher has in JSONPath alone.

use asl_core::jsonata::{Catcher};

fn main() {
    Catcher::all("Next").result_path("$.a");
}
