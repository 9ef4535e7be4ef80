#[path = "shop/mod.rs"]
mod shop;
use shop::*;

fn twice(n: u32) -> u32 {
    n * 2
}

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    Ok(twice(order.items.len() as u32))
}

fn main() {}
