use asl_core::ctx::{Ctx, Failure};
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
    println!("{}", order.id);
    tell(ctx, "a").await?;
    Ok(1)
}

fn main() {}
