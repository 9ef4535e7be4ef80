#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    Ok(pakc(ctx, &order.id, 1).await?)
}

fn main() {}
