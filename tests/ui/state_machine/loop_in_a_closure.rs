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
    let counts: Vec<u64> = order
        .items
        .iter()
        .map(|_| {
            let mut n = 0;
            while n < 3 {
                n += 1;
            }
            n
        })
        .collect();
    tell(ctx, "a").await?;
    Ok(counts.len() as u64)
}

fn main() {}
