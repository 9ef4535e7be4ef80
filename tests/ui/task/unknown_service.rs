use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(dynamo::put_item(table = "${Table}"))]
async fn record(ctx: &Ctx, order_id: &str) -> Result<(), Failure>;

#[task(quicksight::create_analysis)]
async fn analyse(ctx: &Ctx, analysis_id: &str) -> Result<(), Failure>;

fn main() {}
