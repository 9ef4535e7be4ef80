use asl_macros::expr_fn;

#[expr_fn]
fn sign(n: i64) -> i64 {
    if n < 0 {
        return -1;
    }
    1
}

fn main() {}
