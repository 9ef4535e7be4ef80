use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(lambda = "fetch-user")]
async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<String, Failure>;

#[task(lambda = "arn:aws:states:::sqs:sendMessage")]
async fn send(ctx: &Ctx, user_id: &str) -> Result<String, Failure>;

fn main() {}
