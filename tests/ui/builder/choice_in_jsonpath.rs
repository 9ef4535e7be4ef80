//! What a Choice has in JSONata alone.

use asl_core::jsonata::jsonata;
use asl_core::jsonpath::{Choice};

fn main() {
    Choice::new().output(1);
    Choice::new().when(jsonata("$a"), "Next");
}
