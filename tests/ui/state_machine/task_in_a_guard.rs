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
    match order.total {
        n if tell(ctx, "a").await? == "x" => Ok(n),
        n => Ok(n),
    }
}

fn main() {}
