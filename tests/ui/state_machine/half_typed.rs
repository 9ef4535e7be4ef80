#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u64, Failure> {
    order.
}

async fn start(ctx: &Ctx, order: Order) {
    let _ = ship(ctx, order).await;
}

fn main() {}
