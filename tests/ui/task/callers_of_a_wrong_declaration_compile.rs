use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(lambda = "fetch")]
async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<String, Failure>;

async fn workflow(ctx: &Ctx) -> Result<usize, Failure> {
    let name = fetch_user(ctx, "u").await?;
    Ok(name.len())
}

fn main() {}
