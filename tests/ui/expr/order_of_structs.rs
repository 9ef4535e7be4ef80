use asl_macros::{AslData, expr_fn};

#[derive(AslData, PartialEq, PartialOrd)]
struct Version {
    major: u32,
}

#[expr_fn]
fn newer(a: Version, b: Version) -> bool {
    a > b
}

fn main() {}
