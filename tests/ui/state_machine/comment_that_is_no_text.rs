#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine(comment = 5)]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    Ok(order.items.len() as u32)
}

fn main() {}
