use asl_macros::expr_fn;

#[expr_fn]
async fn later(n: u32) -> u32 {
    std::future::ready(n).await
}

fn main() {}
