use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

struct User;

#[task(lambda = "${Arn}")]
async fn fetch_user(ctx: &Ctx, user: &User) -> Result<String, Failure>;

fn main() {}
