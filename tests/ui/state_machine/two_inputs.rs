use asl_core::ctx::{Ctx, Failure};
use asl_macros::{AslData, state_machine};

#[derive(serde::Serialize, serde::Deserialize, AslData)]
struct Order {
    id: String,
    total: u64,
    items: Vec<String>,
}

#[state_machine]
async fn flow(ctx: &Ctx, order: Order, more: u64) -> Result<u64, Failure> {
    Ok(order.total + more)
}

fn main() {}
