use asl_core::ctx::{Ctx, Failure, items};
use asl_macros::{AslData, state_machine};

#[derive(serde::Serialize, serde::Deserialize, AslData)]
struct Order {
    id: String,
    total: u64,
    items: Vec<String>,
}

#[state_machine]
async fn flow(ctx: &Ctx, order: Order) -> Result<u64, Failure> {
    items(ctx, "Tell", order.items).batches_of(5).await?;
    Ok(1)
}

fn main() {}
