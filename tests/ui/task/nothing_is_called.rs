use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task]
async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<String, Failure>;

fn main() {}
