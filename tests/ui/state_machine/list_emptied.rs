#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let mut items = order.items;
    items.drain(..1);
    Ok(items.len() as u32)
}

fn main() {}
