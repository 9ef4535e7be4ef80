use asl_macros::expr_fn;

#[expr_fn]
fn number(text: &str) -> u64 {
    u64::from_str_radix(text, 16).unwrap_or(0)
}

fn main() {}
