use asl_core::ctx::{Ctx, Failure};
use asl_macros::{state_machine, task};

#[task(lambda = "${TellArn}")]
async fn tell(ctx: &Ctx, text: &str) -> Result<String, Failure>;

struct Plain {
    text: String,
}

#[state_machine]
async fn flow(ctx: &Ctx, input: Plain) -> Result<u64, Failure> {
    tell(ctx, &input.text).await?;
    Ok(1)
}

fn main() {}
