use asl_macros::expr_fn;

#[expr_fn]
fn price(cents: u64) -> String {
    format!("{:>8} {:.2}", cents, 1.0)
}

fn main() {}
