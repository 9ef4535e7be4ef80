use asl_core::ctx::{Failure};
use asl_macros::{AslData, state_machine};

#[derive(serde::Serialize, serde::Deserialize, AslData)]
struct Order {
    id: String,
    total: u64,
    items: Vec<String>,
}

#[state_machine]
async fn flow(order: Order) -> Result<u64, Failure> {
    Ok(order.total)
}

fn main() {}
