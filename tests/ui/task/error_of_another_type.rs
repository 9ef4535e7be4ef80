use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

struct Missing;

#[task(lambda = "${Arn}")]
async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<String, Missing>;

async fn workflow(ctx: &Ctx) -> Result<String, Failure> {
    fetch_user(ctx, "u").await.map_err(|_| Failure::new("Missing", ""))
}

fn main() {}
