#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    s3_objects(ctx, "Pack", "bucket", "").batches_of(10).await?;
    Ok(1)
}

fn main() {}
