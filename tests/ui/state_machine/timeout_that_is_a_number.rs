#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    Ok(pack(ctx, &order.id, 1).timeout(30).await?)
}

fn main() {}
