use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(lambda = "${Arn}")]
async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<String, Failure>;

async fn workflow(ctx: &Ctx) -> Result<String, Failure> {
    fetch_user(ctx, 5).await
}

fn main() {}
