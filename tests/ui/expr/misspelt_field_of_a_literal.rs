use asl_macros::{AslData, expr_fn};

#[derive(AslData)]
struct User {
    plan: String,
}

#[expr_fn]
fn user(plan: String) -> User {
    User { plann: plan }
}

fn main() {}
