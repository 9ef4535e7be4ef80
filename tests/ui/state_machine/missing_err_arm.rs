#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    match pack(ctx, &order.id, 1).await {
        Ok(packed) => Ok(packed),
    }
}

fn main() {}
