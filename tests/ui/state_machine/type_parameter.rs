use asl_core::ctx::{Ctx, Failure};
use asl_macros::{state_machine, task};

#[task(lambda = "${TellArn}")]
async fn tell(ctx: &Ctx, text: &str) -> Result<String, Failure>;

#[state_machine]
async fn flow<T: serde::Serialize>(ctx: &Ctx, input: T) -> Result<T, Failure> {
    tell(ctx, "a").await?;
    Ok(input)
}

fn main() {}
