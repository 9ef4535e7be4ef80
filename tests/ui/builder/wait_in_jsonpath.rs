//! What a Wait has in JSONata alone.

use asl_core::jsonata::jsonata;
use asl_core::jsonpath::{Wait, end};

fn main() {
    Wait::seconds(1, end()).output(1);
    Wait::seconds(jsonata("$a"), end());
    Wait::timestamp(jsonata("$a"), end());
}
