#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let handle = ctx;
    refund(handle, &order.id).await?;
    Ok(1)
}

fn main() {}
