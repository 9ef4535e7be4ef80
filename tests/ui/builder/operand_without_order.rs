//! Booleans are equal or not, never less, and a path does not say which type it leads to.

use asl_core::jsonpath::{boolean_at, path, var};

fn main() {
    var("$.a").lt(true);
    var("$.a").ge(boolean_at("$.b"));
    var("$.a").eq(path("$.b"));
}
