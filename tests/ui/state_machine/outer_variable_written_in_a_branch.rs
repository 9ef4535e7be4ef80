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
    let mut sum = 0;
    try_join!(tell(ctx, &order.id), async {
        sum = 1;
        tell(ctx, "b").await
    })?;
    Ok(sum)
}

fn main() {}
