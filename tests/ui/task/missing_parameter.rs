use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(athena::start_query_execution)]
async fn start_query(ctx: &Ctx, sql: &str) -> Result<(), Failure>;

#[task(http = "https://example.com/orders")]
async fn post(ctx: &Ctx, order_id: &str) -> Result<(), Failure>;

fn main() {}
