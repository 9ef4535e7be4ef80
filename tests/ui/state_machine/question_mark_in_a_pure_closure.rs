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
    let texts: Vec<String> = order.items.iter().map(|item| item.strip_prefix("a")?.to_owned()).collect();
    Ok(texts.len() as u64)
}

fn main() {}
