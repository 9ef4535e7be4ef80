use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(lambda = "${Arn}")]
struct Fetch(Ctx, Failure);

fn main() {}
