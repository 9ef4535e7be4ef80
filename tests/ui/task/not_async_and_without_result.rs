use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(lambda = "${Arn}")]
fn fetch_user(ctx: &Ctx, user_id: &str) -> String;

fn main() {}
