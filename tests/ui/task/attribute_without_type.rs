use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(dynamodb::put_item(table = "${Table}"))]
async fn record(ctx: &Ctx, order_id: &str, items: &[String]) -> Result<(), Failure>;

fn main() {}
