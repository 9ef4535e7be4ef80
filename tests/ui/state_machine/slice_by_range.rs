#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let first = &order.id[..3];
    refund(ctx, first).await?;
    Ok(1)
}

fn main() {}
