use asl_macros::{AslData, expr_fn};

#[derive(AslData)]
enum Plan {
    Pro,
    Basic,
}

#[expr_fn]
fn price(plan: Plan) -> u32 {
    match plan {
        Plan::Pro => 1,
    }
}

fn main() {}
