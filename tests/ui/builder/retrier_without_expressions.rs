//! Retriers are known at deployment, in either language.

use asl_core::jsonata::{Retrier, jsonata};

fn main() {
    Retrier::all().interval_seconds(jsonata("$a"));
    Retrier::all().max_attempts("3");
}
