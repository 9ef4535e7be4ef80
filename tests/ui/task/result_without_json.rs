use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

struct User;

#[task(lambda = "${Arn}")]
async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<User, Failure>;

async fn workflow(ctx: &Ctx) -> Result<(), Failure> {
    fetch_user(ctx, "u").await?;
    Ok(())
}

fn main() {}
