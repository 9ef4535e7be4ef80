use asl_macros::expr_fn;

#[expr_fn]
fn twice(n: u32) -> u32 {
    once(n) + once(n)
}

fn once(n: u32) -> u32 {
    n
}

fn main() {}
