use asl_macros::expr_fn;

#[expr_fn]
fn degrees(below: i64) -> String {
    format!("{:03}", below)
}

fn main() {}
