use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(lambda = "${Arn}", payload = { "id": oder_id, "total": total.cents })]
async fn send(ctx: &Ctx, order_id: &str, total: &str, note: &str) -> Result<(), Failure>;

fn main() {}
