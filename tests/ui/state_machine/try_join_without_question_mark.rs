use asl_core::ctx::{Ctx, Failure, try_join};
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
    let both = try_join!(tell(ctx, "a"), tell(ctx, &order.id));
    tell(ctx, "c").await?;
    both?;
    Ok(1)
}

fn main() {}
