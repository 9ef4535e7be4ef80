use asl_core::ctx::{Ctx, Failure, items};
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
    let all = items(ctx, "Tell", order.items)
        .run((), async |ctx, given| tell(ctx, &format!("{}", order.id)).await)
        .await?;
    Ok(all.len() as u64)
}

fn main() {}
