#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let pairs = order.items.windows(2).count();
    Ok(pairs as u32)
}

fn main() {}
