//! What a Catcher has in JSONata alone.

use asl_core::jsonpath::{Catcher};

fn main() {
    Catcher::all("Next").output(1);
}
