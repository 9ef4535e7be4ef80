use asl_core::ctx::{Ctx, Failure};
use asl_macros::{AslData, state_machine};

#[derive(serde::Serialize, serde::Deserialize, AslData)]
struct Order {
    id: String,
    total: u64,
    items: Vec<String>,
}

#[state_machine]
async fn flow(ctx: &Ctx, order: Order) -> Result<u64, Failure> {
    match order.total {
        0 => Ok(0),
        1..=9 => Ok(1),
    }
}

fn main() {}
