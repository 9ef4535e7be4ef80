use asl_macros::expr_fn;

#[expr_fn]
fn checked(n: u32) -> u32 {
    assert!(n > 0);
    let Some(half) = n.checked_div(2) else { panic!() };
    half
}

fn main() {}
