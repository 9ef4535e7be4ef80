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
    let pause = std::time::Duration::from_secs(order.total);
    ctx.sleep(pause).await;
    Ok(1)
}

fn main() {}
