//! A condition is no text: in JSONPath it is a comparison, in JSONata an expression.

use asl_core::jsonata;
use asl_core::jsonpath;

fn main() {
    jsonpath::Choice::new().when("$.a == 1", "Next");
    jsonata::Rule::when("{% $a %}", "Next");
}
