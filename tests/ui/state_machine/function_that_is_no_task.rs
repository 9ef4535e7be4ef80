use asl_core::ctx::{Ctx, Failure};
use asl_macros::{state_machine};

async fn helper(_ctx: &Ctx) -> Result<u64, Failure> {
    Ok(1)
}

#[state_machine]
async fn flow(ctx: &Ctx) -> Result<u64, Failure> {
    helper(ctx).await?;
    Ok(1)
}

fn main() {}
