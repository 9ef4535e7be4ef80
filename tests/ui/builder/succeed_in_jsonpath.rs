//! What a Succeed has in JSONata alone.

use asl_core::jsonpath::{Succeed};

fn main() {
    Succeed::new().output(1);
}
