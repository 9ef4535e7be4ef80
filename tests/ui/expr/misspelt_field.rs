use asl_macros::{AslData, expr_fn};

#[derive(AslData)]
struct User {
    plan: String,
}

#[expr_fn]
fn plan(user: User) -> String {
    user.plann.clone()
}

fn main() {}
