//! What a Parallel has in JSONata alone.

use asl_core::jsonpath::{Parallel, end};

fn main() {
    Parallel::new(end()).arguments(1);
    Parallel::new(end()).output(1);
}
