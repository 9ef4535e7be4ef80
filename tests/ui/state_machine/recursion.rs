#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    if order.items.is_empty() {
        return Ok(0);
    }
    ship(ctx, order).await
}

fn main() {}
