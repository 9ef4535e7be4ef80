use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(lambda = "${FetchUserArn}", sqs = "${QueueUrl}", sync = 1)]
async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<String, Failure>;

fn main() {}
