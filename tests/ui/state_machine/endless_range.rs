use asl_core::ctx::{Ctx, Failure};
use asl_macros::{state_machine, task};

#[task(lambda = "${TellArn}")]
async fn tell(ctx: &Ctx, text: &str) -> Result<String, Failure>;

#[state_machine]
async fn flow(ctx: &Ctx) -> Result<u64, Failure> {
    for n in 0.. {
        tell(ctx, &format!("{n}")).await?;
    }
    Ok(1)
}

fn main() {}
