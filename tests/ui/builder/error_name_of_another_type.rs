//! Error Names are text or `PredefinedErrorName`, one or several.

use asl_core::jsonpath::{Catcher, Retrier};

fn main() {
    Retrier::on(404);
    Catcher::on([404], "Next");
}
