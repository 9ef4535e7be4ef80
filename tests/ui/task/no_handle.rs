use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(lambda = "${Arn}")]
async fn fetch_user(user_id: &str) -> Result<String, Failure>;

#[task(lambda = "${Arn}")]
async fn fetch_users() -> Result<String, Failure>;

fn main() {
    let _: Option<&Ctx> = None;
}
