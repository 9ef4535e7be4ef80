//! What a Fail has in JSONata alone.

use asl_core::jsonata::jsonata;
use asl_core::jsonpath::{Fail};

fn main() {
    Fail::new().error(jsonata("$a"));
    Fail::new().cause(jsonata("$a"));
}
