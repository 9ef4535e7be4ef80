//! What a rule has in JSONPath alone: conditions on variables.

use asl_core::jsonata::Rule;
use asl_core::jsonpath::var;

fn main() {
    Rule::when(var("$.a").eq(1), "Next");
}
