use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(lambda = "${Arn}")]
async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<String, Failure> {
    Ok(user_id.to_owned())
}

fn main() {}
