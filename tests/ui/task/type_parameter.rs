use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(lambda = "${Arn}")]
async fn fetch<T>(ctx: &Ctx, (a, b): (T, T)) -> Result<String, Failure>;

fn main() {}
