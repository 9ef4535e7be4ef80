use asl_core::ctx::{Ctx, Failure, Retry, attempt};
use asl_macros::{AslData, state_machine, task};

#[derive(serde::Serialize, serde::Deserialize, AslData)]
struct Order {
    id: String,
    total: u64,
    items: Vec<String>,
}

#[task(lambda = "${TellArn}")]
async fn tell(ctx: &Ctx, text: &str) -> Result<String, Failure>;

#[state_machine]
async fn flow(ctx: &Ctx, order: Order) -> Result<u64, Failure> {
    attempt(ctx, async || tell(ctx, &order.id).await).timeout(std::time::Duration::from_secs(5)).await?;
    Ok(order.total)
}

fn main() {}
