use asl_macros::{AslData, expr_fn};

#[derive(AslData)]
struct Price {
    cents: u64,
    currency: String,
}

#[expr_fn]
fn price(cents: u64) -> Price {
    Price { cents }
}

fn main() {}
