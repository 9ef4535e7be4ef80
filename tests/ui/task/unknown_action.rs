use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(dynamodb::put_itm(table = "${Table}"))]
async fn record(ctx: &Ctx, order_id: &str) -> Result<(), Failure>;

#[task(athena::list_work_groups)]
async fn list(ctx: &Ctx) -> Result<(), Failure>;

fn main() {}
