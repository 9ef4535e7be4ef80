use asl_macros::expr_fn;

#[expr_fn]
fn fee(cents: u64) -> u64 {
    cents / 100
}

#[expr_fn]
fn total(name: String, cents: u64) -> u64 {
    let unknown = nowhere(cents);
    fee(name) + fee(missing) + cents.doubled()
}

fn main() {}
