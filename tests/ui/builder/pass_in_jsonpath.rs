//! What a Pass has in JSONata alone.

use asl_core::jsonpath::{Pass, end};

fn main() {
    Pass::new(end()).output(1);
}
