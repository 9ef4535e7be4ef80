//! What a rule has in JSONata alone: an expression as its condition, and an output.

use asl_core::jsonata::jsonata;
use asl_core::jsonpath::{Rule, var};

fn main() {
    Rule::when(jsonata("$a"), "Next");
    Rule::when(var("$.a").eq(1), "Next").output(1);
}
